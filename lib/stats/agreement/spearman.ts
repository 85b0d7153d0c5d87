import { studentTPValue } from "../distributions/student_t.ts";
import type { RankCorrelation } from "./correlation.ts";
import { fisherInterval } from "./fisher_z.ts";
import { MOST_PERMUTED, permutationPValue, smallestPermutationPValue } from "./permutations.ts";
import { averageRanks, checkPairs } from "./ranks.ts";

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, ties averaged. p-value exact from all orders of up to
 * 9 pairs, beyond from t = r sqrt((n-2)/(1-r^2)) with n-2 degrees of freedom and never below the 2/n! that n pairs can
 * give; 95% interval through Fisher's z with Bonett and Wright's standard error sqrt((1 + r^2/2)/(n-3)), on the scale of
 * z in `stdError`.
 *
 * Null: everything when a column is constant; the interval below 4 pairs and at -1 or 1, where z has no value.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { spearman } from "agent-trace-lab/stats";
 * const { estimate, pValue } = spearman([1, 2, 3, 4, 5], [10, 20, 30, 40, 50]);
 * ok(estimate === 1 && pValue === 2 / 120); // two of the 5! orders are as extreme
 * ```
 *
 * @throws {RangeError} when the lengths differ or a value is not finite
 * @see Bonett and Wright (2000), Psychometrika 65, 23-28
 */
export function spearman(x: readonly number[], y: readonly number[]): RankCorrelation {
  checkPairs(x, y, "spearman");
  const n = x.length;
  const [rx, ry] = [centred(averageRanks(x).ranks), centred(averageRanks(y).ranks)];
  const spread = Math.sqrt(product(rx, rx) * product(ry, ry));
  if (spread === 0) return { n, estimate: null, pValue: null, pValueFrom: null, stdError: null, lo: null, hi: null };
  const estimate = Math.max(-1, Math.min(1, product(rx, ry) / spread));
  const exact = n <= MOST_PERMUTED;
  const t = estimate * Math.sqrt((n - 2) / Math.max(0, 1 - estimate * estimate));
  return {
    n,
    estimate,
    pValue: exact
      ? permutationPValue(rx, ry, product)
      : Math.max(smallestPermutationPValue(n), studentTPValue(t, n - 2)),
    pValueFrom: exact ? "permutations" : "approximation",
    ...fisherInterval(estimate, n > 3 ? Math.sqrt((1 + estimate * estimate / 2) / (n - 3)) : null),
  };
}

/** Ranks, ties averaged, always have the mean (n + 1) / 2. */
function centred(ranks: readonly number[]): number[] {
  return ranks.map((rank) => rank - (ranks.length + 1) / 2);
}

function product(x: readonly number[], y: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i]! * y[i]!;
  return total;
}
