import { Matrix, SVD } from "ml-matrix";
import type { LevelCounts } from "./count_row.ts";

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
