import normal from "@stdlib/stats-base-dists-normal";

/**
 * P(Z <= z) of the standard normal distribution.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { normalCdf } from "agent-trace-lab/stats";
 * equal(normalCdf(0), 0.5);
 * ```
 */
export function normalCdf(z: number): number {
  return normal.cdf(z, 0, 1);
}

/**
 * The z with P(Z <= z) = p.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { normalQuantile } from "agent-trace-lab/stats";
 * equal(normalQuantile(0.975).toFixed(3), "1.960");
 * ```
 */
export function normalQuantile(p: number): number {
  return normal.quantile(p, 0, 1);
}

/**
 * Two-sided p-value of a standard normal statistic; accurate far into the tails. NaN stays NaN.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { normalPValue } from "agent-trace-lab/stats";
 * equal(normalPValue(1.959963984540054).toFixed(6), "0.050000");
 * ```
 */
export function normalPValue(z: number): number {
  return Math.min(1, 2 * normal.cdf(-Math.abs(z), 0, 1));
}
