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
 * Finds which columns are linear combinations of the columns before them, in order, by Gram-Schmidt done twice, and of
 * which ones. Looks at the distinct rows only: how often each occurs does not change what is identified.
 *
 * @param x rows of equal length
 * @param columns how many columns there are (there may be no row)
 */
export function dependencies(x: readonly (readonly number[])[], columns: number): {
  kept: number[];
  dependent: Dependence[];
} {
  const basis: number[][] = [];
  const kept: number[] = [];
  const left: number[] = [];
  for (let j = 0; j < columns; j++) {
    const column = x.map((row) => row[j]!);
    const length = norm(column);
    for (const pass of [basis, basis]) {
      for (const direction of pass) subtract(column, direction, dot(column, direction));
    }
    const rest = norm(column);
    if (rest > DEPENDENT * length && length > 0) {
      basis.push(column.map((v) => v / rest));
      kept.push(j);
    } else {
      left.push(j);
    }
  }
  return { kept, dependent: explain(x, kept, left) };
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

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, i) => total + value * b[i]!, 0);
}

function norm(a: readonly number[]): number {
  return Math.sqrt(dot(a, a));
}

function subtract(from: number[], direction: readonly number[], times: number): void {
  for (let i = 0; i < from.length; i++) from[i]! -= times * direction[i]!;
}
