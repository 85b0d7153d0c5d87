import { averageRanks, checkPairs } from "./ranks.ts";
import { studentTPValue } from "../distributions/student_t.ts";
import { type Estimate, Z95 } from "../types.ts";

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, ties averaged. p-value from
 * t = r sqrt((n-2)/(1-r^2)) with n-2 degrees of freedom; 95% interval through Fisher's z with Bonett and Wright's
 * standard error sqrt((1 + r^2/2)/(n-3)), on the scale of z in `stdError`.
 *
 * NaN: everything when a column is constant or n < 2; the test below 3 pairs, the interval below 4.
 *
 * @throws {RangeError} when the lengths differ or a value is not finite
 * @see Bonett and Wright (2000), Psychometrika 65, 23-28
 */
export function spearman(x: readonly number[], y: readonly number[]): Estimate {
  checkPairs(x, y, "spearman");
  const n = x.length;
  const estimate = pearson(averageRanks(x).ranks, averageRanks(y).ranks);
  const df = n - 2;
  const statistic = df > 0 ? estimate * Math.sqrt(df / Math.max(0, 1 - estimate * estimate)) : NaN;
  const stdError = n > 3 ? Math.sqrt((1 + estimate * estimate / 2) / (n - 3)) : NaN;
  return {
    estimate,
    stdError,
    statistic,
    pValue: df > 0 ? studentTPValue(statistic, df) : NaN,
    lo: Math.tanh(Math.atanh(estimate) - Z95 * stdError),
    hi: Math.tanh(Math.atanh(estimate) + Z95 * stdError),
  };
}

function pearson(x: readonly number[], y: readonly number[]): number {
  const mean = (x.length + 1) / 2; // ranks, ties averaged, always have this mean
  let [xx, yy, xy] = [0, 0, 0];
  x.forEach((value, i) => {
    const [dx, dy] = [value - mean, y[i]! - mean];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  });
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}
