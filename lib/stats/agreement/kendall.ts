import { normalPValue } from "../distributions/normal.ts";
import type { RankCorrelation } from "./correlation.ts";
import { fisherInterval } from "./fisher_z.ts";
import { MOST_PERMUTED, permutationPValue, smallestPermutationPValue } from "./permutations.ts";
import { averageRanks, checkPairs } from "./ranks.ts";

/**
 * Kendall's tau-b: concordant minus discordant pairs over the geometric mean of the pairs not tied in x and in y.
 * p-value exact from all orders of up to 9 pairs, beyond from the normal approximation with the variance corrected for
 * ties; 95% interval through Fisher's z with standard error sqrt(0.437/(n-4)), on the scale of z in `stdError`.
 * Compares all n(n-1)/2 pairs.
 *
 * Null: everything when a column is constant; the interval below 5 pairs and at -1 or 1, where z has no value.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { kendall } from "agent-trace-lab/stats";
 * const { estimate, pValue } = kendall([1, 2, 3, 4, 5], [1, 2, 4, 3, 5]);
 * ok(estimate === 0.8 && pValue!.toFixed(3) === "0.083");
 * ok(kendall([1, 1, 1], [1, 2, 3]).estimate === null);
 * ```
 *
 * @throws {RangeError} when the lengths differ or a value is not finite
 * @see Kendall (1970), Rank Correlation Methods; Bonett and Wright (2000), Psychometrika 65, 23-28
 */
export function kendall(x: readonly number[], y: readonly number[]): RankCorrelation {
  checkPairs(x, y, "kendall");
  const n = x.length;
  const pairs = n * (n - 1) / 2;
  const [tx, ty] = [averageRanks(x).tieSizes, averageRanks(y).tieSizes];
  const tiedPairs = (sizes: number[]) => sum(sizes, (t) => t * (t - 1) / 2);
  const [untiedX, untiedY] = [pairs - tiedPairs(tx), pairs - tiedPairs(ty)];
  if (untiedX === 0 || untiedY === 0) {
    return { n, estimate: null, pValue: null, pValueFrom: null, stdError: null, lo: null, hi: null };
  }
  const score = concordance(x, y);
  const estimate = score / Math.sqrt(untiedX * untiedY);
  const exact = n <= MOST_PERMUTED;
  return {
    n,
    estimate,
    pValue: exact
      ? permutationPValue(x, y, concordance)
      : Math.max(smallestPermutationPValue(n), normalPValue(score / Math.sqrt(scoreVariance(n, tx, ty)))),
    pValueFrom: exact ? "permutations" : "approximation",
    ...fisherInterval(estimate, n > 4 ? Math.sqrt(0.437 / (n - 4)) : null),
  };
}

function concordance(x: readonly number[], y: readonly number[]): number {
  let score = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) score += Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!);
  }
  return score;
}

function scoreVariance(n: number, tx: number[], ty: number[]): number {
  const cubic = (t: number) => t * (t - 1) * (2 * t + 5);
  const pairs = (t: number) => t * (t - 1);
  const triples = (t: number) => t * (t - 1) * (t - 2);
  const spread = (cubic(n) - sum(tx, cubic) - sum(ty, cubic)) / 18;
  return spread + sum(tx, pairs) * sum(ty, pairs) / (2 * pairs(n)) + sum(tx, triples) * sum(ty, triples) /
      (9 * triples(n));
}

function sum(values: number[], of: (value: number) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}
