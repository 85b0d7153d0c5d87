import type { Cell } from "../../model/mod.ts";
import { type LinearModel, type LinearTerms, linearTerms, quantile, type TermEstimate } from "../../stats/mod.ts";
import { linearModel } from "./fits.ts";
import { type Factor, FACTORS } from "./factors.ts";
import { type FitOptions } from "./reference.ts";
import { tally } from "../counts/tally.ts";

/** A coefficient under one covariance; `df` null means the normal distribution. */
export interface EffectInterval {
  /** Standard error. */
  std_error: number;
  /** Lower end of the 95% interval. */
  lo: number;
  /** Upper end of the 95% interval. */
  hi: number;
  /** p-value of no effect. */
  p: number;
  /** Degrees of freedom; null for the normal distribution. */
  df: number | null;
}

/** A level's adjusted effect on success, in points over its reference, with three kinds of error side by side. */
export interface EffectRow {
  /** The factor. */
  factor: Factor;
  /** A level of the factor. */
  level: string;
  /** The level it is compared with. */
  reference: string;
  /** Scored sessions and runs of the level. */
  n: number;
  /** Runs among scored sessions. */
  runs: number;
  /** Points of success over the reference. */
  estimate: number;
  /** Null when the outcomes that it rests on do not vary. */
  hc1: EffectInterval | null;
  /** Clustered by run; null for a level in fewer than five runs. */
  cr1: EffectInterval | null;
  /** The small-sample form of the clustered interval (CR3, Satterthwaite's degrees of freedom); null as above. */
  small_sample: EffectInterval | null;
  /** The level, or its reference, occurs in fewer than five runs: no clustered interval. */
  too_few_runs: boolean;
  /** Why there is no clustered interval; null where there is one. */
  withheld: string | null;
}

/** A level whose contrast the design cannot tell from another factor's. */
export interface ConfoundedLevel {
  /** The factor. */
  factor: Factor;
  /** A level of the factor. */
  level: string;
  /** The other factor, of which this level occurs with `only`. */
  with: Factor;
  /** The one level of it that occurs. */
  only: string;
  /** Scored sessions. */
  n: number;
}

/** Adjusted effects of all levels, and what the design leaves open. */
export interface Effects {
  /** Scored sessions. */
  n: number;
  /** Runs among scored sessions, and cells that hold a single run of all benchmark x harness x model cells. */
  runs: number;
  /** Cells of benchmark, harness and model. */
  cells: number;
  /** Cells that hold a single run. */
  cells_with_one_run: number;
  /** The levels that effects are told over. */
  references: Record<Factor, string>;
  /** One row a level. */
  rows: EffectRow[];
  /** Width of the clustered over the HC1 interval, over levels with both; null without any. */
  widening: { levels: number; median: number; min: number; max: number; small_sample_median: number } | null;
  /** Levels that the design cannot tell from those of another factor. */
  confounded: ConfoundedLevel[];
  /** Levels that are no contrast of their own: collinear or empty, by name. */
  unidentified: string[];
}

/**
 * The adjusted effect of every level over its reference (points of success, benchmark, model and harness held fixed),
 * with HC1 errors, errors clustered by run (CR1), and their small-sample form (CR3) side by side. Levels in fewer than
 * five runs get no clustered interval and say so. Null when there is nothing to explain.
 *
 * @param options the level of each factor to compare with; its most frequent one unless given
 */
export function effects(cells: readonly Cell[], options: FitOptions = {}): Effects | null {
  const scored = cells.filter((c) => c.verdict !== null);
  const model = linearModel(scored, options);
  if (model === null) return null;
  const kinds = {
    hc1: linearTerms(model, "HC1"),
    cr1: linearTerms(model, "CR1"),
    small: linearTerms(model, "CR3"),
  };
  const rows = FACTORS.flatMap((factor) => effectRows(scored, model, factor, kinds));
  const perCell = tally(scored, ["benchmark", "harness", "model", "run"]);
  const cellNames = perCell.map((t) => JSON.stringify([t.benchmark, t.harness, t.model]));
  const names = new Set(cellNames);
  return {
    n: model.n,
    runs: model.clusters.size,
    cells: names.size,
    cells_with_one_run: [...names].filter((name) => cellNames.filter((other) => other === name).length === 1).length,
    references: {
      benchmark: referenceOf(model, "benchmark"),
      model: referenceOf(model, "model"),
      harness: referenceOf(model, "harness"),
    },
    rows,
    widening: wideningOf(rows),
    confounded: confoundedLevels(scored, model),
    unidentified: model.dropped.map(({ term, reason, with: others }) =>
      reason === "empty" ? `${term}: no scored session` : `${term}: not to be told apart from ${others.join(", ")}`
    ),
  };
}

type Kinds = Record<"hc1" | "cr1" | "small", LinearTerms>;

function effectRows(cells: readonly Cell[], model: LinearModel, factor: Factor, kinds: Kinds): EffectRow[] {
  const runs = tally(cells, [factor, "run"]);
  return tally(cells, [factor]).flatMap((t): EffectRow[] => {
    const level = t[factor];
    const term = `${factor}=${level}`;
    const estimate = model.coefficients[term];
    if (estimate === undefined) return [];
    const withheld = kinds.cr1.withheld[term] ?? kinds.small.withheld[term] ?? null;
    return [{
      factor,
      level,
      reference: referenceOf(model, factor),
      n: t.n,
      runs: runs.filter((r) => r[factor] === level).length,
      estimate,
      hc1: intervalOf(kinds.hc1.terms[term]),
      cr1: intervalOf(kinds.cr1.terms[term]),
      small_sample: intervalOf(kinds.small.terms[term]),
      too_few_runs: withheld !== null && /fewer than \d+$/.test(withheld),
      withheld,
    }];
  });
}

function intervalOf(term: TermEstimate | undefined): EffectInterval | null {
  if (term === undefined) return null;
  const { stdError, lo, hi, pValue, df } = term;
  return { std_error: stdError, lo, hi, p: pValue, df: Number.isFinite(df) ? df : null };
}

function wideningOf(rows: readonly EffectRow[]): Effects["widening"] {
  const width = (i: EffectInterval) => i.hi - i.lo;
  const both = rows.flatMap(({ hc1, cr1, small_sample }) =>
    hc1 && cr1 && small_sample ? [{ cr1: width(cr1) / width(hc1), small: width(small_sample) / width(hc1) }] : []
  );
  if (both.length === 0) return null;
  const ratios = both.map((b) => b.cr1);
  return {
    levels: both.length,
    median: quantile(ratios, 0.5),
    min: Math.min(...ratios),
    max: Math.max(...ratios),
    small_sample_median: quantile(both.map((b) => b.small), 0.5),
  };
}

function confoundedLevels(cells: readonly Cell[], model: LinearModel): ConfoundedLevel[] {
  return model.confounded.flatMap(({ term, only }) => {
    const [left, right] = [splitTerm(term), splitTerm(only)];
    if (left === null || right === null) return [];
    const n = tally(cells, [left.factor]).find((t) => t[left.factor] === left.level)?.n ?? 0;
    return [{ factor: left.factor, level: left.level, with: right.factor, only: right.level, n }];
  });
}

/** `harness=name` in its parts; levels may hold an equals sign, factors do not. */
function splitTerm(term: string): { factor: Factor; level: string } | null {
  const cut = term.indexOf("=");
  const factor = FACTORS.find((name) => name === term.slice(0, cut));
  return factor === undefined ? null : { factor, level: term.slice(cut + 1) };
}

const referenceOf = (model: LinearModel, factor: Factor) => model.references[factor]?.level ?? "";
