import { Matrix, QrDecomposition, solve } from "ml-matrix";
import { logistic, logisticVariance } from "../distributions/logistic.ts";
import type { Pattern } from "./design.ts";
import { dot } from "../dot.ts";
import { findSeparation, type Separation } from "./separation.ts";

/** Where an iteration ended. */
export interface LogitState {
  coefficients: number[];
  stdErrors: number[];
  logLikelihood: number;
  iterations: number;
  converged: boolean;
  /** Set when the likelihood was proved to have no maximum; the other fields then say where that was seen. */
  separation: Separation | null;
}

const MOST_ITERATIONS = 100;
/** Newton steps shrink quadratically: one this small leaves nothing to gain in double precision. */
const SMALL_STEP = 1e-9;

/** Newton's method on the log likelihood from 0, steps halved while they do not raise it, until still or separated. */
export function maximizeLogit(patterns: readonly Pattern[]): LogitState {
  const width = patterns[0]!.x.length;
  let coefficients = new Array<number>(width).fill(0);
  let logLikelihood = logLikelihoodAt(patterns, coefficients);
  for (let iteration = 1;; iteration++) {
    const eta = patterns.map((p) => dot(p.x, coefficients));
    const { qr, step } = newtonStep(patterns, eta);
    const separation = findSeparation(patterns, eta, step);
    const still = Math.max(...step.map(Math.abs)) < SMALL_STEP;
    if (still || separation !== null || iteration === MOST_ITERATIONS) {
      return {
        coefficients,
        stdErrors: stdErrorsOf(qr),
        logLikelihood,
        iterations: iteration,
        converged: still,
        separation,
      };
    }
    let length = 1;
    let next = moved(coefficients, step, length);
    let reached = logLikelihoodAt(patterns, next);
    while (reached < logLikelihood - 1e-12 * Math.abs(logLikelihood) && length > 1e-6) {
      length /= 2;
      next = moved(coefficients, step, length);
      reached = logLikelihoodAt(patterns, next);
    }
    coefficients = next;
    logLikelihood = reached;
  }
}

function newtonStep(patterns: readonly Pattern[], eta: readonly number[]) {
  const roots = patterns.map((p, i) => Math.sqrt(p.n * logisticVariance(eta[i]!)));
  const qr = new QrDecomposition(new Matrix(patterns.map((p, i) => p.x.map((v) => v * roots[i]!))));
  const residuals = patterns.map((p, i) => (p.k - p.n * logistic(eta[i]!)) / roots[i]!);
  return { qr, step: qr.solve(Matrix.columnVector(residuals)).to1DArray() };
}

/** The inverse information is R^-1 R^-T. */
function stdErrorsOf(qr: QrDecomposition): number[] {
  const r = qr.upperTriangularMatrix;
  return solve(r, Matrix.eye(r.columns)).to2DArray().map((row) => Math.sqrt(dot(row, row)));
}

function moved(from: readonly number[], step: readonly number[], length: number): number[] {
  return from.map((v, j) => v + length * step[j]!);
}

function logLikelihoodAt(patterns: readonly Pattern[], coefficients: readonly number[]): number {
  return patterns.reduce((total, p) => {
    const eta = dot(p.x, coefficients);
    const logOnePlus = Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta)));
    return total + p.k * eta - p.n * logOnePlus;
  }, 0);
}
