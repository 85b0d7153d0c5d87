import { type Cell, configName } from "../../model/mod.ts";
import { meanKnown, type Rate, rateOf, tally } from "./tally.ts";
import { ratesBy } from "./totals.ts";

/** The printed table: means over the `n` sessions of a benchmark x harness x deployment cell that know the value. */
export interface UltimateRow {
  benchmark: string;
  harness: string;
  deployment: string;
  model: string;
  n: number;
  scored: number;
  k: number;
  calls: number;
  tokens: number | null;
  duration_s: number | null;
}

/** A benchmark x harness x model family cell; counts over scored sessions, means over all that know the value. */
export interface CellRow extends Rate {
  benchmark: string;
  harness: string;
  model: string;
  config: string;
  tokens: number | null;
  calls: number;
  duration_s: number | null;
}

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
