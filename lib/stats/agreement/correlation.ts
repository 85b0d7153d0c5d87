/**
 * A rank correlation with its test and 95% interval. What the data do not determine is null: everything but `n` where a
 * column is constant.
 */
export interface RankCorrelation {
  /** Pairs. */
  n: number;
  /** -1 to 1. */
  estimate: number | null;
  /** Two-sided test of no association. */
  pValue: number | null;
  /** How the p-value was computed: from all permutations of the ranks, or an approximation for many pairs. */
  pValueFrom: "permutations" | "approximation" | null;
  /** Standard error on the scale of Fisher's z. */
  stdError: number | null;
  /** Lower end of the interval. */
  lo: number | null;
  /** Upper end of the interval. */
  hi: number | null;
}
