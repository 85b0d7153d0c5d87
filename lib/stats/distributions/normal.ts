import normal from "@stdlib/stats-base-dists-normal";

/** P(Z <= z) of the standard normal distribution. */
export function normalCdf(z: number): number {
  return normal.cdf(z, 0, 1);
}

/** The z with P(Z <= z) = p. */
export function normalQuantile(p: number): number {
  return normal.quantile(p, 0, 1);
}

/** Two-sided p-value of a standard normal statistic; accurate far into the tails. NaN stays NaN. */
export function normalPValue(z: number): number {
  return Math.min(1, 2 * normal.cdf(-Math.abs(z), 0, 1));
}
