import { bfgs } from "../optimization/bfgs.ts";
import { logistic } from "../distributions/logistic.ts";
import { checkCounts } from "../counts.ts";
import type { JudgeErrors } from "./tipping.ts";

/** A group with its judged and its true counts, of the same kind of sessions but not the same ones. */
export interface JudgedBesideTrue {
  /** Judged sessions, and of them judged solved. */
  judged: { n: number; k: number };
  /** Graded sessions, and of them solved. */
  graded: { n: number; k: number };
}

/** Error rates of a judge as groups' rates imply them. */
export interface ImpliedErrors extends JudgeErrors {
  /** Groups used. */
  groups: number;
  /** Mean squared Pearson residual of judged counts: 1 where these error rates explain all but chance. */
  misfit: number;
}

/**
 * A judge's sensitivity and specificity where no session has both a verdict and a grade, but groups have rates of each:
 * judged = truth * sensitivity + (1 - truth)(1 - specificity) in every group, all counts binomial, by maximum likelihood
 * over both error rates and every group's true rate. It takes groups whose true rates differ, and a judge who errs alike in
 * all; where `misfit` is far above 1 it does not.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { impliedErrors } from "agent-trace-lab/stats";
 * const groups = [0.1, 0.4, 0.6, 0.9].map((truth) => ({
 *   judged: { n: 1000, k: Math.round(1000 * (truth * 0.9 + (1 - truth) * 0.3)) },
 *   graded: { n: 1000, k: 1000 * truth },
 * }));
 * const { sensitivity, specificity } = impliedErrors(groups)!;
 * ok(Math.abs(sensitivity - 0.9) < 0.01 && Math.abs(specificity - 0.7) < 0.01);
 * ```
 *
 * @returns null with fewer than three groups
 * @throws {RangeError} when counts are not right
 */
export function impliedErrors(groups: readonly JudgedBesideTrue[]): ImpliedErrors | null {
  groups.forEach(({ judged, graded }, i) => {
    checkCounts(judged.k, judged.n, `impliedErrors, group ${i}, judged`);
    checkCounts(graded.k, graded.n, `impliedErrors, group ${i}, graded`);
  });
  if (groups.length < 3) return null;
  const truths = (graded: JudgedBesideTrue["graded"]) => Math.log((graded.k + 0.5) / (graded.n - graded.k + 0.5));
  const start = [1, 1, ...groups.map((g) => truths(g.graded))];
  const { at } = bfgs((parameters) => {
    const [se, sp] = [logistic(parameters[0]!), logistic(parameters[1]!)];
    let value = 0;
    const gradient = new Array<number>(parameters.length).fill(0);
    groups.forEach(({ judged, graded }, i) => {
      const truth = logistic(parameters[i + 2]!);
      const rate = keep(truth * se + (1 - truth) * (1 - sp));
      value -= judged.k * Math.log(rate) + (judged.n - judged.k) * Math.log1p(-rate) +
        graded.k * Math.log(keep(truth)) +
        (graded.n - graded.k) * Math.log1p(-keep(truth));
      const slope = judged.k / rate - (judged.n - judged.k) / (1 - rate);
      gradient[0]! -= slope * truth * se * (1 - se);
      gradient[1]! += slope * (1 - truth) * sp * (1 - sp);
      gradient[i + 2]! -= slope * (se + sp - 1) * truth * (1 - truth) + graded.k - graded.n * truth;
    });
    return { value, gradient };
  }, start);
  const [sensitivity, specificity] = [logistic(at[0]!), logistic(at[1]!)];
  const squares = groups.reduce((sum, { judged, graded }, i) => {
    const truth = logistic(at[i + 2]!), rate = keep(truth * sensitivity + (1 - truth) * (1 - specificity));
    return sum + (judged.k - judged.n * rate) ** 2 / (judged.n * rate * (1 - rate)) +
      (graded.k - graded.n * truth) ** 2 / (graded.n * keep(truth) * (1 - keep(truth)));
  }, 0);
  return { sensitivity, specificity, groups: groups.length, misfit: squares / (groups.length - 2) };
}

function keep(rate: number): number {
  return Math.min(1 - 1e-12, Math.max(1e-12, rate));
}
