import { deepEqual, equal, ok } from "node:assert/strict";
import { Matrix, SingularValueDecomposition } from "ml-matrix";
import type { SparseRow } from "../../../lib/analysis/topics/tfidf.ts";
import { truncatedSvd } from "../../../lib/analysis/topics/truncated_svd.ts";
import { seededRandom } from "../../../lib/stats/mod.ts";

/** A random projection nears the exact directions; it does not reach them where singular values lie close. */
const TOLERANCE = { rtol: 1e-5 };
const BETWEEN_POINTS = { rtol: 1e-2 };

function sparse(rows: number, columns: number, seed: number): SparseRow[] {
  const random = seededRandom(seed);
  return Array.from({ length: rows }, (_, i) => {
    const own = Array.from({ length: columns }, (_, j) => j).filter(() => random() < 0.3);
    // Falling weights give the matrix large and small directions, as word counts do.
    return { columns: own, values: own.map((j) => (random() + 0.2) * 0.8 ** ((i + j) % 17)) };
  });
}

function dense(rows: readonly SparseRow[], columns: number): Matrix {
  const matrix = Matrix.zeros(rows.length, columns);
  rows.forEach((row, i) => row.columns.forEach((j, e) => matrix.set(i, j, row.values[e]!)));
  return matrix;
}

for (const [rows, columns, dimensions] of [[40, 25, 6], [25, 60, 10], [30, 30, 30]] as const) {
  Deno.test(`the largest ${dimensions} singular values of ${rows} x ${columns} agree with ml-matrix's exact ones`, () => {
    const matrix = sparse(rows, columns, rows);
    const { points, singularValues } = truncatedSvd(matrix, columns, dimensions, seededRandom(1));
    const exact = new SingularValueDecomposition(dense(matrix, columns), { autoTranspose: true });
    equal(singularValues.length, dimensions);
    singularValues.forEach((value, i) => {
      ok(Math.abs(value / exact.diagonal[i]! - 1) < TOLERANCE.rtol, `${i}: ${value} and ${exact.diagonal[i]}`);
    });
    // Distances between points do not depend on signs.
    const left = exact.leftSingularVectors;
    const between = (a: number, b: number) =>
      Math.hypot(...singularValues.map((_, j) => (left.get(a, j) - left.get(b, j)) * exact.diagonal[j]!));
    for (const [a, b] of [[0, 1], [3, 17], [5, 24]] as const) {
      const ours = Math.hypot(...points[a]!.map((x, j) => x - points[b]![j]!));
      ok(Math.abs(ours - between(a, b)) < BETWEEN_POINTS.rtol * between(a, b), `${ours} and ${between(a, b)}`);
    }
  });
}

Deno.test("a matrix of low rank gives as many dimensions as it has", () => {
  const rows = Array.from({ length: 12 }, (_, i): SparseRow => ({ columns: [i % 2, 2], values: [1, 1] }));
  equal(truncatedSvd(rows, 3, 3, seededRandom(1)).singularValues.length, 2);
});

Deno.test("an empty matrix gives points without dimensions", () => {
  const { points, singularValues } = truncatedSvd([{ columns: [], values: [] }], 0, 5, seededRandom(1));
  deepEqual([points[0]!.length, singularValues], [0, []]);
});

Deno.test("the same seed gives the same points, another one nearly the same", () => {
  const matrix = sparse(40, 25, 3);
  const of = (seed: number) => truncatedSvd(matrix, 25, 5, seededRandom(seed)).points.map((point) => [...point]);
  deepEqual(of(1), of(1));
  const [one, two] = [of(1), of(2)];
  one.forEach((point, i) => point.forEach((x, j) => ok(Math.abs(x - two[i]![j]!) < BETWEEN_POINTS.rtol)));
});
