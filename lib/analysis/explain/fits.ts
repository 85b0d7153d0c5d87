import type { Note } from "../counts/note.ts";
import type { Cell } from "../../model/mod.ts";
import {
  type CountRow,
  type Covariance,
  etaSquared,
  fitLinear,
  type LinearModel,
  linearTerms,
  sharesOfR2,
  type TermEstimate,
} from "../../stats/mod.ts";
import { countRows } from "../counts/count_rows.ts";
import { FACTORS } from "./factors.ts";
import { type FitOptions, specOf } from "./reference.ts";
import { shareOf } from "./share.ts";

/** One-way shares of variance; null when success does not vary or nothing is scored. */
export interface EtaSquared {
  /** Share of the harness. */
  harness: number | null;
  /** Share of the model. */
  model: number | null;
  /** Share of the benchmark; null where success does not vary. */
  benchmark: number | null;
  /** Share of harness and model together. */
  config: number | null;
}

/** A coefficient of a regression, points of success rate; its error and interval are null where the data give none. */
export interface Term {
  /** The estimate. */
  estimate: number;
  /** Standard error. */
  std_error: number | null;
  /** Lower end of the 95% interval. */
  lo: number | null;
  /** Upper end of the 95% interval. */
  hi: number | null;
  /** p-value of no effect. */
  p: number | null;
}

/** A linear probability model under one covariance. */
export interface LinearFit {
  /** Scored sessions. */
  n: number;
  /** Share of the variance explained. */
  r_squared: number;
  /** Null where there are as many terms as sessions. */
  adj_r_squared: number | null;
  /** Coefficients by term, such as `harness=a`. */
  terms: Record<string, Term>;
}

/** Share of the variance of success by factor. */
export interface FactorShares {
  /** Share of the benchmark; null where success does not vary. */
  benchmark: number;
  /** Share of the model. */
  model: number;
  /** Share of the harness. */
  harness: number;
}

/** Incremental shares, and the R2 of the model with all three factors. */
export interface IncrementalShares extends FactorShares {
  /** R2 of the model with all three factors. */
  full: number;
}

/** The linear probability model of scored cells; null when nothing is scored or every outcome is the same. */
export function linearModel(cells: readonly Cell[], options: FitOptions = {}): LinearModel | null {
  const rows = countRows(cells);
  return varies(rows) ? fitLinear(rows, specOf(cells, options)) : null;
}

/** A model under one covariance, as `results.json` has it; `notes` say why a term has no standard error. */
export function linearFit(model: LinearModel, kind: Covariance, key: string): { fit: LinearFit; notes: Note[] } {
  const { terms, withheld } = linearTerms(model, kind, { withhold: false });
  return {
    fit: {
      n: model.n,
      r_squared: model.rSquared,
      adj_r_squared: Number.isFinite(model.adjRSquared) ? model.adjRSquared : null,
      terms: Object.fromEntries(model.terms.map((name) => [name, termOf(model.coefficients[name]!, terms[name])])),
    },
    notes: Object.entries(withheld).map(([term, why]) => ({ key, note: `${term} has no standard error: ${why}` })),
  };
}

function termOf(estimate: number, found: TermEstimate | undefined): Term {
  if (found === undefined) return { estimate, std_error: null, lo: null, hi: null, p: null };
  return { estimate, std_error: found.stdError, lo: found.lo, hi: found.hi, p: found.pValue };
}

/** R2 lost without each factor, and the order-free share; null as {@link linearModel}. */
export function shares(cells: readonly Cell[]): { incremental: IncrementalShares; lmg: FactorShares } | null {
  const rows = countRows(cells);
  if (!varies(rows)) return null;
  const { full, incremental, lmg } = sharesOfR2(rows, FACTORS);
  return { incremental: { ...byFactor(incremental), full: shareOf(full) }, lmg: byFactor(lmg) };
}

/** One-way eta squared of each factor and of the config; null when every outcome is the same. */
export function etaSquaredOf(cells: readonly Cell[]): EtaSquared {
  const rows = countRows(cells);
  const eta = (factor: string) => varies(rows) ? shareOf(etaSquared(rows, factor)) : null;
  return { harness: eta("harness"), model: eta("model"), benchmark: eta("benchmark"), config: eta("config") };
}

/** What a reader must know of the model: replaced references, terms the data cannot tell apart. */
export function modelNotes(model: LinearModel, key: string): Note[] {
  const references = Object.values(model.references).flatMap((r) => r.note === null ? [] : [r.note]);
  const dropped = model.dropped.map(({ term, reason, with: others }) =>
    reason === "empty"
      ? `${term} has no scored session and no coefficient`
      : `${term} cannot be told apart from ${others.join(", ")} and has no coefficient`
  );
  return [...references, ...dropped].map((note) => ({ key, note }));
}

/** Whether there are successes and failures to explain. */
export function varies(rows: readonly CountRow[]): boolean {
  const n = rows.reduce((a, r) => a + r.n, 0);
  const k = rows.reduce((a, r) => a + r.k, 0);
  return k > 0 && k < n;
}

function byFactor(values: Record<string, number>): FactorShares {
  const { benchmark = 0, model = 0, harness = 0 } = values;
  return { benchmark: shareOf(benchmark), model: shareOf(model), harness: shareOf(harness) };
}
