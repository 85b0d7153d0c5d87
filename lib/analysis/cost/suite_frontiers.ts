import { type Cell, configName, type OfficialRate } from "../../model/mod.ts";
import { paretoFront } from "../../stats/mod.ts";
import { ownOfficialRates } from "../truth/official.ts";
import { frontier, type FrontierRow } from "./frontier.ts";
import type { Prices } from "./prices.ts";

/** Cost and quality within one benchmark, where each config's average hides nothing. */
export interface SuiteFrontier {
  /** The benchmark. */
  benchmark: string;
  /** Success by the verdicts. */
  judged: FrontierRow[];
  /** Success by official grades of the same configs, at the same costs; empty where fewer than two have one. */
  official: FrontierRow[];
}

/**
 * The frontier of cost and quality within each benchmark, judged and as graded; benchmarks with fewer than two priced configs
 * of 20 scored sessions have no row. Costs are of the sessions here in both.
 */
export function suiteFrontiers(
  cells: readonly Cell[],
  prices: Prices,
  rates: readonly OfficialRate[],
): SuiteFrontier[] {
  const graded = new Map(
    ownOfficialRates(rates).map((r) => [JSON.stringify([r.benchmark, configName(r.harness, r.model)]), r]),
  );
  return [...new Set(cells.map((cell) => cell.benchmark))].sort().flatMap((benchmark) => {
    const judged = frontier(cells.filter((cell) => cell.benchmark === benchmark), prices);
    if (judged.length < 2) return [];
    const rows = judged.flatMap((row) => {
      const found = graded.get(JSON.stringify([benchmark, row.config]));
      return found ? [{ ...row, n: found.n, macro: found.officialRate }] : [];
    });
    const front = new Set(paretoFront(rows, (row) => row.usd_per_task, (row) => row.macro));
    const official = rows.length < 2 ? [] : rows.map((row) => ({ ...row, on_frontier: front.has(row) }));
    return [{ benchmark, judged, official }];
  });
}
