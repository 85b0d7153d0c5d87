import type { Cell } from "./cell.ts";
import type { Counted } from "./counted.ts";
import type { Session } from "./session.ts";

/** What a run's numbers are from. `sentence` says it to a reader; the replica's never passes for recorded data. */
export interface SourceInfo {
  /** `judged`, `replica`, `hub:REPO@REVISION`, a path, or an engine such as `duckdb:PATH`; never with a password. */
  name: string;
  /** Hash of the bytes read (of all files in order, where there are several); of an engine, of the counts it answered. */
  sha256: string;
  sessions: number;
  sentence: string;
  /** A few words for figure captions, such as `judged table` or `embedded replica (rebuilt from counts)`. */
  caption: string;
}

/** 90th percentiles over all scored sessions, from which "non-convergence / loop" is told. */
export interface FailureThresholds {
  /** Null when the tokens of no scored session are known. */
  tokensP90: number | null;
  callsP90: number;
}

/** How many sessions a judge model scored with a confidence, and how many of them it held solved. */
export interface JudgeCount {
  benchmark: string;
  judgeModel: string;
  confidence: string;
  n: number;
  successes: number;
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

/** Reasons that grade the shortlisting harness's own tool-list prompt instead of the task. */
export interface ShortlistingCount {
  sessions: number;
  reasonsAboutToolList: number;
  ofTheseJudgedSuccessful: number;
  elsewhere: number;
}

/** Facts a source states about its sessions that its sessions cannot carry themselves; null where they are worked out. */
export interface DatasetFacts {
  thresholds: FailureThresholds | null;
  judgeCounts: JudgeCount[] | null;
  termCounts: TermCount[] | null;
  shortlisting: ShortlistingCount | null;
  /** Sessions that repeat another one under an id of their own, counted and summed. */
  duplicates?: Cell[] | null;
}

/** Everything an analysis starts from. */
export interface Dataset {
  info: SourceInfo;
  /** Reading this throws where the sessions stay in an engine (`counted.held` is `none`). */
  sessions: Session[];
  facts: DatasetFacts;
  /** What an engine counted; then nothing that depends on counts, sums and quantiles reads `sessions`. */
  counted?: Counted;
}
