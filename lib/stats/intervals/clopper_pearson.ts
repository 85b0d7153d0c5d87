import { betaQuantile } from "../distributions/beta.ts";
import { checkCounts } from "../counts.ts";
import type { Interval } from "../types.ts";

/**
 * The Clopper-Pearson interval of a success rate, "exact" because its coverage is never below the stated level; wider
 * than need be for that. Ends are quantiles of Beta(k, n-k+1) and Beta(k+1, n-k).
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { clopperPearson } from "agent-trace-lab/stats";
 * const { lo, hi } = clopperPearson(0, 10);
 * equal(lo, 0);
 * equal(hi.toFixed(3), "0.308"); // none of ten: the rate may still be 30%
 * ```
 *
 * @param k successes
 * @param n trials
 * @param confidence 0.95 by default
 * @throws {RangeError} when n is not positive or k is not in 0..n
 * @see Clopper and Pearson (1934), Biometrika 26, 404-413
 */
export function clopperPearson(k: number, n: number, confidence = 0.95): Interval {
  checkCounts(k, n, "clopperPearson");
  const tail = (1 - confidence) / 2;
  return {
    estimate: k / n,
    lo: k === 0 ? 0 : betaQuantile(tail, k, n - k + 1),
    hi: k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k),
  };
}
