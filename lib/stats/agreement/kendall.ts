import { normalPValue } from "../distributions/normal.ts";
import { averageRanks, checkPairs } from "./ranks.ts";
import { type Estimate, Z95 } from "../types.ts";

/**
 * Kendall's tau-b: concordant minus discordant pairs over the geometric mean of the pairs not tied in x and in y.
 * p-value from the normal approximation with the variance corrected for ties; 95% interval through Fisher's z with
 * standard error sqrt(0.437/(n-4)), on the scale of z in `stdError`. Compares all n(n-1)/2 pairs.
 *
 * NaN: everything when a column is constant; the interval below 5 pairs.
 *
 * @throws {RangeError} when the lengths differ or a value is not finite
 * @see Kendall (1970), Rank Correlation Methods; Bonett and Wright (2000), Psychometrika 65, 23-28
 */
export function kendall(x: readonly number[], y: readonly number[]): Estimate {
  checkPairs(x, y, "kendall");
  const n = x.length;
  let score = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) score += Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!);
  }
  const pairs = n * (n - 1) / 2;
  const [tx, ty] = [averageRanks(x).tieSizes, averageRanks(y).tieSizes];
  const tiedPairs = (sizes: number[]) => sum(sizes, (t) => t * (t - 1) / 2);
  const estimate = score / Math.sqrt((pairs - tiedPairs(tx)) * (pairs - tiedPairs(ty)));
  const statistic = score / Math.sqrt(scoreVariance(n, tx, ty));
  const stdError = n > 4 ? Math.sqrt(0.437 / (n - 4)) : NaN;
  return {
    estimate,
    stdError,
    statistic,
    pValue: normalPValue(statistic),
    lo: Math.tanh(Math.atanh(estimate) - Z95 * stdError),
    hi: Math.tanh(Math.atanh(estimate) + Z95 * stdError),
  };
}

function scoreVariance(n: number, tx: number[], ty: number[]): number {
  const cubic = (t: number) => t * (t - 1) * (2 * t + 5);
  const pairs = (t: number) => t * (t - 1);
  const triples = (t: number) => t * (t - 1) * (t - 2);
  const spread = (cubic(n) - sum(tx, cubic) - sum(ty, cubic)) / 18;
  const bothPairs = n < 2 ? 0 : sum(tx, pairs) * sum(ty, pairs) / (2 * pairs(n));
  const bothTriples = n < 3 ? 0 : sum(tx, triples) * sum(ty, triples) / (9 * triples(n));
  return spread + bothPairs + bothTriples;
}

function sum(values: number[], of: (value: number) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}
