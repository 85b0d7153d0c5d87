import { type Cell, configName } from "../../model/mod.ts";
import { meanKnown, type Rate, rateOf, tally } from "./tally.ts";
import { ratesBy } from "./totals.ts";

/** The printed table: means over the `n` sessions of a benchmark x harness x deployment cell that know the value. */
export interface UltimateRow {
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The model string as logged. */
  deployment: string;
  /** The model family. */
  model: string;
  /** All sessions of the cell. */
  n: number;
  /** Sessions with a verdict. */
  scored: number;
  /** Successes among them. */
  k: number;
  /** Mean model calls. */
  calls: number;
  /** Mean tokens; null where none are known. */
  tokens: number | null;
  /** Mean seconds; null where none are known. */
  duration_s: number | null;
}

/** A benchmark x harness x model family cell; counts over scored sessions, means over all that know the value. */
export interface CellRow extends Rate {
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The model family. */
  model: string;
  /** Harness and model family together. */
  config: string;
  /** Mean tokens; null where none are known. */
  tokens: number | null;
  /** Mean model calls. */
  calls: number;
  /** Mean seconds; null where none are known. */
  duration_s: number | null;
}

/** Success of a harness with a model, pooled over benchmarks. */
export type HarnessModelRow = Rate & { harness: string; model: string };

/** The printed table, every benchmark x harness x deployment: means over all its `n` sessions, scored or not. */
export function ultimate(cells: readonly Cell[]): UltimateRow[] {
  return tally(cells, ["benchmark", "harness", "deployment", "model"]).map((t) => ({
    benchmark: t.benchmark,
    harness: t.harness,
    deployment: t.deployment,
    model: t.model,
    n: t.sessions,
    scored: t.n,
    k: t.k,
    calls: t.calls / t.sessions,
    tokens: meanKnown(t.tokens, t.tokensKnown),
    duration_s: meanKnown(t.durationS, t.durationKnown),
  }));
}

/** Benchmark x harness x model family: rates over scored sessions, means over all; unscored cells have no row. */
export function cellRows(cells: readonly Cell[]): CellRow[] {
  return tally(cells, ["benchmark", "harness", "model"]).filter((t) => t.n > 0).map((t) => ({
    benchmark: t.benchmark,
    harness: t.harness,
    model: t.model,
    config: configName(t.harness, t.model),
    ...rateOf(t.n, t.k),
    tokens: meanKnown(t.tokens, t.tokensKnown),
    calls: t.calls / t.sessions,
    duration_s: meanKnown(t.durationS, t.durationKnown),
  }));
}

/** Success per harness x model family, pooled over benchmarks. */
export function harnessModel(cells: readonly Cell[]): HarnessModelRow[] {
  return ratesBy(cells, ["harness", "model"]);
}
