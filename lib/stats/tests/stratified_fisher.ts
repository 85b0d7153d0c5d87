import { checkTwoRates } from "../counts.ts";
import { hypergeometricWeights } from "../distributions/hypergeometric.ts";
import { normalPValue } from "../distributions/normal.ts";
import type { TwoRates } from "../types.ts";

/** R's allowance for rounding when sums as improbable as the observed one are told from more probable ones. */
const RELATIVE_TOLERANCE = 1e-7;
/** Products of probabilities beyond which the exact distribution is not built. */
const MOST_WORK = 50_000_000;

/** A test over strata. */
export interface StratifiedTest {
  /** Two-sided. */
  pValue: number;
  /** How it was computed: the exact distribution, or the chi-square of Cochran, Mantel and Haenszel where counts are large. */
  from: "exact" | "Cochran-Mantel-Haenszel";
}

/**
 * Fisher's exact test of two rates compared within strata (suites, models), so that a difference in what the two sides worked
 * on is no difference of the sides. Given the margins of every stratum's 2 x 2 table the first side's successes add up to a
 * sum whose distribution is known; the p-value is the probability of a sum no more probable than the observed one. With one
 * stratum it is {@link fisherExact}'s. Strata in which a side has no trial say nothing. Where counts are large the
 * chi-square of Cochran, Mantel and Haenszel (without continuity correction) takes its place.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { stratifiedFisher } from "agent-trace-lab/stats";
 * const { pValue } = stratifiedFisher([{ k1: 8, n1: 10, k2: 3, n2: 10 }, { k1: 15, n1: 20, k2: 12, n2: 25 }]);
 * equal(pValue.toFixed(3), "0.007");
 * ```
 *
 * @throws {RangeError} when a count is negative, not whole, or above its trials
 * @see Agresti (2013), Categorical Data Analysis, section 7.3.5; R's `mantelhaen.test(exact = TRUE)`
 */
export function stratifiedFisher(strata: readonly TwoRates[]): StratifiedTest {
  strata.forEach((rates, i) => checkTwoRates(rates, `stratifiedFisher, stratum ${i}`));
  const told = strata.filter(({ n1, n2 }) => n1 > 0 && n2 > 0);
  const sizes = told.map(({ k1, n1, k2, n2 }) => Math.min(n1, k1 + k2) - Math.max(0, k1 + k2 - n2) + 1);
  let [work, length] = [0, 1];
  for (const size of sizes) {
    work += size * length;
    length += size - 1;
  }
  return work > MOST_WORK
    ? { pValue: chiSquare(told), from: "Cochran-Mantel-Haenszel" }
    : { pValue: exact(told), from: "exact" };
}

function exact(strata: readonly TwoRates[]): number {
  let sums = [1];
  let observed = 0;
  for (const { k1, n1, k2, n2 } of strata) {
    const [column, total] = [k1 + k2, n1 + n2];
    const lowest = Math.max(0, column - n2);
    const weights = hypergeometricWeights(lowest, Math.min(n1, column), n1, column, total);
    const next = new Array<number>(sums.length + weights.length - 1).fill(0);
    sums.forEach((sum, i) => weights.forEach((weight, j) => next[i + j]! += sum * weight));
    // Only ratios matter: a common factor keeps products from vanishing.
    const largest = next.reduce((most, value) => Math.max(most, value), 0);
    sums = next.map((value) => value / largest);
    observed += k1 - lowest;
  }
  const limit = sums[observed]! * (1 + RELATIVE_TOLERANCE);
  let [asExtreme, all] = [0, 0];
  for (const weight of [...sums].sort((x, y) => x - y)) {
    all += weight;
    if (weight <= limit) asExtreme += weight;
  }
  return Math.min(1, asExtreme / all);
}

function chiSquare(strata: readonly TwoRates[]): number {
  let [difference, variance] = [0, 0];
  for (const { k1, n1, k2, n2 } of strata) {
    const [column, total] = [k1 + k2, n1 + n2];
    difference += k1 - n1 * column / total;
    variance += total > 1 ? n1 * n2 * column * (total - column) / (total * total * (total - 1)) : 0;
  }
  return variance === 0 ? 1 : normalPValue(difference / Math.sqrt(variance));
}
