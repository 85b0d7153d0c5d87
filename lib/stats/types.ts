/** An estimate with the ends of its interval. */
export interface Interval {
  /** The estimate itself. */
  estimate: number;
  /** Lower end of the interval. */
  lo: number;
  /** Upper end of the interval. */
  hi: number;
}

/** An estimate with its standard error, test against zero, and interval. What cannot be computed is NaN. */
export interface Estimate extends Interval {
  /** Standard error, in the unit of the estimate unless the function says otherwise. */
  stdError: number;
  /** What the p-value is read from; mostly estimate over standard error. */
  statistic: number;
  /** Two-sided. */
  pValue: number;
}

/** A test: its statistic and two-sided p-value. */
export interface TestResult {
  /** What the p-value is read from. */
  statistic: number;
  /** Two-sided. */
  pValue: number;
}

/** Successes and trials of two groups, by name so that four numbers cannot change places. */
export interface TwoRates {
  /** Successes of the first group. */
  k1: number;
  /** Trials of the first group. */
  n1: number;
  /** Successes of the second group. */
  k2: number;
  /** Trials of the second group. */
  n2: number;
}

/** The two-sided 95% point of the standard normal distribution. */
export const Z95 = 1.959963984540054;
