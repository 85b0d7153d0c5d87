import type { Cell } from "../../model/mod.ts";
import { shareIntervals } from "../../stats/mod.ts";
import { countRows } from "../counts/count_rows.ts";
import { type Factor, FACTORS } from "./factors.ts";
import { type ShareInterval, shareInterval } from "./share.ts";

/** A factor's incremental and order-free share of R2, each with an interval over runs. */
export interface ShareByRun {
  /** Benchmark, harness or model. */
  factor: Factor;
  /** R2 lost when the factor alone is left out. */
  incremental: ShareInterval;
  /** R2 gained when it enters, averaged over all orders of entry. */
  lmg: ShareInterval;
}

/** Shares of R2 whose intervals let sessions of a run be alike. */
export interface SharesByRun {
  /** Scored sessions. */
  n: number;
  /** Runs that the intervals rest on. */
  runs: number;
  /** One a factor. */
  rows: ShareByRun[];
}

/**
 * Shares of R2 with 95% intervals for new runs of these cells: sessions of a run are alike, and what runs differ by explains
 * something by chance alone (see `shareIntervals` of the statistics). Null when there is nothing to explain, or one run.
 *
 * ```ts
 * import { sharesByRun } from "agent-trace-lab/analysis";
 * import { equal } from "node:assert/strict";
 * equal(sharesByRun([]), null);
 * ```
 */
export function sharesByRun(cells: readonly Cell[]): SharesByRun | null {
  const rows = countRows(cells);
  const found = rows.some((row) => row.n > 0) ? shareIntervals(rows, FACTORS) : null;
  return found && {
    n: rows.reduce((sum, row) => sum + row.n, 0),
    runs: found.clusters,
    rows: FACTORS.map((factor) => ({
      factor,
      incremental: shareInterval(found.incremental[factor]!),
      lmg: shareInterval(found.lmg[factor]!),
    })),
  };
}
