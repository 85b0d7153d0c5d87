/**
 * The rows that analyses return. Column names are those of `results.json`, so that a row in a notebook, in a figure and
 * in the file is one and the same thing. `n` counts scored sessions, `k` successes, `rate` is k / n, `lo` and `hi` are
 * Wilson 95% bounds of the rate unless said otherwise.
 *
 * @module
 */
import type { SourceInfo, ToldMode } from "../model/mod.ts";

export type * from "./question_types.ts";

/** Successes out of scored sessions, with Wilson bounds. Groups without a scored session have no row. */
export interface Rate {
  n: number;
  k: number;
  rate: number;
  lo: number;
  hi: number;
}

/** Counts of the whole source; calls and tokens over all sessions, scored or not. Tokens are null where none are known. */
export interface Totals {
  sessions: number;
  scored: number;
  successes: number;
  llm_calls: number;
  tokens: number | null;
}

export type BenchmarkRate = Rate & { benchmark: string };
export type HarnessRate = Rate & { harness: string };
export type ModelRate = Rate & { model: string };
export type DeploymentRate = Rate & { deployment: string };

/** Scored sessions of a config on a benchmark. */
export interface CoverageRow {
  config: string;
  benchmark: string;
  n: number;
}

/** All sessions of a deployment on a benchmark. */
export interface ModelCoverageRow {
  benchmark: string;
  deployment: string;
  model: string;
  sessions: number;
}

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

/** A config over its benchmarks: pooled (`micro`) and balanced (`macro`) success. */
export interface ReliabilityRow {
  config: string;
  n: number;
  k: number;
  micro: number;
  lo: number;
  hi: number;
  floor: number;
  macro: number;
  mix_gap: number;
  /** Sample standard deviation of the per-benchmark rates; null for one benchmark. */
  cross_task_std: number | null;
  n_benchmarks: number;
}

export type HarnessModelRow = Rate & { harness: string; model: string };

/** The best config of a benchmark and Fisher's test, Holm-corrected, against each rival. */
export interface WinnerRow {
  benchmark: string;
  config: string;
  model: string;
  n: number;
  rate: number;
  rivals: { config: string; model: string; rate: number; p_holm: number }[];
}

export interface TokenSpreadRow {
  benchmark: string;
  model: string;
  /** Largest over smallest mean tokens among the harnesses. */
  ratio: number;
}

/** One-way shares of variance; null when success does not vary or nothing is scored. */
export interface EtaSquared {
  harness: number | null;
  model: number | null;
  benchmark: number | null;
  config: number | null;
}

/** One model's harnesses on the benchmarks that all of them ran. */
export interface ReportCardRow {
  model: string;
  shared: string[];
  gap: number;
  bars: HarnessRate[];
}

/** One model's harnesses on one benchmark. */
export interface HarnessPanelRow {
  benchmark: string;
  model: string;
  gap: number;
  bars: HarnessRate[];
}

/** A coefficient of a regression, points of success rate; its error and interval are null where the data give none. */
export interface Term {
  estimate: number;
  std_error: number | null;
  lo: number | null;
  hi: number | null;
  p: number | null;
}

/** A linear probability model under one covariance. */
export interface LinearFit {
  n: number;
  r_squared: number;
  /** Null where there are as many terms as sessions. */
  adj_r_squared: number | null;
  terms: Record<string, Term>;
}

export interface LogitFit {
  log_likelihood: number;
  terms: Record<string, { estimate: number; std_error: number }>;
}

/** Share of the variance of success by factor. */
export interface FactorShares {
  benchmark: number;
  model: number;
  harness: number;
}

/** Incremental shares, and the R2 of the model with all three factors. */
export interface IncrementalShares extends FactorShares {
  full: number;
}

export interface Failures {
  n: number;
  /** Null when nothing is scored. */
  tokens_p90: number | null;
  calls_p90: number | null;
  modes: Record<string, number>;
  by_harness: { harness: string; mode: ToldMode; n: number }[];
  by_cell: { benchmark: string; harness: string; mode: ToldMode; n: number }[];
}

/** Box statistics: quartiles by linear interpolation, whiskers the most extreme values within 1.5 IQR. */
export interface Box {
  n: number;
  q1: number;
  median: number;
  q3: number;
  whisker_lo: number;
  whisker_hi: number;
}

export type HarnessBox = Box & { harness: string };
export type CellBox = HarnessBox & { benchmark: string };

/** Mean of failed over mean of successful sessions; null where one side has none. */
export interface FailedOverSuccessfulRow {
  benchmark: string;
  total_tokens: number | null;
  num_llm_calls: number | null;
  duration: number | null;
}

/**
 * What a config costs, over the `n` scored sessions whose tokens are known; null where a price is unknown,
 * `usd_per_success` also null without a success.
 */
export interface CostRow {
  config: string;
  n: number;
  k: number;
  usd_total: number | null;
  usd_per_task: number | null;
  usd_per_success: number | null;
}

export type CellCostRow = CostRow & { benchmark: string };

export interface JudgeCounts {
  confidence: Record<string, number>;
  judge_model: Record<string, number>;
}

/** The part of `results.json` that needs nothing but sessions counted and summed. */
export interface TableResults {
  source: Pick<SourceInfo, "name" | "sha256" | "sessions">;
  totals: Totals;
  by_benchmark: BenchmarkRate[];
  by_harness: HarnessRate[];
  by_model: ModelRate[];
  by_deployment: DeploymentRate[];
  coverage: CoverageRow[];
  model_coverage: ModelCoverageRow[];
  ultimate: UltimateRow[];
  cells: CellRow[];
  reliability: ReliabilityRow[];
  harness_model: HarnessModelRow[];
}

/** Something a reader must know of a key: why it is null or empty, what was left out, which level was taken. */
export interface Note {
  /** The key of `results.json` it is about. */
  key: string;
  note: string;
}

/** Everything `results.json` holds of success, cost and failure. A fit is null where the data cannot carry it. */
export interface Results extends TableResults {
  winners: WinnerRow[];
  harness_token_spread: TokenSpreadRow[];
  eta_squared: EtaSquared;
  report_card: ReportCardRow[];
  harness_panels: HarnessPanelRow[];
  lpm_hc1: LinearFit | null;
  lpm_hc3: LinearFit | null;
  lpm_nonrobust: LinearFit | null;
  lpm_cluster_run: LinearFit | null;
  incremental_r2: IncrementalShares | null;
  lmg_r2: FactorShares | null;
  logit: LogitFit | null;
  failures: Failures;
  failed_tokens_by_harness: HarnessBox[];
  failed_tokens_by_cell: CellBox[];
  tool_errors_by_harness: HarnessBox[];
  failed_over_successful: FailedOverSuccessfulRow[];
  blended_usd_per_mtok: Record<string, number>;
  cost_by_config: CostRow[];
  cost_by_cell: CellCostRow[];
  failed_cost_premium_pooled: number | null;
  pareto_frontier: string[];
  judge: JudgeCounts;
  notes: Note[];
}
