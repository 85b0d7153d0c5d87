import { Matrix, QrDecomposition, solve } from "ml-matrix";
import type { CountRow, ModelSpec } from "./count_row.ts";
import { dot } from "../dot.ts";
import { buildDesign, type Design } from "./design.ts";

/** A linear probability model: success on indicators, by ordinary least squares. */
export interface LinearModel extends Omit<Design, "patterns"> {
  /** Observations less estimated terms. */
  df: number;
  /** NaN when every observation has the same outcome. */
  rSquared: number;
  /** NaN as `rSquared`, and without degrees of freedom left. */
  adjRSquared: number;
  /** Points of success rate by term. */
  coefficients: Record<string, number>;
  /** Sum of squared residuals over observations. */
  residualSumOfSquares: number;
  /** Distinct combinations of levels with their fit. */
  patterns: FittedPattern[];
  /** Row j is the row of R^-1 of term j: coefficient j is this row times Q'y, its variance a quadratic form in it. */
  rInverse: number[][];
}

/** A pattern with its fit. All its observations share `q`, so their leverage is the same, |q|^2. */
export interface FittedPattern {
  /** `harness=a, model=b` */
  label: string;
  /** Trials. */
  n: number;
  /** Successes. */
  k: number;
  /** Fitted success rate. */
  fitted: number;
  /** The row of the orthogonal factor Q that each observation of the pattern has. */
  q: number[];
  /** Of each of its observations: |q|^2. */
  leverage: number;
}

/**
 * Ordinary least squares of a binary outcome on categorical factors, from counts. The n observations of a pattern share
 * one row of regressors, so the decomposition X = QR of all observations follows from one row a pattern, scaled by
 * sqrt(n): exact, and of the same cost for a thousand observations or a billion.
 *
 * Terms are named `Intercept`, `harness=a`, `harness=a:model=b`. Empty and collinear terms are left out and
 * named in `dropped`, levels that occur with one level only of another factor in `confounded`, and the reference level
 * of each factor in `references`.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { fitLinear } from "agent-trace-lab/stats";
 * const rows = [["a", "u", 3], ["a", "v", 5], ["b", "u", 6], ["b", "v", 9]].map(([harness, model, k], i) => ({
 *   levels: { harness: `${harness}`, model: `${model}` },
 *   cluster: `run ${i}`,
 *   n: 10,
 *   k: Number(k),
 * }));
 * const spec = { factors: [{ name: "harness", reference: "a" }, { name: "model", reference: "u" }] };
 * const { coefficients } = fitLinear(rows, spec);
 * equal(coefficients["harness=b"]!.toFixed(2), "0.35"); // 75% against 40%
 * ```
 *
 * @throws {RangeError} when a row is not right or no row has a trial
 */
export function fitLinear(rows: readonly CountRow[], spec: ModelSpec): LinearModel {
  const { patterns, ...design } = buildDesign(rows, spec);
  const roots = patterns.map((p) => Math.sqrt(p.n));
  const qr = new QrDecomposition(new Matrix(patterns.map((p, i) => p.x.map((v) => v * roots[i]!))));
  const width = design.terms.length;
  const q = qr.orthogonalMatrix.to2DArray();
  const rInverse = solve(qr.upperTriangularMatrix, Matrix.eye(width)).to2DArray();

  const projected = new Array<number>(width).fill(0);
  patterns.forEach((p, i) => q[i]!.forEach((v, j) => projected[j]! += v * p.k / roots[i]!));
  const coefficients = rInverse.map((row) => dot(row, projected));
  const fitted = patterns.map((p, i): FittedPattern => {
    const row = q[i]!.map((v) => v / roots[i]!);
    return { label: p.label, n: p.n, k: p.k, fitted: dot(p.x, coefficients), q: row, leverage: dot(row, row) };
  });

  const residualSumOfSquares = fitted.reduce((total, p) => total + squaredResiduals(p), 0);
  const rSquared = 1 - residualSumOfSquares / (design.k * (1 - design.k / design.n));
  const df = design.n - width;
  return {
    ...design,
    df,
    rSquared: design.k === 0 || design.k === design.n ? NaN : rSquared,
    adjRSquared: design.k === 0 || design.k === design.n || df === 0 ? NaN : 1 - (1 - rSquared) * (design.n - 1) / df,
    coefficients: Object.fromEntries(design.terms.map((term, j) => [term, coefficients[j]!])),
    residualSumOfSquares,
    patterns: fitted,
    rInverse,
  };
}

/** Sum of squared residuals of a pattern: k observations of 1, n - k of 0, one fitted value. */
export function squaredResiduals({ n, k, fitted }: { n: number; k: number; fitted: number }): number {
  return k * (1 - fitted) ** 2 + (n - k) * fitted ** 2;
}
