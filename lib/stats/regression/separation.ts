import { dependencies } from "./dependencies.ts";
import type { Pattern } from "./design.ts";
import { Matrix, QrDecomposition } from "ml-matrix";

/** A linear predictor beyond this is a fitted probability within 1e-4 of 0 or 1, which is where separation is looked for. */
const EXTREME = 9;

/** A direction in which the likelihood never stops rising, proved: it predicts some patterns and none of them wrongly. */
export interface Separation {
  /** Change of each coefficient along the direction. */
  direction: number[];
  /** Positions of the patterns that it predicts perfectly. */
  predicted: number[];
}

/**
 * Looks for separation near an iteration's state: the patterns of one outcome only whose fitted probability approaches
 * it. If all others leave some direction free, and the last step's part in that direction moves each of these towards
 * its outcome, the maximum of the likelihood is at infinity; the direction is the proof.
 *
 * @param eta linear predictor of each pattern
 * @param step the last Newton step
 * @see Albert and Anderson (1984), Biometrika 71, 1-10
 */
export function findSeparation(patterns: readonly Pattern[], eta: readonly number[], step: readonly number[]) {
  const extreme = patterns.map((p, i) => isPure(p) && Math.abs(eta[i]!) > EXTREME);
  if (!extreme.includes(true)) return null;
  const free = nullSpace(patterns.filter((_, i) => !extreme[i]).map((p) => p.x), step.length);
  if (free.length === 0) return null;
  const basis = new Matrix(free).transpose();
  const weights = new QrDecomposition(basis).solve(Matrix.columnVector([...step]));
  const direction = basis.mmul(weights).to1DArray();
  const moves = patterns.map((p) => p.x.reduce((total, v, j) => total + v * direction[j]!, 0));
  const largest = Math.max(...moves.map(Math.abs));
  const predicted = moves.flatMap((move, i) => Math.abs(move) > 1e-3 * largest ? [i] : []);
  const proved = largest > 0 && moves.every((move, i) => {
    if (!extreme[i]) return true;
    return patterns[i]!.k === 0 ? move <= 1e-9 * largest : move >= -1e-9 * largest;
  });
  return proved ? { direction, predicted } satisfies Separation : null;
}

function isPure({ n, k }: Pattern): boolean {
  return k === 0 || k === n;
}

/** Directions of the coefficients that none of the rows notices, one a dependent column. */
export function nullSpace(x: readonly (readonly number[])[], columns: number): number[][] {
  return dependencies(x, columns).dependent.map(({ column, on }) => {
    const direction = new Array<number>(columns).fill(0);
    direction[column] = 1;
    for (const [j, coefficient] of on) direction[j] = -coefficient;
    return direction;
  });
}
