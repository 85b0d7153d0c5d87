import { checkCounts } from "../counts.ts";
import { type Interval, Z95 } from "../types.ts";

/**
 * The Wilson score interval of a success rate: the rates that a score test would not reject. It keeps its promise for
 * small n and for k = 0 or k = n, where the textbook interval collapses to a point.
 *
 * centre = (p + z^2/2n) / (1 + z^2/n), half-width = z / (1 + z^2/n) * sqrt(p(1-p)/n + z^2/4n^2), p = k/n.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { wilson } from "agent-trace-lab/stats";
 * const { estimate, lo, hi } = wilson(7, 10);
 * equal([estimate, lo, hi].map((v) => v.toFixed(3)).join(" "), "0.700 0.397 0.892");
 * ```
 *
 * @param k successes
 * @param n trials
 * @param z normal quantile of the confidence level; 95% by default
 * @throws {RangeError} when n is not positive or k is not in 0..n
 * @see Wilson (1927), JASA 22, 209-212
 */
export function wilson(k: number, n: number, z: number = Z95): Interval {
  checkCounts(k, n, "wilson");
  const p = k / n;
  const scale = 1 + z * z / n;
  const centre = (p + z * z / (2 * n)) / scale;
  const half = z / scale * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  return { estimate: p, lo: k === 0 ? 0 : Math.max(0, centre - half), hi: k === n ? 1 : Math.min(1, centre + half) };
}
