import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { bfgs } from "../optimization/bfgs.ts";
import { standardNormal } from "../resampling/normal_draws.ts";
import type { Random } from "../resampling/random.ts";
import type { MultilevelModel } from "./fit.ts";
import { solveUpper } from "./sparse_cholesky.ts";

/** Draws from the posterior of a multilevel model. */
export interface MultilevelPosterior {
  /** The model they are of. */
  model: MultilevelModel;
  /** Each draw's unknowns: shift of every level in log odds, then the fixed coefficients. */
  unknowns: Float64Array[];
  /** Each draw's standard deviations, in the order of the model's terms. */
  deviations: number[][];
  /** Independent draws of the deviations that the weighted ones are worth; below 50 probabilities are rough. */
  effectiveDeviations: number;
}

/** How to draw. */
export interface PosteriorOptions {
  /** Where chance comes from. */
  random: Random;
  /** Draws of everything; 2,000 by default. */
  draws?: number;
  /** Draws of the standard deviations, each a fit; 400 by default. */
  deviationDraws?: number;
  /** Scale of the half-t prior (3 degrees of freedom) of each standard deviation, in log odds; 1 by default. */
  priorScale?: number;
}

/** Degrees of freedom of the prior, and of the distribution that deviations are proposed from. */
const PRIOR_DF = 3, PROPOSAL_DF = 5;
/** Log deviations are never proposed from a wider distribution than this, however flat the posterior is at its mode. */
const LEAST_CURVATURE = 0.15;

/**
 * Draws from the posterior: standard deviations by importance sampling around the mode of the restricted likelihood times
 * the prior (so that what is not known of them widens every interval), then levels and fixed coefficients from their
 * normal approximation at those deviations. Fixed coefficients have a flat prior.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { fitMultilevel, posteriorDraws, seededRandom } from "agent-trace-lab/stats";
 * const rows = [12, 15, 9, 18, 14, 3].map((k, i) => ({ levels: { harness: `h${i}` }, n: 20, k }));
 * const posterior = posteriorDraws(fitMultilevel(rows, { random: ["harness"] }), { random: seededRandom(1), draws: 500 });
 * ok(posterior.effectiveDeviations > 100);
 * ```
 *
 * @see Rue, Martino, Chopin (2009), JRSS B 71, 319-392; Gelman (2006), Bayesian Analysis 1, 515-534 (the prior)
 */
export function posteriorDraws(
  model: MultilevelModel,
  { random, draws = 2000, deviationDraws = 400, priorScale = 1 }: PosteriorOptions,
): MultilevelPosterior {
  const { cells, joint, deviations: start } = model.state;
  const T = cells.terms.length;
  const logPosterior = (logs: readonly number[], gradient: boolean) => {
    const deviations = logs.map(Math.exp);
    const found = joint.at(deviations, null, gradient);
    const value = deviations.reduce(
      (sum, sd, t) => sum + logs[t]! - (PRIOR_DF + 1) / 2 * Math.log1p((sd / priorScale) ** 2 / PRIOR_DF),
      found.logLikelihood,
    );
    const slopes = deviations.map((sd, t) => {
      const ratio = (sd / priorScale) ** 2 / PRIOR_DF;
      return sd * found.gradient.deviations[t]! + 1 - (PRIOR_DF + 1) * ratio / (1 + ratio);
    });
    return { value, slopes };
  };
  const mode = bfgs((logs) => {
    const { value, slopes } = logPosterior(logs, true);
    return { value: -value, gradient: slopes.map((s) => -s) };
  }, start.map((sd) => Math.log(Math.max(sd, 0.2)))).at;
  const spread = spreadAround((logs) => logPosterior(logs, true).slopes, mode);

  const proposals = Array.from({ length: T === 0 ? 1 : deviationDraws }, () => {
    const normals = mode.map(() => standardNormal(random));
    const stretch = Math.sqrt(PROPOSAL_DF / sumOfSquares(PROPOSAL_DF, random));
    const logs = mode.map((v, i) => v + stretch * spread[i]!.reduce((sum, s, j) => sum + s * normals[j]!, 0));
    const distance = stretch * stretch * normals.reduce((sum, z) => sum + z * z, 0);
    const logDensity = -(PROPOSAL_DF + T) / 2 * Math.log1p(distance / PROPOSAL_DF);
    return { logs, logWeight: logPosterior(logs, false).value - logDensity };
  });
  const largest = Math.max(...proposals.map((p) => p.logWeight));
  const weights = proposals.map((p) => Math.exp(p.logWeight - largest));
  const total = weights.reduce((a, b) => a + b, 0);

  const unknowns: Float64Array[] = [], deviations: number[][] = [];
  let due = random();
  proposals.forEach(({ logs }, i) => {
    let copies = 0;
    for (due -= draws * weights[i]! / total; due < 0; due++) copies++;
    if (copies === 0) return;
    const own = logs.map(Math.exp);
    const at = joint.at(own, null, false);
    for (let copy = 0; copy < copies; copy++) {
      const v = Float64Array.from(at.mode, () => standardNormal(random));
      solveUpper(joint.pattern, at.factor, v);
      for (let j = 0; j < v.length; j++) v[j]! += at.mode[j]!;
      cells.terms.forEach(({ first, levels }, t) => {
        for (let j = first; j < first + levels.length; j++) v[j]! *= own[t]!;
      });
      unknowns.push(v);
      deviations.push(own);
    }
  });
  return {
    model,
    unknowns,
    deviations,
    effectiveDeviations: total * total / weights.reduce((sum, w) => sum + w * w, 0),
  };
}

/** A square root of the inverse curvature of a log density at its mode, by differences of its slopes. */
function spreadAround(slopes: (at: readonly number[]) => number[], mode: readonly number[]): number[][] {
  const size = mode.length, step = 1e-3;
  if (size === 0) return [];
  const rows = mode.map((_, i) => {
    const [up, down] = [step, -step].map((h) => slopes(mode.map((v, j) => j === i ? v + h : v))) as [
      number[],
      number[],
    ];
    return up.map((v, j) => (down[j]! - v) / (2 * step));
  });
  const curvature = new Matrix(rows.map((row, i) => row.map((v, j) => (v + rows[j]![i]!) / 2)));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(curvature, { assumeSymmetric: true });
  return mode.map((_, i) =>
    realEigenvalues.map((value, e) => eigenvectorMatrix.get(i, e) / Math.sqrt(Math.max(value, LEAST_CURVATURE)))
  );
}

/** A chi-square variable with `df` degrees of freedom. */
function sumOfSquares(df: number, random: Random): number {
  let sum = 0;
  for (let i = 0; i < df; i++) sum += standardNormal(random) ** 2;
  return sum;
}
