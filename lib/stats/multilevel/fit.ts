import { normalPValue } from "../distributions/normal.ts";
import { bfgs } from "../optimization/bfgs.ts";
import type { LevelCounts } from "../regression/count_row.ts";
import type { DroppedTerm } from "../regression/design.ts";
import type { Reference } from "../regression/levels.ts";
import { type Estimate, Z95 } from "../types.ts";
import { type MultilevelCells, multilevelCells } from "./cells.ts";
import { type Laplace, laplace, type LaplaceState } from "./laplace.ts";
import { inverseWithinPattern } from "./sparse_cholesky.ts";
import type { MultilevelSpec } from "./spec.ts";

/** The shift of one level of a random term, on the scale of log odds. */
export interface LevelEffect {
  /** The level, a factor each. */
  level: Record<string, string>;
  /** Its shift: the level's own data and the others', weighed by how much each says (partial pooling). */
  estimate: number;
  /** Standard error given the standard deviations of the terms. */
  stdError: number;
}

/** A random term as fitted. */
export interface VarianceComponent {
  /** Standard deviation between levels, in log odds; 0 where the data show no more spread than chance gives. */
  sd: number;
  /** How many levels were observed. */
  levels: number;
}

/** A multilevel logit as fitted. */
export interface MultilevelModel {
  /** `REML`: fixed coefficients integrated out; `ML`: maximised over, as lme4's `glmer` does. */
  method: "REML" | "ML";
  /** Trials. */
  n: number;
  /** Successes. */
  k: number;
  /** Distinct combinations of levels: what the cost depends on. */
  cells: number;
  /** Laplace approximation of the log likelihood, binomial coefficients included. */
  logLikelihood: number;
  /** Fixed coefficients, log odds, with Wald tests given the standard deviations. */
  fixed: Record<string, Estimate>;
  /** By name of the random term. */
  components: Record<string, VarianceComponent>;
  /** Shifts of all levels, by name of the random term. */
  effects: Record<string, LevelEffect[]>;
  /** Reference level of each fixed factor. */
  references: Record<string, Reference>;
  /** Fixed terms that the data cannot estimate. */
  dropped: DroppedTerm[];
  /** False where the search ended early: then do not use the numbers. */
  converged: boolean;
  /** Steps of the search. */
  iterations: number;
  /** What intervals and predictions are computed from. */
  state: MultilevelState;
}

/** The model's cells and the approximation at its estimates. */
export interface MultilevelState {
  /** The counts, and the unknowns that they rest on. */
  cells: MultilevelCells;
  /** With the fixed coefficients among the unknowns. */
  joint: Laplace;
  /** At the estimates. */
  at: LaplaceState;
  /** Standard deviations in the order of the cells' terms. */
  deviations: number[];
}

/** A standard deviation this small makes no difference to any rate. */
const NONE = 1e-4;

/**
 * A crossed multilevel logit on counts: log odds of success = fixed part + a shift for each level of each random term,
 * the shifts normal around 0 with a standard deviation a term. Any number of crossed and nested terms and interactions.
 *
 * By the Laplace approximation, exact derivatives, and sparse factorizations over the levels: it costs the same for
 * 10^3 sessions and 10^7, as only the combinations of levels are looked at. `ML` agrees with lme4's `glmer` (nAGQ = 1),
 * `REML` (default) integrates the fixed coefficients out, so that few levels do not make standard deviations too small,
 * and agrees with glmmTMB's.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { fitMultilevel } from "agent-trace-lab/stats";
 * const rows = [12, 15, 9, 18, 14, 3].map((k, i) => ({ levels: { harness: `h${i}` }, n: 20, k }));
 * const { components, effects, fixed } = fitMultilevel(rows, { random: ["harness"] });
 * ok(components["harness"]!.sd > 0.3);
 * const weakest = fixed["Intercept"]!.estimate + effects["harness"]![5]!.estimate;
 * ok(weakest > Math.log(3 / 17)); // pulled towards the others
 * ```
 *
 * @throws {RangeError} when a row is not right, no row has a trial, a term is named twice or is fixed and random, or every
 *   session has the same outcome
 * @see Bates, Maechler, Bolker, Walker (2015), JSS 67(1); Brooks et al. (2017), R Journal 9, 378-400 (REML)
 */
