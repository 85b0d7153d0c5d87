import type { ShareOfR2 } from "../../stats/mod.ts";

/** A share of R2 with its 95% interval. */
export interface ShareInterval {
  /** As it is in the sample: chance always explains something. */
  share: number;
  /** Less what chance explains, 0 where that is all; null where it was not worked out. */
  without_chance: number | null;
  /** Lower end, of the share without chance. */
  lo: number;
  /** Upper end. */
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

/** A share of the statistics as rows of the analysis have it. */
export function shareInterval({ share, corrected, lo, hi }: ShareOfR2): ShareInterval {
  return { share: shareOf(share), without_chance: corrected, lo, hi };
}
