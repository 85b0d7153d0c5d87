import { ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { CholeskyDecomposition, inverse, Matrix } from "ml-matrix";
import { fitMultilevel, seededRandom } from "../../../lib/stats/mod.ts";
import {
  factorize,
  inverseWithinPattern,
  logDeterminant,
  solveLower,
  solveUpper,
} from "../../../lib/stats/multilevel/sparse_cholesky.ts";
import { choleskyPattern, positionOf } from "../../../lib/stats/multilevel/sparse_pattern.ts";
import { near } from "../near.ts";

const SAME = { rtol: 1e-9, atol: 1e-11 };

Deno.test("the sparse factor, its determinant, solutions and inverse entries are the dense ones", () => {
  const matrices = fc.integer({ min: 1, max: 14 }).chain((size) =>
    fc.record({
      size: fc.constant(size),
      entries: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1), fc.double({ min: -1, max: 1, noNaN: true })), {
        maxLength: 3 * size,
      }),
    })
  );
  fc.assert(
    fc.property(matrices, ({ size, entries }) => {
      const dense = Matrix.zeros(size, size);
      for (const [i, j, v] of entries) {
        dense.set(i, j, v);
        dense.set(j, i, v);
      }
      // Diagonally dominant, hence positive definite.
      for (let i = 0; i < size; i++) dense.set(i, i, 1 + dense.getRow(i).reduce((sum, v) => sum + Math.abs(v), 0));
      const together = Array.from({ length: size }, () => new Set<number>());
      for (const [i, j] of entries) if (i !== j) together[Math.min(i, j)]!.add(Math.max(i, j));
      const pattern = choleskyPattern(together);
      const a = new Float64Array(pattern.row.length), l = new Float64Array(pattern.row.length);
      for (let j = 0; j < size; j++) {
        for (let p = pattern.start[j]!; p < pattern.start[j + 1]!; p++) a[p] = dense.get(pattern.row[p]!, j);
      }
      ok(factorize(pattern, a, l));
      const { lowerTriangularMatrix: L } = new CholeskyDecomposition(dense);
      const inverted = inverse(dense), z = inverseWithinPattern(pattern, l);
      for (let j = 0; j < size; j++) {
        for (let i = j; i < size; i++) {
          if (Math.abs(L.get(i, j)) < 1e-14) continue;
          const at = positionOf(pattern, i, j);
          near(l[at]!, L.get(i, j), SAME);
          near(z[at]!, inverted.get(i, j), SAME);
        }
      }
      near(logDeterminant(pattern, l), 2 * L.diagonal().reduce((sum, v) => sum + Math.log(v), 0), SAME);
      const x = Float64Array.from({ length: size }, (_, i) => i + 1);
      solveLower(pattern, l, x);
      solveUpper(pattern, l, x);
      dense.mmul(Matrix.columnVector([...x])).to1DArray().forEach((v, i) => near(v, i + 1, SAME));
    }),
    { numRuns: 150, seed: 16 },
  );
});

Deno.test("a matrix that is not positive definite has no factor", () => {
  const pattern = choleskyPattern([new Set([1]), new Set()]);
  strictEqual(factorize(pattern, Float64Array.of(1, 2, 1), new Float64Array(3)), false);
});

Deno.test("thousands of tasks crossed with configs stay sparse: entries grow with levels, not with their square", () => {
  const random = seededRandom(4);
  const configs = Array.from({ length: 12 }, (_, c) => `c${c}`);
  const rows = Array.from({ length: 3000 }, (_, t) => t).flatMap((t) => {
    const ease = 3 * random() - 1.5;
    return configs.filter(() => random() < 0.3).map((config, c) => ({
      levels: { task: `t${t}`, config },
      n: 1,
      k: random() < 1 / (1 + Math.exp(-ease - 0.1 * c)) ? 1 : 0,
    }));
  });
  const model = fitMultilevel(rows, { random: ["task", "config"] });
  ok(model.converged);
  ok(model.components["task"]!.sd > 0.6 && model.components["task"]!.sd < 1.1, `${model.components["task"]!.sd}`);
  ok(model.state.at.factor.length < 3100 * 14);
});
