import type { Cell } from "./cell.ts";
import type { ToldMode, Verdict } from "./session.ts";

/** 90th percentiles over all scored sessions, from which "non-convergence / loop" is told. */
export interface FailureThresholds {
  /** Null when the tokens of no scored session are known. */
  tokensP90: number | null;
  callsP90: number;
}

/** A box plot's numbers: quartiles by linear interpolation, whiskers the most extreme values within 1.5 IQR. */
export interface CountedBox {
  /** Sessions that know the value. */
  n: number;
  q1: number;
  median: number;
  q3: number;
  whiskerLo: number;
  whiskerHi: number;
}

/** Failed sessions of one failure mode. */
export interface CountedMode {
  benchmark: string;
  harness: string;
  mode: ToldMode;
  n: number;
}

/** Failed sessions of a benchmark and harness. */
export interface CountedFailures {
  benchmark: string;
  harness: string;
  n: number;
}

/** Sessions by what the judge said of itself; null where a session has none. */
export interface CountedJudge {
  benchmark: string;
  judgeModel: string | null;
  confidence: string | null;
  verdict: Verdict;
  n: number;
}

/** In how many failure reasons of a benchmark x harness a term occurs. */
export interface TermCount {
  benchmark: string;
  harness: string;
  /** Failed sessions of this benchmark x harness. */
  failures: number;
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
  failureModes: CountedMode[] | null;
  /** Failed sessions whose tool errors are not known and whose mode the source does not state. */
  toolErrorsUnknown: CountedFailures[] | null;
  /** Tokens of failed sessions where they are known. */
  failedTokensByHarness: (CountedBox & { harness: string })[] | null;
  /** The same by benchmark and harness, every cell however small. */
  failedTokensByCell: (CountedBox & { benchmark: string; harness: string })[] | null;
  /** Tool errors of failed sessions where they are known. */
  toolErrorsByHarness: (CountedBox & { harness: string })[] | null;
  judge: CountedJudge[] | null;
  /** Terms in at least `MIN_TERM_REASONS` reasons. */
  termCounts: TermCount[] | null;
  /** Sessions that repeat another one under an id of their own, counted and summed. */
  duplicates: Cell[] | null;
}
