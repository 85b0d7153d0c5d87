import { configName, type Session } from "../../model/mod.ts";
import { bootstrap } from "../../stats/mod.ts";
import { MIN_COST_CELL_N } from "./cost.ts";
import { type Prices, usdOfSession } from "./prices.ts";
import { groupBy } from "../counts/tally.ts";
import type { ResampleOptions } from "../failure/thrash.ts";

/** Cost per solved task with a bootstrap interval by session; an end that is infinite is null: no upper bound. */
export interface CostIntervalRow {
  /** Null when pooled over benchmarks. */
  benchmark: string | null;
  /** Harness and model family together. */
  config: string;
  /** The model family. */
  model: string;
  /** Scored sessions. */
  n: number;
  /** Successes among them. */
  k: number;
  /** k / n. */
  rate: number;
  /** USD over scored sessions. */
  usd_per_task: number;
  /** Null without a success. */
  usd_per_success: number | null;
  /** Lower end of the 95% interval. */
  lo: number | null;
  /** Upper end of the 95% interval. */
  hi: number | null;
  /** How the interval was made. */
  method: "bca" | "percentile";
  /** Resamples without a success, as a share. */
  infinite_share: number;
}

/** Successes below which skewness cannot be estimated, so that the interval is the plain percentile one. */
export const MIN_BCA_SUCCESSES = 5;

/** Scored sessions from which a config is ranked by its cost, all benchmarks together. */
export const MIN_COST_CONFIG_N = 20;

/**
 * Cost per solved task of each config, all benchmarks together, n >= {@link MIN_COST_CONFIG_N}; see {@link costIntervals}.
 */
export function costIntervalsByConfig(
  sessions: readonly Session[],
  prices: Prices,
  options: ResampleOptions,
): CostIntervalRow[] {
  return costIntervals(sessions, prices, null, options).filter((row) => row.n >= MIN_COST_CONFIG_N);
}

/** Cost per solved task of each config within each benchmark, n >= 10; see {@link costIntervals}. */
export function costIntervalsByCell(
  sessions: readonly Session[],
  prices: Prices,
  options: ResampleOptions,
): CostIntervalRow[] {
  return [...groupBy(sessions, (s) => s.benchmark)].sort(([a], [b]) => a < b ? -1 : 1)
    .flatMap(([benchmark, of]) => costIntervals(of, prices, benchmark, options))
    .filter((row) => row.n >= MIN_COST_CELL_N);
}

/**
 * USD per success, total cost over successes, with a 95% bootstrap interval by session. A resample without a success
 * costs infinitely much; an end that is infinite is null: there is no upper bound. BCa from five successes on, the
 * percentile interval below. Never by run: most cells have a single one. Configs with an unpriced session have no row.
 */
function costIntervals(
  sessions: readonly Session[],
  prices: Prices,
  benchmark: string | null,
  { random, draws = 1000 }: ResampleOptions,
): CostIntervalRow[] {
  const scored = sessions.filter((s) => s.success !== null && s.totalTokens !== null);
  const configs = [...groupBy(scored, (s) => configName(s.harness, s.model))].sort(([a], [b]) => a < b ? -1 : 1);
  return configs.flatMap(([config, of]): CostIntervalRow[] => {
    const first = of[0];
    const costs = of.map((s) => ({
      usd: usdOfSession(s, prices) ?? NaN,
      solved: s.success === 1 ? 1 : 0,
    }));
    if (first === undefined || costs.some((c) => Number.isNaN(c.usd))) return [];
    const n = costs.length;
    const k = costs.reduce((a, c) => a + c.solved, 0);
    const usd = costs.reduce((a, c) => a + c.usd, 0);
    const method = k < MIN_BCA_SUCCESSES ? "percentile" : "bca";
    const found = k === 0 ? null : bootstrap(costs, perSuccess, { random, draws, method });
    return [{
      benchmark,
      config,
      model: first.model,
      n,
      k,
      rate: k / n,
      usd_per_task: usd / n,
      usd_per_success: k === 0 ? null : usd / k,
      lo: bounded(found?.lo),
      hi: bounded(found?.hi),
      method: found?.method ?? "percentile",
      infinite_share: found === null ? 1 : found.infinite / found.draws,
    }];
  });
}

function perSuccess(sample: readonly { usd: number; solved: number }[]): number {
  let [usd, solved] = [0, 0];
  for (const s of sample) {
    usd += s.usd;
    solved += s.solved;
  }
  return solved === 0 ? Infinity : usd / solved;
}

const bounded = (end: number | undefined) => end !== undefined && Number.isFinite(end) ? end : null;
