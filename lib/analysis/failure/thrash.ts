import type { Session } from "../../model/mod.ts";
import { bootstrap, type Random } from "../../stats/mod.ts";
import { groupBy } from "../counts/tally.ts";
import { failedAndSolved, ratioWithin, withHolm, type WithinRatio } from "./within_config.ts";

/** Mean of failed over mean of successful sessions on one measure, with a seeded bootstrap interval by session. */
export interface ThrashRow {
  /** The suite of tasks. */
  benchmark: string;
  /** What is measured. */
  measure: "tokens" | "calls" | "duration";
  /** Failed sessions. */
  n_failed: number;
  /** Successful sessions. */
  n_successful: number;
  /** Mean of failed sessions. */
  failed_mean: number;
  /** Mean of successful ones. */
  successful_mean: number;
  /** Mean of failed over mean of successful sessions. */
  ratio: number;
  /** Lower end of the 95% interval. */
  lo: number;
  /** Upper end of the 95% interval. */
  hi: number;
  /** The same within each config, which a mix of dear and cheap configs does not move; null where too little compares. */
  within: WithinRatio | null;
  /** Of no difference within config, corrected for every suite and measure that is asked (Holm); null without a ratio. */
  p_holm: number | null;
  /** By the ratio within config: above 1 or below it at 5% after correction, or neither, which is also where there is none. */
  style: "thrashes" | "gives up" | "undecided";
}

const MEASURES = {
  tokens: (s: Session) => s.totalTokens,
  calls: (s: Session) => s.calls,
  duration: (s: Session) => s.durationS,
} as const;

/** Failed sessions, and successful ones, from which two means are compared. */
export const MIN_THRASH_N = 3;

/** How an interval of a ratio is made. */
export interface ResampleOptions {
  /** Where chance comes from. */
  random: Random;
  /** Resamples; 1,000 by default. */
  draws?: number;
}

/**
 * Thrash or give up: mean of failed over mean of successful sessions per benchmark, of tokens, calls and seconds, each
 * pooled with a percentile bootstrap interval by session, and within config with one for new runs. Resamples without a failure or a success are left out. Benchmarks
 * with fewer than {@link MIN_THRASH_N} failures or successes, or successes of mean 0, have no rows. Sessions that do not know the value are
 * left out of `n_failed` and `n_successful`.
 */
export function thrash(sessions: readonly Session[], { random, draws = 1000 }: ResampleOptions): ThrashRow[] {
  const scored = sessions.filter((s) => s.success !== null);
  const rows = [...groupBy(scored, (s) => s.benchmark)].sort(([a], [b]) => a < b ? -1 : 1).flatMap(([benchmark, all]) =>
    (Object.keys(MEASURES) as (keyof typeof MEASURES)[]).flatMap((measure): Omit<ThrashRow, "p_holm" | "style">[] => {
      const of = all.filter((s) => MEASURES[measure](s) !== null);
      const value = (s: Session) => MEASURES[measure](s) ?? NaN;
      const means = meansOf(of, value), solved = of.filter((s) => s.success === 1).length;
      if (Math.min(solved, of.length - solved) < MIN_THRASH_N || !Number.isFinite(means.ratio)) return [];
      const { lo, hi } = bootstrap(of, (sample) => meansOf(sample, value).ratio, { random, draws });
      if (!Number.isFinite(lo) || !Number.isFinite(hi)) return [];
      const within = ratioWithin(failedAndSolved(of, MEASURES[measure]));
      return [{
        benchmark,
        measure,
        n_failed: of.length - solved,
        n_successful: solved,
        failed_mean: means.failed,
        successful_mean: means.successful,
        ratio: means.ratio,
        lo,
        hi,
        within,
      }];
    })
  );
  return withHolm(rows).map((row): ThrashRow => {
    const told = row.p_holm !== null && row.p_holm < 0.05;
    return { ...row, style: !told ? "undecided" : (row.within?.within.estimate ?? 1) > 1 ? "thrashes" : "gives up" };
  });
}

/** Means of a value over failed and over successful sessions, and their ratio (NaN when a side is empty). */
export function meansOf(sessions: readonly Session[], value: (s: Session) => number) {
  const sums = [0, 0];
  const counts = [0, 0];
  for (const s of sessions) {
    const side = s.success === 1 ? 1 : 0;
    sums[side]! += value(s);
    counts[side]! += 1;
  }
  const [failed, successful] = [sums[0]! / counts[0]!, sums[1]! / counts[1]!];
  return { failed, successful, ratio: failed / successful };
}
