import { type Cell, configName, type OfficialRate } from "../../model/mod.ts";
import { fisherExact, holm, kendall, newcombe, type RankCorrelation, spearman } from "../../stats/mod.ts";
import { type Rate, rateOf } from "../counts/tally.ts";
import { sharedCells } from "./official.ts";

/** A cell's judged and official rate, and how far chance or selection could explain the difference. */
export interface OfficialGap {
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The model family. */
  model: string;
  /** Harness and model family together. */
  config: string;
  /** By the verdicts. */
  judged: Rate;
  /** By the grades. */
  official: Rate;
  /** Judged less official rate, with Newcombe's interval for two independent samples. */
  gap: number;
  /** Lower end of its 95% interval. */
  gap_lo: number;
  /** Upper end of its 95% interval. */
  gap_hi: number;
  /** Fisher's exact test of the two rates as independent samples, Holm-corrected over all cells. */
  p_holm: number;
  /** Too far apart for chance alone (p_holm < 0.05). */
  differs: boolean;
  /**
   * If every verdict were right: how many times as likely as an unsolved session a solved one would have had to be to
   * come among the judged ones (odds ratio); 1 where the rates agree, null where no preference is strong enough (a rate
   * of 0 or 1).
   */
  selection: number | null;
  /** The least of that which both intervals allow (1 where they overlap); null as above. */
  selection_at_least: number | null;
  /**
   * If the judged sessions were a part of the officially graded ones: verdicts that must be wrong all the same. Null
   * where more sessions were judged than graded, so that they cannot be.
   */
  wrong_if_subset: number | null;
}

/** Agreement of judged and official rates over a group of cells. */
export interface OfficialAgreement {
  /** A benchmark, or `all`. */
  benchmark: string;
  /** Cells of the group. */
  cells: number;
  /** Mean distance of judged and official rates. */
  mean_absolute_gap: number;
  /** Mean of judged less official: above 0 where the judge is generous. */
  mean_gap: number;
  /** Rank correlations; null below three cells or where one side is constant. */
  spearman: Correlation | null;
  /** Kendall's tau-b. */
  kendall: Correlation | null;
  /** Cells too far apart for chance. */
  differing: number;
}

/** A rank correlation with its 95% interval (null below five cells) and p-value. */
export interface Correlation {
  /** The estimate. */
  estimate: number;
  /** Lower end of the 95% interval. */
  lo: number | null;
  /** Upper end of the 95% interval. */
  hi: number | null;
  /** p-value of no correlation. */
  p: number;
}

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
