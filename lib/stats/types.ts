/** An estimate with the ends of its interval. */
export interface Interval {
  estimate: number;
  lo: number;
  hi: number;
}

/** An estimate with its standard error, test against zero, and interval. What cannot be computed is NaN. */
export interface Estimate extends Interval {
  stdError: number;
  statistic: number;
  /** Two-sided. */
  pValue: number;
}

/** A test: its statistic and two-sided p-value. */
export interface TestResult {
  statistic: number;
  pValue: number;
}

/** The two-sided 95% point of the standard normal distribution. */
export const Z95 = 1.959963984540054;