export function fitMultilevel(
  rows: readonly LevelCounts[],
  spec: MultilevelSpec,
  { method = "REML" }: { method?: "REML" | "ML" } = {},
): MultilevelModel {
  const cells = multilevelCells(rows, spec);
  const T = cells.terms.length;
  const joint = laplace(cells, "levels and fixed");
  const found = method === "REML" ? maximizeRestricted(joint, T) : maximizeLikelihood(cells, joint);
  const deviations = found.deviations.map((sd) => sd < NONE ? 0 : sd);
  const at = method === "REML" ? joint.at(deviations, null) : jointAt(cells, joint, deviations, found.fixed);
  const logLikelihood = method === "REML"
    ? at.logLikelihood
    : laplace(cells, "levels").at(deviations, found.fixed).logLikelihood;
  const z = inverseWithinPattern(joint.pattern, at.factor);
  const stdError = (j: number) => Math.sqrt(z[joint.pattern.start[j]!]!);
  const byName = [...cells.terms].map((term, t) => ({ term, sd: deviations[t]! }));
  return {
    method,
    n: cells.n.reduce((a, b) => a + b, 0),
    k: cells.k.reduce((a, b) => a + b, 0),
    cells: cells.n.length,
    logLikelihood,
    fixed: Object.fromEntries(
      cells.fixed.map((term, j) => [term, wald(at.mode[cells.levels + j]!, stdError(cells.levels + j))]),
    ),
    components: Object.fromEntries(byName.map(({ term, sd }) => [term.name, { sd, levels: term.levels.length }])),
    effects: Object.fromEntries(
      byName.map(({ term, sd }) => [
        term.name,
        term.levels.map((level, l) => ({
          level,
          estimate: sd * at.mode[term.first + l]!,
          stdError: sd * stdError(term.first + l),
        })),
      ]),
    ),
    references: cells.references,
    dropped: cells.dropped,
    converged: found.converged && Number.isFinite(logLikelihood),
    iterations: found.iterations,
    state: { cells, joint, at, deviations },
  };
}

/** Maximises the restricted likelihood over the standard deviations, those in `held` kept where they are. */
export function maximizeRestricted(
  joint: Laplace,
  terms: number,
  { start = new Array<number>(terms).fill(1), held = new Map<number, number>() }: {
    start?: readonly number[];
    held?: ReadonlyMap<number, number>;
  } = {},
): { deviations: number[]; logLikelihood: number; fixed: number[]; iterations: number; converged: boolean } {
  const free = Array.from({ length: terms }, (_, t) => t).filter((t) => !held.has(t));
  const whole = (at: readonly number[]) => {
    const deviations = Array.from({ length: terms }, (_, t) => held.get(t) ?? 0);
    free.forEach((t, i) => deviations[t] = at[i]!);
    return deviations;
  };
  const minimum = bfgs((at) => {
    const { logLikelihood, gradient } = joint.at(whole(at), null);
    return { value: -logLikelihood, gradient: free.map((t) => -gradient.deviations[t]!) };
  }, free.map((t) => start[t]!));
  return {
    deviations: whole(minimum.at).map(Math.abs),
    logLikelihood: -minimum.value,
    fixed: [],
    iterations: minimum.iterations,
    converged: minimum.converged,
  };
}

function maximizeLikelihood(cells: MultilevelCells, joint: Laplace) {
  const T = cells.terms.length;
  const conditional = laplace(cells, "levels");
  const start = new Array<number>(T).fill(1);
  const coefficients = [...joint.at(start, null).mode.subarray(cells.levels)];
  const minimum = bfgs((at) => {
    const { logLikelihood, gradient } = conditional.at(at.slice(0, T), at.slice(T));
    return { value: -logLikelihood, gradient: [...gradient.deviations, ...gradient.fixed].map((g) => -g) };
  }, [...start, ...coefficients]);
  return {
    deviations: minimum.at.slice(0, T).map(Math.abs),
    fixed: minimum.at.slice(T),
    iterations: minimum.iterations,
    converged: minimum.converged,
  };
}

/** The joint Hessian at maximum likelihood, where the coefficients are not quite the joint mode's. */
function jointAt(cells: MultilevelCells, joint: Laplace, deviations: number[], fixed: number[]): LaplaceState {
  const mode = new Float64Array(cells.levels + fixed.length);
  mode.set(laplace(cells, "levels").at(deviations, fixed).mode);
  mode.set(fixed, cells.levels);
  return joint.around(deviations, mode);
}

function wald(estimate: number, stdError: number): Estimate {
  const [statistic, reach] = [estimate / stdError, Z95 * stdError];
  return { estimate, stdError, statistic, pValue: normalPValue(statistic), lo: estimate - reach, hi: estimate + reach };
}
