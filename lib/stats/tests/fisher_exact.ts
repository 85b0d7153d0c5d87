import { checkTwoRates } from "../counts.ts";
import { hypergeometricWeights } from "../distributions/hypergeometric.ts";
import type { Estimate, TwoRates } from "../types.ts";

/** R's allowance for rounding when tables as improbable as the observed one are told from more probable ones. */
const RELATIVE_TOLERANCE = 1e-7;

/**
 * Fisher's exact test of two rates, k1 of n1 against k2 of n2, two-sided: the probability, given both margins of the
 * 2 x 2 table, of a table no more probable than the observed one. Other claims than "the rates are equal" it does not
 * test; an empty group gives p = 1.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { fisherExact } from "agent-trace-lab/stats";
 * const { pValue } = fisherExact({ k1: 37, n1: 50, k2: 35, n2: 50 });
 * equal(pValue.toFixed(2), "0.82"); // 74% and 70% of 50 cannot be told apart
 * ```
 *
 * @returns `pValue`, two-sided; `estimate`, the sample odds ratio (infinite or NaN where a product of counts is 0)
 * @throws {RangeError} when a count is negative, not whole, or above its trials
 * @see Fisher (1935); the two-sided rule is that of R's `fisher.test`
 */
export function fisherExact(rates: TwoRates): Pick<Estimate, "estimate" | "pValue"> {
  checkTwoRates(rates, "fisherExact");
  const [a, b, c, d] = [rates.k1, rates.n1 - rates.k1, rates.k2, rates.n2 - rates.k2];
  const [row, column, total] = [a + b, a + c, a + b + c + d];
  const lowest = Math.max(0, row + column - total);
  const weights = hypergeometricWeights(lowest, Math.min(row, column), row, column, total);
  const observed = weights[a - lowest]! * (1 + RELATIVE_TOLERANCE);
  let [asExtreme, all] = [0, 0];
  for (const weight of [...weights].sort((x, y) => x - y)) {
    all += weight;
    if (weight <= observed) asExtreme += weight;
  }
  return { estimate: a * d / (b * c), pValue: Math.min(1, asExtreme / all) };
}
