import type { Session } from "../../model/mod.ts";
import { bootstrap } from "../../stats/mod.ts";
import { type Prices, usdOfSession } from "./prices.ts";
import { groupBy } from "../counts/tally.ts";
import { meansOf, type ResampleOptions } from "../failure/thrash.ts";
import { failedAndSolved, ratioWithin, withHolm, type WithinRatio } from "../failure/within_config.ts";

/** The cost of a failed session over that of a successful one. */
export interface FailedCostRow {
  /** Null when pooled. */
  benchmark: string | null;
  /** Failed sessions. */
  n_failed: number;
  /** Successful sessions. */
  n_successful: number;
  /** Mean USD of a failed session. */
  usd_failed: number;
  /** Mean USD of a successful one. */
  usd_successful: number;
  /** Failed over successful mean USD. */
  ratio: number;
  /** Lower end of the 95% interval. */
  lo: number;
  /** Upper end of the 95% interval. */
  hi: number;
  /** The same within each suite and config, which a mix of dear and cheap ones does not move; null where too little compares. */
  within: WithinRatio | null;
  /** Of no difference within config, corrected for the suites asked (Holm); uncorrected over everything, null without a ratio. */
  p_holm: number | null;
}

/**
 * Mean USD of a failed over mean USD of a successful session, over everything and per benchmark: pooled, with percentile
 * bootstrap intervals by session, and within config, with intervals for new runs. Sessions without a price are left out; a side without sessions leaves no row.
 */
export function failedCost(
  sessions: readonly Session[],
  prices: Prices,
  { random, draws = 1000 }: ResampleOptions,
): FailedCostRow[] {
  const usd = new Map(sessions.map((s) => [s, usdOfSession(s, prices)]));
  const priced = sessions.filter((s) => s.success !== null && usd.get(s) !== null);
  const value = (s: Session) => usd.get(s) ?? 0;
  const row = (benchmark: string | null, of: readonly Session[]): Omit<FailedCostRow, "p_holm">[] => {
    const means = meansOf(of, value);
    if (!Number.isFinite(means.ratio)) return [];
    const { lo, hi } = bootstrap(of, (sample) => meansOf(sample, value).ratio, { random, draws });
    if (!Number.isFinite(lo) || !Number.isFinite(hi)) return [];
    return [{
      benchmark,
      n_failed: of.filter((s) => s.success === 0).length,
      n_successful: of.filter((s) => s.success === 1).length,
      usd_failed: means.failed,
      usd_successful: means.successful,
      ratio: means.ratio,
      lo,
      hi,
      within: ratioWithin(failedAndSolved(of, (s) => usd.get(s) ?? null)),
    }];
  };
  const suites = [...groupBy(priced, (s) => s.benchmark)].sort(([a], [b]) => a < b ? -1 : 1);
  return [...withHolm(row(null, priced)), ...withHolm(suites.flatMap(([benchmark, of]) => row(benchmark, of)))];
}
