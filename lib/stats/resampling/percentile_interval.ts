import { quantileSorted } from "../descriptive/quantile.ts";

/**
 * Percentile interval of draws, which are sorted in place; infinite draws count at their end.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { percentileInterval } from "agent-trace-lab/stats";
 * const { lo, hi } = percentileInterval(Float64Array.from({ length: 101 }, (_, i) => i), 0.9);
 * ok(Math.abs(lo - 5) < 1e-9 && Math.abs(hi - 95) < 1e-9);
 * ```
 *
 * @throws {RangeError} when there are no draws
 */
export function percentileInterval(draws: Float64Array, confidence = 0.95): { lo: number; hi: number } {
  draws.sort();
  const tail = (1 - confidence) / 2;
  return { lo: quantileSorted(draws, tail), hi: quantileSorted(draws, 1 - tail) };
}
