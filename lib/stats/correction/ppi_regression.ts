import { inverse, Matrix } from "ml-matrix";
import { ppiRegressionRegime, type Regime } from "./regime.ts";

const Z = 1.959963984540054;

/** Sessions of one covariate pattern: `x` are the columns of the design (the intercept among them). */
export interface PpiRow {
  /** Columns of the design, the intercept among them. */
  x: readonly number[];
  /** The judge's verdict. */
  f: 0 | 1;
  /** The label, null where there is none. */
  y: 0 | 1 | null;
  /** How many sessions. */
  n: number;
}

/** A coefficient corrected for the judge's mistakes. */
export interface PpiTerm {
  /** Column of the design. */
  name: string;
  /** The corrected coefficient. */
  estimate: number;
  /** Standard error. */
  stdError: number;
  /** Lower end of the 95% interval. */
  lo: number;
  /** Upper end of the 95% interval. */
  hi: number;
  /** Power-tuning weight of this coefficient. */
  lambda: number;
  /** The same coefficient from all verdicts, uncorrected, and from the labels alone (null where they cannot fit it). */
  judged: number;
  /** The same coefficient from the labels alone; null where they cannot fit it. */
  labelsOnly: number | null;
}

/** A linear regression by prediction-powered inference. */
export interface PpiRegression extends Regime {
  /** Labelled sessions. */
  labels: number;
  /** Sessions without a label. */
  unlabelled: number;
  /** One a column of the design. */
  terms: PpiTerm[];
}

/**
 * Ordinary least squares of the true outcome, from verdicts on all sessions and labels on some, by power-tuned
 * prediction-powered inference. For each coefficient its own weight lambda in [0, 1]:
 *
 *     (lambda S_N + (1 - lambda) S_n) beta = lambda S_N,f + S_n,y - lambda S_n,f
 *
 * where S are means of x x' or of x times the outcome over the N unlabelled or n labelled sessions, and variance
 * H^-1 (V(x(x'b - y) - lambda x(x'b - f)) + lambda^2 (n / N) V(x(x'b - f))) H^-1 / n. Intervals are normal, 95%.
 * Rows are counts, so the cost does not grow with sessions. Labels must be a random part of the sessions.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { ppiRegression, type PpiRow } from "agent-trace-lab/stats";
 * const rows = [0, 1].flatMap((level): PpiRow[] => [
 *   { x: [1, level], f: 1, y: 1, n: 20 + 10 * level },
 *   { x: [1, level], f: 1, y: 0, n: 10 },
 *   { x: [1, level], f: 0, y: 0, n: 20 },
 *   { x: [1, level], f: 1, y: null, n: 300 + 100 * level },
 *   { x: [1, level], f: 0, y: null, n: 200 },
 * ]);
 * const { terms } = ppiRegression(rows, ["Intercept", "harness=b"]);
 * ok(terms[1]!.estimate > 0);
 * ```
 *
 * Source: Angelopoulos, Duchi and Zrnic, PPI++, arXiv:2311.01453 (2023), sections 3 to 6.
 *
 * @param names of the columns of `x`.
 * @throws {RangeError} where rows and names differ in length, there are no unlabelled or too few labelled sessions, or
 *   the columns are collinear.
 */
