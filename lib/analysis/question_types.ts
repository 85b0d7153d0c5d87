/**
 * Rows of the questions that go beyond the keys of `results.json`: what figures 03 to 06 draw beside them. As there,
 * `n` counts scored sessions, `k` successes, rates are between 0 and 1, and null means not known, never zero.
 *
 * @module
 */
import type { Factor } from "./explain/factors.ts";
import type { HarnessBox, Rate } from "./types.ts";

export type { Factor };

/** A config's place within a benchmark. Tied: not distinguishable from the best (Fisher, Holm over all rivals). */
export type ContenderRow = Rate & {
  benchmark: string;
  config: string;
  harness: string;
  model: string;
  /** 1 is the best. */
  place: number;
  /** Of Fisher's test against the best; null for the best itself. */
  p_holm: number | null;
  tied_with_best: boolean;
};

/** A config by how good and how erratic it is over its benchmarks. */
export interface QuadrantRow {
  config: string;
  n: number;
  n_benchmarks: number;
  macro: number;
  cross_task_std: number;
  corner: "dependable" | "erratic but good" | "steady but weak" | "erratic and weak";
}

/** Configs with at least two benchmarks, and the medians that cut the plane in four. */
export interface Quadrant {
  median_macro: number | null;
  median_std: number | null;
  rows: QuadrantRow[];
}

/** A coefficient under one covariance; `df` null means the normal distribution. */
export interface EffectInterval {
  std_error: number;
  lo: number;
  hi: number;
  p: number;
  df: number | null;
}

/** A level's adjusted effect on success, in points over its reference, with three kinds of error side by side. */
export interface EffectRow {
  factor: Factor;
  level: string;
  reference: string;
  /** Scored sessions and runs of the level. */
  n: number;
  runs: number;
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
  factor: Factor;
  level: string;
  /** The other factor, of which this level occurs with `only`. */
  with: Factor;
  only: string;
  n: number;
}

export interface Effects {
  n: number;
  /** Runs among scored sessions, and cells that hold a single run of all benchmark x harness x model cells. */
  runs: number;
  cells: number;
  cells_with_one_run: number;
  references: Record<Factor, string>;
  rows: EffectRow[];
  /** Width of the clustered over the HC1 interval, over levels with both; null without any. */
  widening: { levels: number; median: number; min: number; max: number; small_sample_median: number } | null;
  confounded: ConfoundedLevel[];
  /** Levels that are no contrast of their own: collinear or empty, by name. */
  unidentified: string[];
}

/** The harness and model shares under one choice of data or model; null where the choice cannot be fitted. */
export interface SensitivityRow {
  choice: string;
  kind: "base" | "likelihood" | "left out" | "cells" | "interactions" | "order-free";
  measure: "R2" | "McFadden R2";
  n: number;
  harness: number | null;
  model: number | null;
  benchmark: number | null;
  full: number | null;
  note: string | null;
}

/** Tool errors of failed beside successful sessions of a harness. */
export type ToolErrorBox = HarnessBox & { outcome: "failed" | "successful" };

export interface ToolErrorSignal {
  boxes: ToolErrorBox[];
  /** `tool_error_count` from which a failure is called "tool-call errors". */
  threshold: number;
  /** Harnesses under which that mode occurs at all. */
  harnesses: { harness: string; failures: number; of_failures: number }[];
  /** Benchmark x harness cells in which it occurs, and how many of the cell's successes have as many tool errors. */
  cells: ToolErrorCell[];
  /** Those cells together. A share near that of the failures says that the mode is no sign of failing. */
  share_of_failures: number | null;
  share_of_successes: number | null;
}

export interface ToolErrorCell {
  benchmark: string;
  harness: string;
  failures: number;
  of_failures: number;
  /** Successes with a known count of tool errors that reach the threshold. */
  successes: number;
  of_successes: number;
  /** Successes whose tool errors are not known. */
  unknown: number;
}

