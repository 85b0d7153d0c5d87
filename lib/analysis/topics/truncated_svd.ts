import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Random } from "../../stats/mod.ts";
import type { SparseRow } from "./tfidf.ts";

/** How much wider than asked the random projection is, and how often it is sharpened. */
const OVERSAMPLING = 12;
const POWER_ITERATIONS = 3;

/** Smaller than this share of the largest one, a singular value is rounding. */
const NEGLIGIBLE = 1e-6;

/** The largest part of a matrix: rows as points in the space of its first right singular vectors. */
export interface TruncatedSvd {
  /** U times the singular values: one row a row of the matrix, as many numbers as there are singular values. */
  points: Float64Array[];
  /** Largest first; fewer than asked where the matrix has a lower rank. */
  singularValues: number[];
  /** Right singular vectors, one a singular value: a row of another matrix times each is its point. */
  axes: Float64Array[];
}

/**
 * Truncated singular value decomposition of a sparse matrix by random projection with power iterations, orthonormalised
 * at each step. Singular vectors have no sign of their own: each is turned so that its farthest point is positive.
 *
 * @param columns width of the matrix
 * @see Halko, Martinsson, Tropp (2011), SIAM Review 53, 217-288, algorithms 4.4 and 5.1
 */
export function truncatedSvd(
  rows: readonly SparseRow[],
  columns: number,
  dimensions: number,
  random: Random,
): TruncatedSvd {
  const width = Math.min(rows.length, columns, dimensions + OVERSAMPLING);
  if (width === 0) return { points: rows.map(() => new Float64Array(0)), singularValues: [], axes: [] };
  let basis = orthonormal(Array.from({ length: width }, () => times(rows, gaussian(columns, random))));
  for (let i = 0; i < POWER_ITERATIONS; i++) {
    const across = orthonormal(basis.map((vector) => transposedTimes(rows, columns, vector)));
    basis = orthonormal(across.map((vector) => times(rows, vector)));
  }
  const projected = basis.map((vector) => transposedTimes(rows, columns, vector));
  const { values, vectors } = symmetricEigen(projected.map((a) => projected.map((b) => dot(a, b))));
  const singular = values.map((value) => Math.sqrt(Math.max(0, value))).slice(0, dimensions);
  const kept = singular.filter((value) => value > NEGLIGIBLE * singular[0]!);
  const left = kept.map((value, j) => {
    const axis = new Float64Array(rows.length);
    basis.forEach((vector, k) => {
      const weight = vectors[j]![k]! * value;
      for (let i = 0; i < axis.length; i++) axis[i]! += weight * vector[i]!;
    });
    return turned(axis);
  });
  const axes = left.map((axis, j) => transposedTimes(rows, columns, axis).map((value) => value / kept[j]! ** 2));
  return { points: rows.map((_, i) => Float64Array.from(left, (axis) => axis[i]!)), singularValues: kept, axes };
}

function times(rows: readonly SparseRow[], vector: Float64Array): Float64Array {
  return Float64Array.from(rows, ({ columns, values }) => {
    let sum = 0;
    for (let e = 0; e < columns.length; e++) sum += values[e]! * vector[columns[e]!]!;
    return sum;
  });
}

function transposedTimes(rows: readonly SparseRow[], columns: number, vector: Float64Array): Float64Array {
  const product = new Float64Array(columns);
  rows.forEach((row, i) => {
    for (let e = 0; e < row.columns.length; e++) product[row.columns[e]!]! += row.values[e]! * vector[i]!;
  });
  return product;
}

/** Gram and Schmidt, each vector twice (Giraud and others 2005); vectors that depend on those before become zero. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const own = vector.slice();
    const before = Math.sqrt(dot(own, own));
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis) {
        const shadow = dot(own, other);
        for (let i = 0; i < own.length; i++) own[i]! -= shadow * other[i]!;
      }
    }
    const length = Math.sqrt(dot(own, own));
    basis.push(length > 1e-12 * before ? own.map((value) => value / length) : own.fill(0));
  }
  return basis;
}

/** Eigenvalues of a symmetric matrix, largest first, and their vectors in the same order. */
function symmetricEigen(matrix: number[][]): { values: number[]; vectors: number[][] } {
  const found = new EigenvalueDecomposition(new Matrix(matrix), { assumeSymmetric: true });
  const order = found.realEigenvalues.map((_, i) => i)
    .sort((a, b) => found.realEigenvalues[b]! - found.realEigenvalues[a]!);
  return {
    values: order.map((i) => found.realEigenvalues[i]!),
    vectors: order.map((i) => found.eigenvectorMatrix.getColumn(i)),
  };
}

function turned(axis: Float64Array): Float64Array {
  let extreme = 0;
  for (const value of axis) {
    if (Math.abs(value) > Math.abs(extreme) * (1 + 1e-9)) extreme = value;
  }
  return extreme < 0 ? axis.map((value) => -value) : axis;
}

/** Independent normal numbers (Box and Muller 1958). */
function gaussian(n: number, random: Random): Float64Array {
  return Float64Array.from(
    { length: n },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
