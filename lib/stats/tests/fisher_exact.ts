import { checkTable } from "../regression/counts.ts";
import type { Estimate } from "../types.ts";

/** R's allowance for rounding when tables as improbable as the observed one are told from more probable ones. */
const RELATIVE_TOLERANCE = 1e-7;

/**
 * Fisher's exact test of a 2 x 2 table, two-sided: the probability, given both margins, of a table no more probable than
 * the observed one. Rows are groups, columns outcomes: a of a+b against c of c+d.
 *
 * @returns `pValue`, two-sided; `estimate`, the sample odds ratio ad/bc (infinite or NaN where bc is 0)
 * @throws {RangeError} when a count is negative or not whole
 * @see Fisher (1935); the two-sided rule is that of R's `fisher.test`
 */
export function fisherExact(a: number, b: number, c: number, d: number): Pick<Estimate, "estimate" | "pValue"> {
  checkTable([a, b, c, d], "fisherExact");
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

/** Probabilities of lowest..highest up to a common factor, built outwards from the mode so that nothing overflows. */
function hypergeometricWeights(lowest: number, highest: number, row: number, column: number, total: number): number[] {
  const weights = new Array<number>(highest - lowest + 1).fill(0);
  const mode = Math.min(highest, Math.max(lowest, Math.floor((row + 1) * (column + 1) / (total + 2))));
  weights[mode - lowest] = 1;
  for (let x = mode; x < highest; x++) {
    weights[x + 1 - lowest] = weights[x - lowest]! * (row - x) * (column - x) /
      ((x + 1) * (total - row - column + x + 1));
  }
  for (let x = mode; x > lowest; x--) {
    weights[x - 1 - lowest] = weights[x - lowest]! * x * (total - row - column + x) /
      ((row - x + 1) * (column - x + 1));
  }
  return weights;
}
