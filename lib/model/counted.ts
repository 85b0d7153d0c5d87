import type { Cell } from "./cell.ts";
import type { FailureThresholds } from "./dataset.ts";
import type { ToldMode, Verdict } from "./session.ts";

/** A box plot's numbers: quartiles by linear interpolation, whiskers the most extreme values within 1.5 IQR. */
export interface CountedBox {
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

/** Sessions by what the judge said of itself; null where a session has none. */
export interface CountedJudge {
  benchmark: string;
  judgeModel: string | null;
  confidence: string | null;
  verdict: Verdict;
  n: number;
}

/** What needs each session, as an engine worked it out: exact, by the definitions of `lib/analysis`. */
export interface Distributions {
  /** Over all scored sessions; null when nothing is scored. */
  thresholds: FailureThresholds | null;
  failureModes: CountedMode[];
  /** Failed sessions whose tool errors are not known and whose mode the source does not state. */
  toolErrorsUnknown: number;
  /** Tokens of failed sessions. */
  failedTokensByHarness: (CountedBox & { harness: string })[];
  /** The same by benchmark and harness, every cell however small. */
  failedTokensByCell: (CountedBox & { benchmark: string; harness: string })[];
  /** Tool errors of failed sessions where they are known. */
  toolErrorsByHarness: (CountedBox & { harness: string })[];
  judge: CountedJudge[];
}

/** What an engine counted of sessions that it holds. */
export interface Counted {
  cells: Cell[];
  /** Null for a slice of sessions that are not in memory: then only what cells are enough for can be said. */
  distributions: Distributions | null;
  /** What `Dataset.sessions` is: all of them, a sample (its caption says so), or an error when it is read. */
  held: "all" | "sample" | "none";
}
