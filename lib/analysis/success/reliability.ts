import type { Cell } from "../../model/mod.ts";
import { cellRows } from "../counts/cell_rows.ts";
import { groupBy, mean, rateOf, tally } from "../counts/tally.ts";

/** A config over its benchmarks: pooled (`micro`) and balanced (`macro`) success. */
export interface ReliabilityRow {
  /** Harness and model family together. */
  config: string;
  /** Scored sessions. */
  n: number;
  /** Successes among them. */
  k: number;
  /** Successes over scored sessions, all benchmarks in one. */
  micro: number;
  /** Lower end of the 95% interval. */
  lo: number;
  /** Upper end of the 95% interval. */
  hi: number;
  /** Lower Wilson bound of the pooled rate. */
  floor: number;
  /** Unweighted mean of the rates per benchmark. */
  macro: number;
  /** micro less macro. */
  mix_gap: number;
  /** Sample standard deviation of the per-benchmark rates; null for one benchmark. */
  cross_task_std: number | null;
  /** Benchmarks with enough sessions to enter the mean. */
  n_benchmarks: number;
}

/** Scored sessions a config must have to be listed. */
export const MIN_CONFIG_N = 10;
/** Scored sessions a benchmark cell must have to enter a config's balanced average. */
export const MIN_CELL_N = 5;

/**
 * Each config pooled and balanced. `micro` = successes over scored sessions; `macro` = unweighted mean of the config's
 * rates on benchmarks with n >= 5; `cross_task_std` = sample standard deviation (n - 1) of those rates; `mix_gap` =
 * micro - macro. Configs with n < 10, or without a benchmark of n >= 5, are left out.
 *
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { reliability } from "agent-trace-lab/analysis";
 * import { type Cell, NOT_KNOWN } from "agent-trace-lab/model";
 * const rest = { ...NOT_KNOWN, model: "m", deployment: "m", run: "r", calls: 0 };
 * const cell = (benchmark: string, harness: string, verdict: 0 | 1, sessions: number): Cell =>
 *   ({ ...rest, benchmark, harness, verdict, sessions });
 * const [row] = reliability([
 *   cell("easy", "a", 1, 30),
 *   cell("hard", "a", 1, 2),
 *   cell("hard", "a", 0, 8),
 * ]);
 * // 32 of 40 solved, but one benchmark in full and a fifth of the other.
 * deepEqual([row?.micro, row?.macro], [0.8, 0.6]);
 * ```
 */
export function reliability(cells: readonly Cell[]): ReliabilityRow[] {
  const rates = macroRates(cells);
  return tally(cells, ["config"]).flatMap((t) => {
    const suites = rates.get(t.config) ?? [];
    const macro = mean(suites);
    if (t.n < MIN_CONFIG_N || macro === null) return [];
    const { lo, hi, rate: micro } = rateOf(t.n, t.k);
    return [{
      config: t.config,
      n: t.n,
      k: t.k,
      micro,
      lo,
      hi,
      floor: lo,
      macro,
      mix_gap: micro - macro,
      cross_task_std: sampleStd(suites, macro),
      n_benchmarks: suites.length,
    }];
  });
}

/** Per config, its success rates on the benchmarks where it has at least {@link MIN_CELL_N} scored sessions. */
export function macroRates(cells: readonly Cell[]): Map<string, number[]> {
  const rows = cellRows(cells).filter((c) => c.n >= MIN_CELL_N);
  return new Map([...groupBy(rows, (c) => c.config)].map(([config, of]) => [config, of.map((c) => c.rate)]));
}

function sampleStd(values: readonly number[], center: number): number | null {
  if (values.length < 2) return null;
  return Math.sqrt(values.reduce((a, v) => a + (v - center) ** 2, 0) / (values.length - 1));
}
