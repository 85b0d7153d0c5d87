import { Matrix, SVD } from "ml-matrix";
import type { LevelCounts } from "../regression/count_row.ts";
import type { Random } from "../resampling/random.ts";
import { drawBinomial } from "../resampling/draw_binomial.ts";
import { percentileInterval } from "../resampling/percentile_interval.ts";

/** A factor's incremental share of R2 with a 95% bootstrap interval; null where every outcome is the same. */
export interface ShareEstimate {
  /** Part of the variance of success. */
  share: number;
  /** Lower end of the 95% interval. */
  lo: number;
  /** Upper end of the 95% interval. */
  hi: number;
}

/**
 * Incremental shares of R2 with intervals: sessions are resampled within each combination of levels, so the design stays
 * and every draw costs one projection. A share of R2 grows by chance alone (noise always explains something), so the
 * draws are moved down by how far their mean lies above the estimate before the percentiles are taken; ends are kept
 * within 0 and 1.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { incrementalShareIntervals, seededRandom } from "agent-trace-lab/stats";
 * const rows = [[0.2, 0.3], [0.7, 0.8]].flatMap((rates, f) =>
 *   rates.map((rate, g) => ({ levels: { f: `${f}`, g: `${g}` }, n: 100, k: 100 * rate }))
 * );
 * const shares = incrementalShareIntervals(rows, ["f", "g"], { random: seededRandom(1), draws: 200 })!;
 * ok(shares["f"]!.lo > shares["g"]!.hi);
 * ```
 *
 * @returns null where no trial or every outcome is the same
 */
export function incrementalShareIntervals(
  rows: readonly LevelCounts[],
  factors: readonly string[],
  { random, draws = 1000 }: { random: Random; draws?: number },
): Record<string, ShareEstimate> | null {
  const seen = rows.filter((r) => r.n > 0);
  const total = seen.reduce((sum, r) => sum + r.n, 0), solved = seen.reduce((sum, r) => sum + r.k, 0);
  if (solved === 0 || solved === total) return null;
  const shares = incrementalShareFunction(seen, factors);
  const observed = shares(seen.map((r) => r.k));
  const samples = factors.map(() => new Float64Array(draws));
  for (let b = 0; b < draws; b++) {
    shares(seen.map((r) => drawBinomial(random, r.n, r.k / r.n))).forEach((share, f) => samples[f]?.set([share], b));
  }
  return Object.fromEntries(factors.map((factor, f) => {
    const share = observed[f] ?? NaN, drawn = samples[f] ?? new Float64Array();
    const bias = drawn.reduce((a, b) => a + b, 0) / draws - share;
    const { lo, hi } = percentileInterval(drawn);
    const keep = (x: number) => Math.min(1, Math.max(0, x));
    return [factor, { share, lo: keep(lo - bias), hi: keep(hi - bias) }];
  }));
}

/**
 * Incremental shares of R2 as a function of the successes of each row (whole or not), for rows whose trials stay: the
 * decomposition is done once. Shares are 0 where every outcome is the same.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { incrementalShareFunction } from "agent-trace-lab/stats";
 * const rows = ["a", "b"].map((f) => ({ levels: { f }, n: 10, k: 0 }));
 * const [share] = incrementalShareFunction(rows, ["f"])([0, 10]);
 * equal(share!.toFixed(6), "1.000000"); // the level says all
 * ```
 */
export function incrementalShareFunction(
  rows: readonly LevelCounts[],
  factors: readonly string[],
): (k: readonly number[]) => number[] {
  const total = rows.reduce((sum, r) => sum + r.n, 0);
  const full = projection(rows, factors);
  const reduced = factors.map((f) => projection(rows, factors.filter((g) => g !== f)));
  return (k) => {
    const sum = k.reduce((a, b) => a + b, 0), variance = sum - sum * sum / total;
    return reduced.map((basis) => variance > 0 ? (explained(full, k) - explained(basis, k)) / variance : 0);
  };
}

/** Orthonormal directions that an intercept and the factors' indicators span, one row a combination. */
function projection(rows: readonly LevelCounts[], factors: readonly string[]): number[][] {
  const columns = factors.flatMap((factor) =>
    [...new Set(rows.map((r) => r.levels[factor] ?? ""))].sort().map((level) => ({ factor, level }))
  );
  const x = rows.map((r) => {
    const root = Math.sqrt(r.n);
    return [root, ...columns.map(({ factor, level }) => r.levels[factor] === level ? root : 0)];
  });
  const wide = x.length < (x[0]?.length ?? 0);
  const svd = new SVD(new Matrix(x), { autoTranspose: wide });
  const largest = svd.diagonal[0] ?? 0;
  const kept = svd.diagonal.map((s, i) => ({ s, i })).filter(({ s }) => s > largest * 1e-10).map(({ i }) => i);
  const u = svd.leftSingularVectors;
  return kept.map((j) => rows.map((r, i) => u.get(i, j) / Math.sqrt(r.n)));
}

/** Sum of squares of the successes' projection. */
function explained(basis: readonly number[][], k: readonly number[]): number {
  let sum = 0;
  for (const direction of basis) {
    let along = 0;
    for (let i = 0; i < k.length; i++) along += (direction[i] ?? 0) * (k[i] ?? 0);
    sum += along * along;
  }
  return sum;
}
