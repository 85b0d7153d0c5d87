import { Matrix, QrDecomposition } from "ml-matrix";

/** What is left of a column of indicators, relative to its length, below which it depends on the columns before it. */
const DEPENDENT = 1e-8;
/** Coefficients of a dependence between indicators are ratios of small whole numbers; below this it is rounding. */
const ZERO = 1e-7;

/** A column that is a linear combination of kept columns: coefficients by their position, zeros left out. */
export interface Dependence {
  column: number;
  on: Map<number, number>;
}

/**
 * Finds which columns are linear combinations of the columns before them, in order, and of which ones. Looks at the
 * distinct rows only: how often each occurs does not change what is identified.
 *
 * @param x rows of equal length
 * @param columns how many columns there are (there may be no row)
 */
export function dependencies(x: readonly (readonly number[])[], columns: number): {
  kept: number[];
  dependent: Dependence[];
} {
  const basis: Float64Array[] = [];
  const kept: number[] = [];
  const left: number[] = [];
  for (let j = 0; j < columns; j++) {
    const direction = newDirection(Float64Array.from(x, (row) => row[j]!), basis);
    (direction ? kept : left).push(j);
    if (direction) basis.push(direction);
  }
  return { kept, dependent: explain(x, kept, left) };
}

/** Gram-Schmidt that leaves less than this of a column has lost digits, and is done again. */
const CANCELLED = 0.5;

/**
 * The part of a column that is orthogonal to an orthonormal basis, of unit length; null when nothing but rounding is
 * left.
 */
export function newDirection(column: Float64Array, basis: readonly Float64Array[]): Float64Array | null {
  const length = Math.sqrt(product(column, column));
  const rest = column.slice();
  let [before, left] = [Infinity, length];
  while (left < CANCELLED * before && left > DEPENDENT * length) {
    for (const direction of basis) {
      const along = product(rest, direction);
      for (let i = 0; i < rest.length; i++) rest[i]! -= along * direction[i]!;
    }
    [before, left] = [left, Math.sqrt(product(rest, rest))];
  }
  if (!(left > DEPENDENT * length)) return null;
  for (let i = 0; i < rest.length; i++) rest[i]! /= left;
  return rest;
}

/** Sum of products of two columns of one length. */
export function product(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}

function explain(x: readonly (readonly number[])[], kept: number[], left: number[]): Dependence[] {
  if (left.length === 0) return [];
  if (kept.length === 0) return left.map((column) => ({ column, on: new Map() }));
  const pick = (columns: number[]) => new Matrix(x.map((row) => columns.map((j) => row[j]!)));
  const coefficients = new QrDecomposition(pick(kept)).solve(pick(left));
  return left.map((column, c) => {
    const entries = kept.map((j, i) => [j, coefficients.get(i, c)] as const);
    return { column, on: new Map(entries.filter(([, value]) => Math.abs(value) > ZERO)) };
  });
}
