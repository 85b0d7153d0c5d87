import type { IncrementalShares } from "../explain/fits.ts";
import type { Cell, OfficialRate } from "../../model/mod.ts";
import { type CountRow, fitLinear, spearman } from "../../stats/mod.ts";
import { tally } from "../counts/tally.ts";
import { FACTORS } from "../explain/factors.ts";
import { shareOf } from "../explain/share.ts";

/** The officially graded success of a cell. */
export interface OfficialRow {
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The model family. */
  model: string;
  /** Graded sessions. */
  n: number;
  /** Graded solved. */
  k: number;
  /** Their official success rate. */
  official_rate: number;
}

/** A cell that was both judged (n >= 5) and officially graded. */
export interface OfficialCell {
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The model family. */
  model: string;
  /** Judged sessions. */
  judged_n: number;
  /** Their judged success rate. */
  judged_rate: number;
  /** Officially graded sessions. */
  official_n: number;
  /** Their official success rate. */
  official_rate: number;
}

/** The `official` key of `results.json`. Null where there are too few cells to say. */
export interface Official {
  /** Every official row that is its own. */
  all: OfficialRow[];
  /** Cells that were both judged and graded. */
  cells: OfficialCell[];
  /** Rank correlation of the two rates. */
  spearman: number | null;
  /** Mean distance of judged and official rates. */
  mean_absolute_gap: number | null;
  /** Shares over all official cells. */
  incremental_r2: IncrementalShares | null;
  /** Without cells whose agent never started (at most 0.6 steps a session). */
  incremental_r2_active_cells: IncrementalShares | null;
  /** Over `cells`. */
  incremental_r2_shared_cells: IncrementalShares | null;
  /** The judge's verdicts over `cells`. */
  judged_incremental_r2_shared_cells: IncrementalShares | null;
}

/** Cells judged fewer times than this are not held against official grades. */
export const MIN_JUDGED = 5;

/** Cells of fewer mean steps never started: an agent that does nothing says nothing of its harness. */
export const MIN_STEPS = 0.6;

/** A cell with both kinds of counts. */
export interface SharedCell {
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The model family. */
  model: string;
  /** Judged sessions. */
  judgedN: number;
  /** Judged solved. */
  judgedK: number;
  /** Officially graded sessions. */
  officialN: number;
  /** Graded solved. */
  officialK: number;
  /** As the source states it. */
  officialRate: number;
  /** Mean model calls of a judged session. */
  judgedCalls: number;
  /** Mean model calls of a graded one. */
  officialSteps: number;
}

/** Official rates that are a cell's own: rows that repeat what another harness got are left out. */
export function ownOfficialRates(rates: readonly OfficialRate[]): OfficialRate[] {
  return rates.filter((r) => !r.repeatsAnother);
}

/** Cells judged at least {@link MIN_JUDGED} times that have an official rate of their own. */
export function sharedCells(cells: readonly Cell[], rates: readonly OfficialRate[]): SharedCell[] {
  const key = (c: { benchmark: string; harness: string; model: string }) =>
    JSON.stringify([c.benchmark, c.harness, c.model]);
  const official = new Map(ownOfficialRates(rates).map((r) => [key(r), r]));
  return tally(cells, ["benchmark", "harness", "model"]).flatMap((t) => {
    const graded = official.get(key(t));
    if (!graded || t.n < MIN_JUDGED) return [];
    const { benchmark, harness, model } = t;
    const judged = { judgedN: t.n, judgedK: t.k, judgedCalls: t.calls / t.sessions };
    const { n: officialN, k: officialK, officialRate, steps: officialSteps } = graded;
    return [{ benchmark, harness, model, ...judged, officialN, officialK, officialRate, officialSteps }];
  });
}

/** The `official` key of `results.json`: judged cells held against the official grades of the same cells. */
export function official(cells: readonly Cell[], rates: readonly OfficialRate[]): Official {
  const own = ownOfficialRates(rates), shared = sharedCells(cells, rates);
  const rows = shared.map((c): OfficialCell => ({
    benchmark: c.benchmark,
    harness: c.harness,
    model: c.model,
    judged_n: c.judgedN,
    judged_rate: c.judgedK / c.judgedN,
    official_n: c.officialN,
    official_rate: c.officialRate,
  }));
  const rank = rows.length > 1 ? spearman(rows.map((r) => r.judged_rate), rows.map((r) => r.official_rate)) : null;
  const gaps = rows.map((r) => Math.abs(r.judged_rate - r.official_rate));
  return {
    all: own.map(({ benchmark, harness, model, n, k, officialRate }) => ({
      benchmark,
      harness,
      model,
      n,
      k,
      official_rate: officialRate,
    })),
    cells: rows,
    spearman: rank?.estimate ?? null,
    mean_absolute_gap: gaps.length ? gaps.reduce((a, b) => a + b, 0) / gaps.length : null,
    incremental_r2: incrementalShares(officialCounts(own)),
    incremental_r2_active_cells: incrementalShares(officialCounts(own.filter((r) => r.steps > MIN_STEPS))),
    incremental_r2_shared_cells: incrementalShares(sharedCounts(shared, "official")),
    judged_incremental_r2_shared_cells: incrementalShares(sharedCounts(shared, "judged")),
  };
}

/** Count rows of official rates, for the regressions; one cluster a cell. */
export function officialCounts(rates: readonly OfficialRate[]): CountRow[] {
  return rates.map(({ benchmark, model, harness, n, k }) => countRow({ benchmark, model, harness }, n, k));
}

/** Count rows of the shared cells, by the judge's verdicts or by official grades. */
export function sharedCounts(shared: readonly SharedCell[], by: "judged" | "official"): CountRow[] {
  return shared.map(({ benchmark, model, harness, judgedN, judgedK, officialN, officialK }) =>
    by === "judged"
      ? countRow({ benchmark, model, harness }, judgedN, judgedK)
      : countRow({ benchmark, model, harness }, officialN, officialK)
  );
}

/** Count rows of judged cells, whatever their size. */
export function judgedCounts(cells: readonly Cell[]): CountRow[] {
  return tally(cells, ["benchmark", "harness", "model"])
    .map(({ benchmark, model, harness, n, k }) => countRow({ benchmark, model, harness }, n, k));
}

function countRow(levels: Record<typeof FACTORS[number], string>, n: number, k: number): CountRow {
  return { levels, cluster: Object.values(levels).join(" · "), n, k };
}

/**
 * R2 of success on benchmark, model and harness, and what it loses without each. Null where no session is scored or
 * every outcome is the same.
 */
export function incrementalShares(rows: readonly CountRow[]): IncrementalShares | null {
  const n = rows.reduce((sum, r) => sum + r.n, 0), k = rows.reduce((sum, r) => sum + r.k, 0);
  if (k === 0 || k === n) return null;
  const r2 = (names: readonly string[]) => fitLinear(rows, { factors: names.map((name) => ({ name })) }).rSquared;
  const full = r2(FACTORS);
  const without = (factor: string) => shareOf(full - r2(FACTORS.filter((f) => f !== factor)));
  return { benchmark: without("benchmark"), model: without("model"), harness: without("harness"), full: shareOf(full) };
}
