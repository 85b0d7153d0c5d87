import type { Cell } from "./cell.ts";
import type { ToldMode, Verdict } from "./session.ts";

/** 90th percentiles over all scored sessions, from which "non-convergence / loop" is told. */
export interface FailureThresholds {
  /** Null when the tokens of no scored session are known. */
  tokensP90: number | null;
  /** Calls of a session. */
  callsP90: number;
}

/** A box plot's numbers: quartiles by linear interpolation, whiskers the most extreme values within 1.5 IQR. */
export interface CountedBox {
  /** Sessions that know the value. */
  n: number;
  /** First quartile. */
  q1: number;
  /** The median. */
  median: number;
  /** Third quartile. */
  q3: number;
  /** The smallest value that is not an outlier. */
  whiskerLo: number;
  /** The largest value that is not an outlier. */
  whiskerHi: number;
}

/** Failed sessions of one failure mode. */
export interface CountedMode {
  /** Their benchmark. */
  benchmark: string;
  /** Their harness. */
  harness: string;
  /** How they failed. */
  mode: ToldMode;
  /** How many sessions. */
  n: number;
}

/** Failed sessions of a benchmark and harness. */
export interface CountedFailures {
  /** Their benchmark. */
  benchmark: string;
  /** Their harness. */
  harness: string;
  /** How many sessions. */
  n: number;
}

/** Sessions by what the judge said of itself; null where a session has none. */
export interface CountedJudge {
  /** Their benchmark. */
  benchmark: string;
  /** The model that judged. */
  judgeModel: string | null;
  /** How sure it said it was, as it said it. */
  confidence: string | null;
  /** Its verdict. */
  verdict: Verdict;
  /** How many sessions. */
  n: number;
}

/** In how many failure reasons of a benchmark x harness a term occurs. */
export interface TermCount {
  /** Their benchmark. */
  benchmark: string;
  /** Their harness. */
  harness: string;
  /** Failed sessions of this benchmark x harness. */
  failures: number;
  /** A word in lower case. */
  term: string;
  /** Reasons with the term at least once. */
  reasons: number;
}

/**
 * What needs each session, worked out by whatever holds them: exact, and by the same definitions everywhere
 * (`lib/analysis`). Rows are in the order of their names. Null is what cannot be told: because sessions stay in an engine
 * that does not know it, or because this is a slice of them.
 */
export interface Distributions {
  /** Which of these the source states itself, because its sessions cannot tell. */
  stated: readonly ("thresholds" | "judge" | "termCounts" | "duplicates")[];
  /** Over all scored sessions of the source, whatever a slice keeps; null when nothing is scored. */
  thresholds: FailureThresholds | null;
  /** Failed sessions by how they failed. */
  failureModes: CountedMode[] | null;
  /** Failed sessions whose tool errors are not known and whose mode the source does not state. */
  toolErrorsUnknown: CountedFailures[] | null;
  /** Tokens of failed sessions where they are known. */
  failedTokensByHarness: (CountedBox & { harness: string })[] | null;
  /** The same by benchmark and harness, every cell however small. */
  failedTokensByCell: (CountedBox & { benchmark: string; harness: string })[] | null;
  /** Tokens of the longest session of each benchmark, where any are known. */
  mostTokens: { benchmark: string; tokens: number }[] | null;
  /** Tokens of the longest failed session of each benchmark and harness, where any are known. */
  mostFailedTokens: { benchmark: string; harness: string; tokens: number }[] | null;
  /** Tool errors of failed sessions where they are known. */
  toolErrorsByHarness: (CountedBox & { harness: string })[] | null;
  /** Sessions by what the judge said of itself. */
  judge: CountedJudge[] | null;
  /** Terms in at least `MIN_TERM_REASONS` reasons. */
  termCounts: TermCount[] | null;
  /** Sessions that repeat another one under an id of their own, counted and summed. */
  duplicates: Cell[] | null;
}
