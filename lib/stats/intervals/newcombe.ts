import { checkTwoRates } from "../counts.ts";
import { type Interval, type TwoRates, Z95 } from "../types.ts";
import { wilson } from "./wilson.ts";

/**
 * Newcombe's hybrid score interval of the difference of two independent rates, k1/n1 - k2/n2: the two Wilson intervals
 * combined by the square-and-add rule (his method 10).
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { newcombe } from "agent-trace-lab/stats";
 * const { estimate, lo, hi } = newcombe({ k1: 37, n1: 50, k2: 35, n2: 50 });
 * ok(estimate.toFixed(2) === "0.04" && lo < 0 && hi > 0);
 * ```
 *
 * @param z normal quantile of the confidence level; 95% by default
 * @throws {RangeError} when a count is not whole, an n is not positive or a k is not in 0..n
 * @see Newcombe (1998), Statistics in Medicine 17, 873-890
 */
export function newcombe(rates: TwoRates, z: number = Z95): Interval {
  checkTwoRates(rates, "newcombe");
  const { k1, n1, k2, n2 } = rates;
  const [first, second] = [wilson(k1, n1, z), wilson(k2, n2, z)];
  const estimate = first.estimate - second.estimate;
  return {
    estimate,
    lo: estimate - Math.hypot(first.estimate - first.lo, second.hi - second.estimate),
    hi: estimate + Math.hypot(first.hi - first.estimate, second.estimate - second.lo),
  };
}
