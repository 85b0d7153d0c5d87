import { invertCdf } from "../distributions/invert_cdf.ts";
import { maximizeRestricted, type MultilevelModel } from "./fit.ts";

/** The standard deviation of a random term with its profile interval. */
export interface ComponentInterval {
  /** Standard deviation between levels, in log odds, by restricted likelihood. */
  estimate: number;
  /** 0 where no spread at all is as good as that. */
  lo: number;
  /** Infinite where the likelihood hardly falls however large the spread. */
  hi: number;
  /** Twice the loss of log likelihood without the term; its p-value is half that of chi-square on 1 df, or less. */
  lossWithout: number;
}

/** The 95% point of chi-square on one degree of freedom. */
const CUT = 3.841458820694124;
/** A deviation beyond this has rates at 0 and 1 only. */
const LARGEST = 50;
/** Ends are found to this, relative to the estimate. */
const CLOSE = 1e-5;

/**
 * 95% intervals of a model's standard deviations by profiling the restricted likelihood: the values at which twice the
 * log likelihood, all other deviations refitted, is less than 3.84 below its maximum. They are not symmetric and end at
 * 0 where the data bear that. Of a model fitted by `ML` the restricted likelihood is profiled too.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { componentIntervals, fitMultilevel } from "agent-trace-lab/stats";
 * const rows = [12, 15, 9, 18, 14, 3].map((k, i) => ({ levels: { harness: `h${i}` }, n: 20, k }));
 * const { harness } = componentIntervals(fitMultilevel(rows, { random: ["harness"] }));
 * ok(harness!.lo > 0.2 && harness!.hi > 2 * harness!.lo);
 * ```
 *
 * @returns by name of the random term
 * @see Venzon and Moolgavkar (1988), Applied Statistics 37, 87-94
 */
export function componentIntervals(model: MultilevelModel): Record<string, ComponentInterval> {
  const { cells: { terms }, joint, deviations: start } = model.state;
  const best = maximizeRestricted(joint, terms.length, { start: start.map((sd) => sd || 0.1) });
  return Object.fromEntries(terms.map((term, t): [string, ComponentInterval] => {
    const estimate = best.deviations[t]!;
    let others = best.deviations;
    /** Signed root of the loss: nearly linear in the deviation, so that ends are found in a few steps. */
    const root = (sd: number) => {
      const found = maximizeRestricted(joint, terms.length, {
        start: others.map((v) => Math.max(v, 0.05)),
        held: new Map([[t, sd]]),
      });
      others = found.deviations;
      return Math.sign(sd - estimate) * Math.sqrt(Math.max(0, 2 * (best.logLikelihood - found.logLikelihood)));
    };
    const atZero = root(0);
    const reach = Math.sqrt(CUT);
    others = best.deviations;
    const lo = atZero >= -reach ? 0 : invertCdf(root, -reach, 0, estimate, CLOSE);
    others = best.deviations;
    let upper = Math.max(0.2, 1.6 * estimate), found = root(upper);
    let lower = estimate;
    while (found < reach && upper < LARGEST) {
      lower = upper;
      upper *= 1.6;
      found = root(upper);
    }
    const hi = found < reach ? Infinity : invertCdf(root, reach, lower, upper, CLOSE);
    return [term.name, { estimate, lo, hi, lossWithout: atZero * atZero }];
  }));
}
