/** An incremental share of R2 with a bootstrap interval over sessions. */
export interface ShareInterval {
  /** The share of variance. */
  share: number;
  /** Lower end of the 95% interval. */
  lo: number;
  /** Upper end of the 95% interval. */
  hi: number;
}

/** Below this a share of variance is what rounding leaves of a difference of sums, and is 0. */
export const LEAST_SHARE = 1e-12;

/** A share of variance without the rounding of its sums; a null stays null. */
export function shareOf<T extends number | null>(value: T): T {
  return value !== null && Math.abs(value) < LEAST_SHARE ? 0 as T : value;
}

/**
 * How many times one share of variance is the other; null where there is no ratio: the second is 0, or one is not known.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { ratioOfShares } from "agent-trace-lab/analysis";
 * equal(ratioOfShares(0.06, 0.02)?.toFixed(1), "3.0");
 * equal(ratioOfShares(0.06, 1e-17), null); // what is left of nothing is no divisor
 * ```
 */
export function ratioOfShares(share: number | null, over: number | null): number | null {
  if (share === null || over === null || !(Math.abs(over) >= LEAST_SHARE)) return null;
  return shareOf(share) / over;
}
