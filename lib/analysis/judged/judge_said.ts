import type { Dataset } from "../../model/mod.ts";
import { quantile } from "../../stats/mod.ts";
import { needDistribution } from "../counts/need_sessions.ts";

/** Verdicts of one stated confidence on a benchmark. */
export interface JudgeConfidenceRow {
  /** The suite of tasks. */
  benchmark: string;
  /** `high`, `medium`, `low`; `unscored` where there is no verdict. */
  confidence: string;
  /** Sessions. */
  n: number;
  /** Scored sessions that were solved. */
  successes: number;
}

/** What the judge said of itself per benchmark. */
export function judgeConfidence(dataset: Dataset): JudgeConfidenceRow[] {
  const rows = needDistribution(dataset, "judge").map(({ benchmark, confidence, verdict, n }) => ({
    benchmark,
    confidence: verdict === null ? "unscored" : confidence ?? "unscored",
    n,
    successes: verdict === 1 ? n : 0,
  }));
  const groups = Map.groupBy(rows, (row) => JSON.stringify([row.benchmark, row.confidence]));
  return [...groups.values()].map((members) => ({
    benchmark: members[0]!.benchmark,
    confidence: members[0]!.confidence,
    n: members.reduce((sum, row) => sum + row.n, 0),
    successes: members.reduce((sum, row) => sum + row.successes, 0),
  })).sort((a, b) => order(a) < order(b) ? -1 : 1);
}

const CONFIDENCES = ["high", "medium", "low", "unscored"];

function order({ benchmark, confidence }: JudgeConfidenceRow): string {
  const at = CONFIDENCES.indexOf(confidence);
  return `${benchmark}\n${at < 0 ? CONFIDENCES.length : at}\n${confidence}`;
}

/** How much of the transcripts of a benchmark the judge was shown. */
export interface ShareShownRow {
  /** The suite of tasks. */
  benchmark: string;
  /** Sessions. */
  n: number;
  /** Sessions shown whole. */
  whole: number;
  /** The least share shown. */
  min: number;
  /** The median share shown. */
  median: number;
}

/** The share of each trace that the judge saw, per benchmark. */
export function shareShown(verdicts: readonly { benchmark: string; shareShown: number }[]): ShareShownRow[] {
  const groups = Map.groupBy(verdicts, (verdict) => verdict.benchmark);
  return [...groups].sort(([a], [b]) => a < b ? -1 : 1).map(([benchmark, members]) => {
    const shares = members.map((verdict) => verdict.shareShown);
    return {
      benchmark,
      n: shares.length,
      whole: shares.filter((share) => share === 1).length,
      min: Math.min(...shares),
      median: quantile(shares, 0.5),
    };
  });
}
