import type { IncrementalShares, Rate } from "../types.ts";

/** The officially graded success of a cell. */
export interface OfficialRow {
  benchmark: string;
  harness: string;
  model: string;
  n: number;
  k: number;
  official_rate: number;
}

/** A cell that was both judged (n >= 5) and officially graded. */
export interface OfficialCell {
  benchmark: string;
  harness: string;
  model: string;
  judged_n: number;
  judged_rate: number;
  official_n: number;
  official_rate: number;
}

/** The `official` key of `results.json`. Null where there are too few cells to say. */
export interface Official {
  all: OfficialRow[];
  cells: OfficialCell[];
  spearman: number | null;
  mean_absolute_gap: number | null;
  incremental_r2: IncrementalShares | null;
  /** Without cells whose agent never started (at most 0.6 steps a session). */
  incremental_r2_active_cells: IncrementalShares | null;
  /** Over `cells`. */
  incremental_r2_shared_cells: IncrementalShares | null;
  /** The judge's verdicts over `cells`. */
  judged_incremental_r2_shared_cells: IncrementalShares | null;
}

/** A cell's judged and official rate, and how far chance or selection could explain the difference. */
export interface OfficialGap {
  benchmark: string;
  harness: string;
  model: string;
  config: string;
  judged: Rate;
  official: Rate;
  /** Judged less official rate, with Newcombe's interval for two independent samples. */
  gap: number;
  gap_lo: number;
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
  cells: number;
  mean_absolute_gap: number;
  /** Mean of judged less official: above 0 where the judge is generous. */
  mean_gap: number;
  /** Rank correlations; null below three cells or where one side is constant. */
  spearman: Correlation | null;
  kendall: Correlation | null;
  /** Cells too far apart for chance. */
  differing: number;
}

/** A rank correlation with its 95% interval (null below five cells) and p-value. */
export interface Correlation {
  estimate: number;
  lo: number | null;
  hi: number | null;
  p: number;
}

/** One bar group of `07-what-explains-success`. */
export interface ExplainedRow {
  /** Whose verdicts, on which cells. */
  verdicts:
    | "judged, all cells"
    | "judged, shared cells"
    | "official, shared cells"
    | "official, active cells"
    | "official, all cells"
    | "corrected";
  n: number;
  cells: number;
  harness: ShareInterval;
  model: ShareInterval;
  benchmark: ShareInterval;
}

/** An incremental share of R2 with a bootstrap interval over sessions. */
export interface ShareInterval {
  share: number;
  lo: number;
  hi: number;
}
