import { quantileSorted, sorted } from "./quantile.ts";

/** What a box plot draws. */
export interface BoxStats {
  /** Values. */
  n: number;
  /** Lower quartile. */
  q1: number;
  /** Middle value. */
  median: number;
  /** Upper quartile. */
  q3: number;
  /** The smallest value not below q1 - 1.5 IQR. */
  whiskerLo: number;
  /** The largest value not above q3 + 1.5 IQR. */
  whiskerHi: number;
}

/**
 * Tukey's box: quartiles by linear interpolation, whiskers at the most extreme values within 1.5 interquartile ranges of
 * the box. Units are those of the values.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { boxStats } from "agent-trace-lab/stats";
 * const { median, whiskerHi } = boxStats([1, 2, 3, 4, 100]);
 * equal(median, 3);
 * equal(whiskerHi, 4); // 100 lies beyond the reach of a whisker
 * ```
 *
 * @throws {RangeError} when there are no values or one is NaN
 * @see Tukey (1977), Exploratory Data Analysis
 */
export function boxStats(values: ArrayLike<number>): BoxStats {
  const ordered = sorted(values);
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((q) => quantileSorted(ordered, q)) as [number, number, number];
  const reach = 1.5 * (q3 - q1);
  return {
    n: ordered.length,
    q1,
    median,
    q3,
    whiskerLo: ordered.find((v) => v >= q1 - reach) ?? q1,
    whiskerHi: ordered.findLast((v) => v <= q3 + reach) ?? q3,
  };
}
