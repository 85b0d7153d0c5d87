import type { MalformedKind, SecretCounts } from "../traces/mod.ts";
import type { FoundFormat } from "../sources/mod.ts";
import type { ImportIdentity } from "./journal.ts";
import type { AsideReason } from "./reasons.ts";
import type { TextsTold } from "./texts_told.ts";

/**
 * What an import read, wrote, repaired and left out (`manifest.json`). Neither clock nor machine is in it: the same
 * source and settings give the same bytes. It is written last: a folder without one holds no finished import.
 */
export interface Manifest extends ImportIdentity {
  /** What the files were recognised as; empty where a mapping was given. */
  formats: FoundFormat[];
  /** Sessions imported. */
  sessions: number;
  /** Calls of models in these sessions. */
  calls: number;
  /** Lines of the span files: a root for each session and a row for each call. */
  rows: number;
  /** Of the span files together. */
  bytes: number;
  /** What was said in them; a message that calls of a session repeat counts once. */
  texts: TextsTold;
  /** Every file written, with what its rows are. */
  files: { name: string; rows: "spans" | "sessions" | "set aside"; bytes: number }[];
  /** Messages that could not be read as such and were kept as text or repaired; a repeated message counts once a session. */
  malformed: Partial<Record<MalformedKind, number>>;
  /** Secrets replaced, by kind: every occurrence in the rows and in what was set aside, each name of a session once. */
  redacted: SecretCounts;
  /** Metadata left out for its size, by entry. */
  droppedMetadata: Record<string, { times: number; bytes: number }>;
  /** Values that could not be read and are unknown, by field. */
  unreadable: Record<string, number>;
  /** What was put right besides messages. */
  repaired: Record<string, number>;
  /** What is not known of the sessions that were imported. */
  unknown: {
    /** Their duration is unknown. */
    sessionsWithoutTimes: number;
    /** Neither they nor a call of theirs names one. */
    sessionsWithoutModel: number;
    /** The source says nothing of whether they were solved. */
    sessionsWithoutGrade: number;
    /** Left out of the sums of tokens. */
    callsWithoutTokens: number;
    /** A start, an end, or both are not known. */
    callsWithoutTimes: number;
    /** Sessions whose stated total is not the sum of their calls, which is what counts. */
    totalsStatedOtherwise: number;
  };
  /** What did not become a session. */
  leftOut: {
    /** Rows in `set-aside.jsonl`, by what is wrong with them. */
    setAside: Record<string, number>;
    /** Why, kind by kind, with what is said of the first row of each. */
    reasons: AsideReason[];
    /** Files of folders and archives that hold nothing that can be read, and why. */
    passedOver: { path: string; why: string }[];
    /** Rows with the id and the content of a session imported before. */
    exactDuplicates: number;
    /** Parts of rows that the reader left out, by reason. */
    withinRows: Record<string, number>;
  };
}
