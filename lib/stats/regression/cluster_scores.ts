import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { dot } from "../dot.ts";
import type { LinearModel } from "./linear_model.ts";
import type { ClusterCounts } from "./patterns.ts";

/** An eigenvalue of a cluster's hat block this close to 1 is a direction that the cluster alone determines. */
const ALONE = 1e-8;

/** Each cluster's score in the coordinates of Q, u = Q_g'e_g, from its counts. */
export function clusterScores(model: LinearModel): number[][] {
  return [...model.clusters.values()].map((counts) => scoreOf(model, counts));
}

function scoreOf(model: LinearModel, counts: ClusterCounts): number[] {
  const score = new Array<number>(model.terms.length).fill(0);
  for (const { pattern, n, k } of counts) {
    const { q, fitted } = model.patterns[pattern]!;
    const residual = k - n * fitted;
    for (let j = 0; j < q.length; j++) score[j]! += q[j]! * residual;
  }
  return score;
}

/** One cluster as its share of Q: u = Q_g'e_g, and T = Q_g'Q_g by its spectrum. */
export interface ClusterScore {
  /** u = Q_g'e_g. */
  score: number[];
  /** Eigenvalues of T above rounding, each with its unit eigenvector. The rest of the space is untouched by the cluster. */
  spectrum: { value: number; vector: number[] }[];
}

/** Each cluster's score and hat block, in the coordinates of Q, from its counts. */
export function hatBlocks(model: LinearModel): ClusterScore[] {
  return [...model.clusters.values()].map((counts) => ({
    score: scoreOf(model, counts),
    spectrum: spectrumOf(model, counts),
  }));
}

/** T has the eigenvalues of the small Gram matrix of sqrt(n) q over the cluster's patterns, which is quicker to take apart. */
function spectrumOf(model: LinearModel, counts: ClusterCounts): ClusterScore["spectrum"] {
  const rows = counts.map(({ pattern, n }) => model.patterns[pattern]!.q.map((v) => v * Math.sqrt(n)));
  const gram = new Matrix(rows.map((a) => rows.map((b) => dot(a, b))));
  const { realEigenvalues, eigenvectorMatrix } = rows.length === 1
    ? { realEigenvalues: [gram.get(0, 0)], eigenvectorMatrix: Matrix.eye(1) }
    : new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  const rounding = 1e-10 * Math.max(...realEigenvalues);
  return realEigenvalues.flatMap((value, e) => {
    if (!(value > rounding)) return [];
    const vector = new Array<number>(model.terms.length).fill(0);
    rows.forEach((row, i) => row.forEach((v, j) => vector[j]! += v * eigenvectorMatrix.get(i, e) / Math.sqrt(value)));
    return [{ value, vector }];
  });
}

/**
 * How residuals of a cluster make up for its own pull on the fit: `CR3` by (I - T)^+, what leaving the cluster out does;
 * `CR2` by its square root, which makes the variance unbiased where errors are independent with one variance.
 */
export type Adjustment = "CR2" | "CR3";

/** (I - T)^+ v or its square root. Directions that the cluster alone determines are set to 0, as the residuals are there. */
export function adjusted({ spectrum }: ClusterScore, v: readonly number[], kind: Adjustment): number[] {
  const result = [...v];
  for (const { value, vector } of spectrum) {
    const along = dot(v, vector);
    const left = kind === "CR3" ? 1 - value : Math.sqrt(Math.max(0, 1 - value));
    const factor = 1 - value < ALONE ? -1 : 1 / left - 1;
    for (let j = 0; j < result.length; j++) result[j]! += factor * along * vector[j]!;
  }
  return result;
}

/** T v. */
export function applyBlock({ spectrum }: ClusterScore, v: readonly number[]): number[] {
  const result = new Array<number>(v.length).fill(0);
  for (const { value, vector } of spectrum) {
    const along = value * dot(v, vector);
    for (let j = 0; j < result.length; j++) result[j]! += along * vector[j]!;
  }
  return result;
}
