/**
 * Probabilities of the counts lowest..highest in the first cell of a 2 x 2 table with these margins, up to a common factor:
 * built outwards from the mode, so that nothing overflows.
 *
 * @param row trials of the first group
 * @param column successes of both groups
 * @param total trials of both groups
 */
export function hypergeometricWeights(
  lowest: number,
  highest: number,
  row: number,
  column: number,
  total: number,
): number[] {
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
