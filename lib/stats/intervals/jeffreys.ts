import { betaQuantile } from "../distributions/beta.ts";
import { checkCounts } from "../counts.ts";
import type { Interval } from "../types.ts";

/**
 * The Jeffreys interval of a success rate: central quantiles of the posterior Beta(k + 1/2, n - k + 1/2). As Brown, Cai
 * and DasGupta advise, the lower end is 0 when k = 0 and the upper end 1 when k = n.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { jeffreys } from "agent-trace-lab/stats";
 * const { lo, hi } = jeffreys(7, 10);
 * ok(lo < 0.7 && 0.7 < hi);
 * ```
 *
 * @param k successes
 * @param n trials
 * @param confidence 0.95 by default
 * @throws {RangeError} when n is not positive or k is not in 0..n
 * @see Brown, Cai, DasGupta (2001), Statistical Science 16, 101-133
 */
export function jeffreys(k: number, n: number, confidence = 0.95): Interval {
  checkCounts(k, n, "jeffreys");
  const tail = (1 - confidence) / 2;
  const [a, b] = [k + 0.5, n - k + 0.5];
  return {
    estimate: k / n,
    lo: k === 0 ? 0 : betaQuantile(tail, a, b),
    hi: k === n ? 1 : betaQuantile(1 - tail, a, b),
  };
}
