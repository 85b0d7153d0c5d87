import { type Cell, configName, type OfficialRate } from "../../model/mod.ts";
import {
  fisherExact,
  holm,
  incrementalShareIntervals,
  kendall,
  newcombe,
  type Random,
  type RankCorrelation,
  spearman,
} from "../../stats/mod.ts";
import { shareOf } from "../explain/share.ts";
import { rateOf } from "../counts/tally.ts";
import { judgedCounts, MIN_STEPS, officialCounts, ownOfficialRates, sharedCells, sharedCounts } from "./official.ts";
import type { Correlation, ExplainedRow, OfficialAgreement, OfficialGap, ShareInterval } from "./official_types.ts";

/**
 * Each shared cell's judged against its official rate, widest gap first: how far apart, whether chance in both samples
 * could do that, and how strongly solved sessions would have to be selected to explain it without a wrong verdict.
 */
export function officialGaps(cells: readonly Cell[], rates: readonly OfficialRate[]): OfficialGap[] {
  const shared = sharedCells(cells, rates);
  const p = holm(shared.map((c) => fisherExact(judgedAndOfficial(c)).pValue));
  return shared.map((c, i): OfficialGap => {
    const judged = rateOf(c.judgedN, c.judgedK);
    const official = { ...rateOf(c.officialN, c.officialK), rate: c.officialRate };
    const { lo, hi } = newcombe(judgedAndOfficial(c));
    const higher = judged.rate >= official.rate;
    const atLeast = higher ? oddsRatio(judged.lo, official.hi) : 1 / oddsRatio(judged.hi, official.lo);
    return {
      benchmark: c.benchmark,
      harness: c.harness,
      model: c.model,
      config: configName(c.harness, c.model),
      judged,
      official,
      gap: judged.rate - official.rate,
      gap_lo: lo,
      gap_hi: hi,
      p_holm: p[i] ?? 1,
      differs: (p[i] ?? 1) < 0.05,
      selection: judged.rate === official.rate ? 1 : finite(oddsRatio(judged.rate, official.rate)),
      selection_at_least: Number.isNaN(atLeast) ? 1 : finite(Math.max(1, atLeast)),
      wrong_if_subset: c.judgedN > c.officialN
        ? null
        : Math.max(0, c.judgedK - c.officialK, c.judgedN - c.judgedK - (c.officialN - c.officialK)),
    };
  }).sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap) || (a.benchmark + a.config < b.benchmark + b.config ? -1 : 1));
}

const judgedAndOfficial = (c: { judgedK: number; judgedN: number; officialK: number; officialN: number }) => ({
  k1: c.judgedK,
  n1: c.judgedN,
  k2: c.officialK,
  n2: c.officialN,
});

const finite = (x: number) => Number.isFinite(x) && x > 0 ? x : null;

const oddsRatio = (a: number, b: number) => a / (1 - a) / (b / (1 - b));

/** Agreement over all shared cells, then by benchmark. */
export function officialAgreement(gaps: readonly OfficialGap[]): OfficialAgreement[] {
  const over = (benchmark: string, rows: readonly OfficialGap[]): OfficialAgreement => {
    const [judged, official] = [rows.map((g) => g.judged.rate), rows.map((g) => g.official.rate)];
    const average = (of: (g: OfficialGap) => number) => rows.reduce((sum, g) => sum + of(g), 0) / rows.length;
    return {
      benchmark,
      cells: rows.length,
      mean_absolute_gap: average((g) => Math.abs(g.gap)),
      mean_gap: average((g) => g.gap),
      spearman: rows.length > 2 ? correlation(spearman(judged, official)) : null,
      kendall: rows.length > 2 ? correlation(kendall(judged, official)) : null,
      differing: rows.filter((g) => g.differs).length,
    };
  };
  if (!gaps.length) return [];
  const benchmarks = [...new Set(gaps.map((g) => g.benchmark))].sort();
  return [over("all", gaps), ...benchmarks.map((b) => over(b, gaps.filter((g) => g.benchmark === b)))];
}

function correlation({ estimate, lo, hi, pValue }: RankCorrelation): Correlation | null {
  return estimate === null || pValue === null ? null : { estimate, lo, hi, p: pValue };
}

/** Options of {@link whatExplains}. */
export interface WhatExplainsOptions {
  random: Random;
  draws?: number;
  /** Corrected counts where session grades are joined (see `correctedCounts`); without them the slot stays empty. */
  corrected?: ExplainedRow | null;
}

/**
 * What explains success, by whose verdicts: incremental shares of R2 of harness, model and benchmark, judged and
 * official, on all cells and on those that both have. Intervals by bootstrap of sessions within cells. Sets of verdicts
 * without any variation are left out.
 */
export function whatExplains(
  cells: readonly Cell[],
  rates: readonly OfficialRate[],
  { random, draws = 500, corrected = null }: WhatExplainsOptions,
): ExplainedRow[] {
  const own = ownOfficialRates(rates), shared = sharedCells(cells, rates);
  const sets = [
    ["judged, all cells", judgedCounts(cells)],
    ["judged, shared cells", sharedCounts(shared, "judged")],
    ["official, shared cells", sharedCounts(shared, "official")],
    ["official, active cells", officialCounts(own.filter((r) => r.steps > MIN_STEPS))],
    ["official, all cells", officialCounts(own)],
  ] as const;
  const rows = sets.flatMap(([verdicts, rows]): ExplainedRow[] => {
    const shares = incrementalShareIntervals(rows, ["benchmark", "model", "harness"], { random, draws });
    if (!shares) return [];
    const { harness, model, benchmark } = shares;
    if (!harness || !model || !benchmark) return [];
    const n = rows.reduce((sum, r) => sum + r.n, 0);
    const clean = (s: ShareInterval): ShareInterval => ({ ...s, share: shareOf(s.share) });
    const cells = rows.filter((r) => r.n > 0).length;
    return [{ verdicts, n, cells, harness: clean(harness), model: clean(model), benchmark: clean(benchmark) }];
  });
  return corrected ? [...rows, corrected] : rows;
}
