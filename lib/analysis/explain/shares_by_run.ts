import type { Cell } from "../../model/mod.ts";
import { percentileInterval, randomIndex, sharesOfR2 } from "../../stats/mod.ts";
import { countRows } from "../counts/count_rows.ts";
import { groupBy } from "../counts/tally.ts";
import type { ResampleOptions } from "../failure/thrash.ts";
import { type Factor, FACTORS } from "./factors.ts";
import { varies } from "./fits.ts";
import { type ShareInterval, shareOf } from "./share.ts";

/** A factor's incremental and order-free share of R2, each with an interval over runs. */
export interface ShareByRun {
  /** The factor. */
  factor: Factor;
  /** R2 lost without it. */
  incremental: ShareInterval;
  /** Its order-free share. */
  lmg: ShareInterval;
}

/** Shares of R2 whose intervals let sessions of a run be alike. */
export interface SharesByRun {
  /** Runs. */
  runs: number;
  /** Resamples drawn. */
  draws: number;
  /** Draws in which nothing was left to explain; they are left out. */
  undefined: number;
  /** One row a factor. */
  rows: ShareByRun[];
}

/**
 * Shares of R2 with 95% bootstrap intervals over runs: whole runs are drawn with replacement, as often as there are, and
 * everything is fitted again. A share of R2 grows by chance alone, and more so where levels drop out of a draw, so the draws are moved
 * by how far their mean lies from the estimate before the percentiles are taken; ends are kept within 0 and 1. Null when
 * there is nothing to explain.
 */
export function sharesByRun(cells: readonly Cell[], { random, draws = 300 }: ResampleOptions): SharesByRun | null {
  const rows = countRows(cells);
  if (!varies(rows)) return null;
  const runs = [...groupBy(rows, (row) => row.cluster).values()];
  const observed = sharesOfR2(rows, FACTORS);
  const drawn = Array.from({ length: draws }, () => runs.flatMap(() => runs[randomIndex(random, runs.length)]!))
    .filter(varies).map((sample) => sharesOfR2(sample, FACTORS));
  const interval = (kind: "incremental" | "lmg", factor: Factor): ShareInterval => {
    const share = shareOf(observed[kind][factor]!);
    const values = Float64Array.from(drawn, (shares) => shares[kind][factor]!);
    const bias = values.reduce((a, b) => a + b, 0) / values.length - share;
    const { lo, hi } = percentileInterval(values);
    const keep = (x: number) => Math.min(1, Math.max(0, x));
    return { share, lo: keep(lo - bias), hi: keep(hi - bias) };
  };
  return {
    runs: runs.length,
    draws,
    undefined: draws - drawn.length,
    rows: FACTORS.map((factor) => ({
      factor,
      incremental: interval("incremental", factor),
      lmg: interval("lmg", factor),
    })),
  };
}