/** Mean of failed over mean of successful sessions on one measure, with a seeded bootstrap interval by session. */
export interface ThrashRow {
  benchmark: string;
  measure: "tokens" | "calls" | "duration";
  n_failed: number;
  n_successful: number;
  failed_mean: number;
  successful_mean: number;
  ratio: number;
  lo: number;
  hi: number;
  /** Whole interval above 1, below 1, or neither. */
  style: "thrashes" | "gives up" | "undecided";
}

/** What stopping sessions at a threshold does: shares of failures caught and of successes stopped. */
export interface GuardrailPoint {
  threshold: number;
  failures_caught: number;
  successes_stopped: number;
}

/** The threshold with the largest Youden's J (caught - stopped), with percentile bootstrap intervals. */
export interface GuardrailBest extends GuardrailPoint {
  kind: "cap" | "floor";
  youden_j: number;
  j_lo: number;
  j_hi: number;
  threshold_lo: number;
  threshold_hi: number;
}

/** A token cap (stop above) and a floor (flag what ends below) for one task family. */
export interface Guardrail {
  family: string;
  benchmarks: string[];
  n_failed: number;
  n_successful: number;
  cap: GuardrailPoint[];
  floor: GuardrailPoint[];
  best_cap: GuardrailBest | null;
  best_floor: GuardrailBest | null;
  /** The same single cap for every family; null where none was asked about, or a side is empty. */
  single_cap: GuardrailPoint | null;
}

/** Cost per solved task with a bootstrap interval by session; an end that is infinite is null: no upper bound. */
export interface CostIntervalRow {
  /** Null when pooled over benchmarks. */
  benchmark: string | null;
  config: string;
  model: string;
  n: number;
  k: number;
  rate: number;
  usd_per_task: number;
  /** Null without a success. */
  usd_per_success: number | null;
  lo: number | null;
  hi: number | null;
  method: "bca" | "percentile";
  /** Resamples without a success, as a share. */
  infinite_share: number;
}

/** A config's place by cost per task and by cost per success; 1 is the cheapest. */
export interface RankChangeRow {
  config: string;
  n: number;
  k: number;
  usd_per_task: number;
  usd_per_success: number;
  place_per_task: number;
  place_per_success: number;
}

export interface RankChange {
  rows: RankChangeRow[];
  /** Kendall's tau-b between the two orders; null for fewer than two configs. */
  tau: number | null;
}

/** A point of the cost-quality plane. */
export interface FrontierRow {
  config: string;
  model: string;
  n: number;
  macro: number;
  usd_per_task: number;
  /** Null when the price table does not say. */
  open_weights: boolean | null;
  on_frontier: boolean;
}

/** The cost of a failed session over that of a successful one. */
export interface FailedCostRow {
  /** Null when pooled. */
  benchmark: string | null;
  n_failed: number;
  n_successful: number;
  usd_failed: number;
  usd_successful: number;
  ratio: number;
  lo: number;
  hi: number;
}

/** A word that tells one harness's failure reasons from the others' of the same benchmark. */
export interface JudgeTermRow {
  benchmark: string;
  harness: string;
  term: string;
  /** Reasons of this harness with the term, of so many failures; the same for the others. */
  reasons: number;
  failures: number;
  reasons_elsewhere: number;
  failures_elsewhere: number;
  log_odds: number;
  /** Log odds over its standard deviation. */
  z: number;
}

/** The price table's blend against exact token counts, where a source has input and output apart. */
export interface BlendRow {
  model: string;
  sessions: number;
  /** Sessions without input and output tokens, left out of the comparison. */
  without_split: number;
  output_share: number;
  /** Share of output tokens that the price table assumes. */
  table_share: number | null;
  cached_share: number | null;
  blended_usd: number | null;
  exact_usd: number | null;
  /** Blended over exact, 1 = the same. */
  ratio: number | null;
  /** What the exact figure could not price apart. */
  note: string | null;
}
