/**
 * The q-quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan; the default of numpy,
 * pandas and R): position (n - 1) q of the sorted values.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { quantile } from "agent-trace-lab/stats";
 * equal(quantile([3, 1, 2, 10], 0.5), 2.5);
 * ```
 *
 * @param values in any order, not changed
 * @param q from 0 to 1
 * @throws {RangeError} when there are no values, one is NaN, or q is outside 0..1
 * @see Hyndman and Fan (1996), The American Statistician 50, 361-365
 */
export function quantile(values: ArrayLike<number>, q: number): number {
  return quantileSorted(sorted(values), q);
}

/** A sorted copy. @throws {RangeError} when a value is NaN */
export function sorted(values: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(values);
  const missing = copy.findIndex(Number.isNaN);
  if (missing >= 0) {
    throw new RangeError(`quantile: expected numbers, found NaN at ${missing}; leave missing values out`);
  }
  return copy.sort();
}

/**
 * {@link quantile} of values already in increasing order.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { quantileSorted } from "agent-trace-lab/stats";
 * equal(quantileSorted([1, 2, 3, 10], 0.25), 1.75);
 * ```
 */
export function quantileSorted(values: ArrayLike<number>, q: number): number {
  if (values.length === 0) throw new RangeError("quantile: expected at least one value, found none");
  if (!(q >= 0 && q <= 1)) throw new RangeError(`quantile: expected q from 0 to 1, found ${q}`);
  const position = (values.length - 1) * q;
  const below = Math.floor(position);
  const low = values[below]!;
  const high = values[Math.min(below + 1, values.length - 1)]!;
  return position === below || low === high ? low : low + (high - low) * (position - below);
}
