import type { Cell, OfficialRate } from "../../model/mod.ts";
import { incrementalShareIntervals, type Random } from "../../stats/mod.ts";
import { type ShareInterval, shareOf } from "../explain/share.ts";
import { judgedCounts, MIN_STEPS, officialCounts, ownOfficialRates, sharedCells, sharedCounts } from "./official.ts";

/** One bar group of `07-what-explains-success`. */
export interface ExplainedRow {
  /** Whose verdicts, on which cells. */
  verdicts:
    | "judged, all cells"
    | "judged, shared cells"
    | "official, shared cells"
    | "official, active cells"
    | "official, all cells"
    | "corrected";
  /** Sessions. */
  n: number;
  /** Cells with a scored session. */
  cells: number;
  /** The share that the harness adds. */
  harness: ShareInterval;
  /** The share that the model adds. */
  model: ShareInterval;
  /** The share that the benchmark adds. */
  benchmark: ShareInterval;
}

/** Options of {@link whatExplains}. */
export interface WhatExplainsOptions {
  /** Where chance comes from. */
  random: Random;
  /** Resamples drawn. */
  draws?: number;
  /** Corrected counts where session grades are joined (see `correctedCounts`); without them the slot stays empty. */
  corrected?: ExplainedRow | null;
}

/**
 * What explains success, by whose verdicts: incremental shares of R2 of harness, model and benchmark, judged and
 * official, on all cells and on those that both have. Intervals by bootstrap of sessions within cells. Sets of verdicts
 * without any variation are left out.
 */
export function whatExplains(
  cells: readonly Cell[],
  rates: readonly OfficialRate[],
  { random, draws = 500, corrected = null }: WhatExplainsOptions,
): ExplainedRow[] {
  const own = ownOfficialRates(rates), shared = sharedCells(cells, rates);
  const sets = [
    ["judged, all cells", judgedCounts(cells)],
    ["judged, shared cells", sharedCounts(shared, "judged")],
    ["official, shared cells", sharedCounts(shared, "official")],
    ["official, active cells", officialCounts(own.filter((r) => r.steps > MIN_STEPS))],
    ["official, all cells", officialCounts(own)],
  ] as const;
  const rows = sets.flatMap(([verdicts, rows]): ExplainedRow[] => {
    const shares = incrementalShareIntervals(rows, ["benchmark", "model", "harness"], { random, draws });
    if (!shares) return [];
    const { harness, model, benchmark } = shares;
    if (!harness || !model || !benchmark) return [];
    const n = rows.reduce((sum, r) => sum + r.n, 0);
    const clean = (s: ShareInterval): ShareInterval => ({ ...s, share: shareOf(s.share) });
    const cells = rows.filter((r) => r.n > 0).length;
    return [{ verdicts, n, cells, harness: clean(harness), model: clean(model), benchmark: clean(benchmark) }];
  });
  return corrected ? [...rows, corrected] : rows;
}
