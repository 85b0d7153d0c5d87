import type { Note } from "../counts/note.ts";
import type { Cell } from "../../model/mod.ts";
import { fitLogit } from "../../stats/mod.ts";
import { countRows } from "../counts/count_rows.ts";
import { varies } from "./fits.ts";
import { FACTORS } from "./factors.ts";
import { type FitOptions, specOf } from "./reference.ts";

/** A logistic regression: log odds by term. */
export interface LogitFit {
  /** At the estimates. */
  log_likelihood: number;
  /** Coefficients by term, such as `harness=a`. */
  terms: Record<string, { estimate: number; std_error: number }>;
}

/**
 * Maximum-likelihood logistic regression of success on benchmark + model + harness. Null when every outcome is the
 * same; terms without a finite estimate (perfect prediction) are left out and named.
 */
export function logitFit(cells: readonly Cell[], options: FitOptions = {}): { fit: LogitFit | null; notes: Note[] } {
  const rows = countRows(cells);
  if (!varies(rows)) return { fit: null, notes: [] };
  const { logLikelihood, terms, separated, converged } = fitLogit(rows, specOf(cells, options));
  const notes = Object.entries(separated).map(([term, why]) => `${term} has no finite estimate: ${why}`);
  if (!converged) notes.push("the iterations did not converge: do not use these numbers");
  return {
    fit: {
      log_likelihood: logLikelihood,
      terms: Object.fromEntries(
        Object.entries(terms).map(([name, t]) => [name, { estimate: t.estimate, std_error: t.stdError }]),
      ),
    },
    notes: notes.map((note) => ({ key: "logit", note })),
  };
}

/** What a logistic regression with all two-way interactions makes of the cells. */
export interface LogitInteractions {
  /** Terms of the regression. */
  terms: number;
  /** Terms without a finite estimate, and why: some cells are predicted perfectly. */
  separated: Record<string, string>;
}

/** Fits benchmark, model, harness and their products, to see which terms the data leave without a finite estimate. */
export function logitInteractions(cells: readonly Cell[], options: FitOptions = {}): LogitInteractions | null {
  const rows = countRows(cells);
  if (!varies(rows)) return null;
  const interactions = FACTORS.flatMap((a, i) => FACTORS.slice(i + 1).map((b) => [a, b] as const));
  const { terms, separated } = fitLogit(rows, { ...specOf(cells, options), interactions });
  return { terms: Object.keys(terms).length + Object.keys(separated).length, separated };
}