export function ppiRegression(rows: readonly PpiRow[], names: readonly string[]): PpiRegression {
  const p = names.length;
  const bad = rows.findIndex((r) => r.x.length !== p);
  if (bad >= 0) {
    throw new RangeError(`row ${bad} has ${rows[bad]?.x.length} columns, expected ${p} (${names.join(", ")})`);
  }
  const labelled = rows.filter((r) => r.y !== null), unlabelled = rows.filter((r) => r.y === null);
  const n = count(labelled), N = count(unlabelled);
  if (n <= p || N === 0) {
    throw new RangeError(
      `a regression on ${p} columns needs more than ${p} labelled and some unlabelled sessions; ` +
        `found ${n} and ${N}`,
    );
  }
  const Sn = cross(labelled, n), SN = cross(unlabelled, N), SAll = cross(rows, n + N);
  const H = invert(SAll, names);
  const nF = outcome(labelled, n, (r) => r.f), nY = outcome(labelled, n, (r) => r.y ?? 0);
  const uF = outcome(unlabelled, N, (r) => r.f);
  const judged = H.mmul(outcome(rows, n + N, (r) => r.f));
  const fit = (lambda: number) =>
    invert(Matrix.add(Matrix.mul(SN, lambda), Matrix.mul(Sn, 1 - lambda)), names)
      .mmul(Matrix.add(Matrix.mul(Matrix.sub(uF, nF), lambda), nY));
  // Gradients at a first estimate: the tuned weight and the variance only need a consistent one.
  const start = fit(0.5);
  const gY = (r: PpiRow) => dot(r.x, start) - (r.y ?? 0), gF = (r: PpiRow) => dot(r.x, start) - r.f;
  const small = n / (n - p);
  const vYF = sandwich(H, symmetric(covariance(labelled, n, gY, gF)));
  const vFF = sandwich(H, covariance(rows, n + N, gF, gF));
  const terms = names.map((name, j): PpiTerm => {
    const gain = (1 + n / N) * vFF.get(j, j);
    const lambda = gain > 0 ? Math.min(1, Math.max(0, vYF.get(j, j) / gain)) : 0;
    const beta = fit(lambda);
    const rY = (r: PpiRow) => dot(r.x, beta) - (r.y ?? 0), rF = (r: PpiRow) => dot(r.x, beta) - r.f;
    const rDelta = (r: PpiRow) => rY(r) - lambda * rF(r);
    const fromLabels = sandwich(H, covariance(labelled, n, rDelta, rDelta)).get(j, j) * small;
    const fromVerdicts = sandwich(H, covariance(rows, n + N, rF, rF)).get(j, j);
    const stdError = Math.sqrt(Math.max(0, fromLabels / n + lambda * lambda * fromVerdicts / N));
    const estimate = beta.get(j, 0);
    return {
      name,
      estimate,
      stdError,
      lo: estimate - Z * stdError,
      hi: estimate + Z * stdError,
      lambda,
      judged: judged.get(j, 0),
      labelsOnly: labelsOnly(Sn, nY, names)?.get(j, 0) ?? null,
    };
  });
  return { labels: n, unlabelled: N, terms, ...ppiRegressionRegime(n, p, labelsPerLevel(labelled, names)) };
}

const count = (rows: readonly PpiRow[]) => rows.reduce((sum, r) => sum + r.n, 0);
const dot = (x: readonly number[], b: Matrix) => x.reduce((sum, v, j) => sum + v * b.get(j, 0), 0);
const symmetric = (m: Matrix) => Matrix.mul(Matrix.add(m, m.transpose()), 0.5);
const sandwich = (bread: Matrix, meat: Matrix) => bread.mmul(meat).mmul(bread);

/** Mean of x x' over sessions. */
function cross(rows: readonly PpiRow[], total: number): Matrix {
  const p = rows[0]?.x.length ?? 0, out = Matrix.zeros(p, p);
  for (const { x, n } of rows) add(out, x, n / total);
  return out;
}

/** Mean of x times an outcome, as a column. */
function outcome(rows: readonly PpiRow[], total: number, of: (row: PpiRow) => number): Matrix {
  const p = rows[0]?.x.length ?? 0, out = Matrix.zeros(p, 1);
  for (const row of rows) {
    const weight = of(row) * row.n / total;
    row.x.forEach((v, j) => v && out.set(j, 0, out.get(j, 0) + v * weight));
  }
  return out;
}

/** Covariance over sessions of x a(row) with x b(row). */
function covariance(
  rows: readonly PpiRow[],
  total: number,
  a: (row: PpiRow) => number,
  b: (row: PpiRow) => number,
): Matrix {
  const p = rows[0]?.x.length ?? 0, out = Matrix.zeros(p, p);
  for (const row of rows) add(out, row.x, a(row) * b(row) * row.n / total);
  const ma = outcome(rows, total, a), mb = outcome(rows, total, b);
  return Matrix.sub(out, ma.mmul(mb.transpose()));
}

function add(into: Matrix, x: readonly number[], weight: number): void {
  for (let i = 0; i < x.length; i++) {
    const xi = x[i] ?? 0;
    if (!xi) continue;
    for (let j = 0; j < x.length; j++) {
      const xj = x[j] ?? 0;
      if (xj) into.set(i, j, into.get(i, j) + weight * xi * xj);
    }
  }
}

function invert(m: Matrix, names: readonly string[]): Matrix {
  try {
    const out = inverse(m);
    if (out.to1DArray().every(Number.isFinite) && out.max() < 1e10) return out;
  } catch {
    // Reported below with the columns' names.
  }
  throw new RangeError(`columns are collinear, so their coefficients cannot be told apart: ${names.join(", ")}`);
}

function labelsOnly(Sn: Matrix, nY: Matrix, names: readonly string[]): Matrix | null {
  try {
    return invert(Sn, names).mmul(nY);
  } catch {
    return null;
  }
}

/** Labelled sessions at 1 of each indicator column (a column with other values than 0 and 1 is not an indicator). */
function labelsPerLevel(labelled: readonly PpiRow[], names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  names.forEach((name, j) => {
    const indicator = labelled.every((r) => r.x[j] === 0 || r.x[j] === 1);
    if (indicator) counts[name] = count(labelled.filter((r) => r.x[j] === 1));
  });
  return counts;
}
