import { type Ledger, ledgerLines, readLedger } from "../io/ledger.ts";
import type { MalformedKind, SecretCounts } from "../traces/mod.ts";
import type { Redacted, Session } from "../model/mod.ts";
import type { FoundFormat, Mapping, NotedCounts } from "../sources/mod.ts";
import type { TextsTold } from "./texts_told.ts";

/** A place in the span files: `bytes` into the file numbered `part` (the first is 1). */
export interface Position {
  part: number;
  bytes: number;
}

/** What an import is of: a journal or a manifest of another one must not be continued. */
export interface ImportIdentity {
  /** Of the layout of journal and manifest. */
  version: 4;
  /** What was read: its name, the hash of its files, and how its fields were mapped. */
  source: { name: string; sha256: string; mapping: Mapping };
  /** What decides the bytes that are written: sessions at most (null: all), bytes a file, bytes of metadata a row, and what is redacted. */
  options: {
    limit: number | null;
    rotateBytes: number;
    maxMetadataBytes: number;
    redact: { personal: boolean; rules: string[] };
  };
}

/** Counts of one imported session. */
export interface SessionTally {
  rows: number;
  malformed: Partial<Record<MalformedKind, number>>;
  redacted: SecretCounts;
  droppedMetadata: Record<string, { times: number; bytes: number }>;
  callsWithoutTokens: number;
  callsWithoutTimes: number;
  /** The total that the source states, where it is not the calls' sum. */
  statedTokens: number | null;
  withoutTimes: boolean;
  /** Whether neither the session nor a call of it names a model. */
  withoutModel: boolean;
  /** What was said. */
  texts: TextsTold;
}

/** A row of the source that did not become a session. */
export interface SetAside {
  source: string;
  row: number;
  sessionId: string | null;
  reason: string;
  kind: "unreadable" | "same id, other content";
}

/** What became of one row of the source; `at` is the end of the span files after it. */
export type JournalEntry =
  | { kind: "session"; at: Position; session: Redacted<Session>; tally: SessionTally }
  | { kind: "aside"; at: Position; aside: Redacted<SetAside>; redacted: SecretCounts }
  | { kind: "repeated"; at: Position; sessionId: string };

/** The last line: every row of the source has been dealt with. */
export interface JournalEnd {
  kind: "end";
  notes: NotedCounts;
  /** Files of folders and archives that hold nothing that can be read, and why. */
  passedOver: { path: string; why: string }[];
  /** What the files were recognised as. */
  formats: FoundFormat[];
}

type Line = { kind: "begin"; identity: ImportIdentity } | JournalEntry | JournalEnd;

/** What a journal says of an import that was interrupted. */
export interface JournalRead {
  identity: ImportIdentity | null;
  end: JournalEnd | null;
}

/** Lines of a journal as bytes, to be written when their rows are. */
export const journalLines: (lines: readonly Line[]) => Uint8Array = ledgerLines;

/**
 * Goes through a journal and hands over each entry that counts. The first line that is torn, or whose rows are not all in
 * the span files (`sizes`: bytes on disk by part), ends it: the rows from there on are read again.
 */
export async function readJournal(
  ledger: Ledger,
  sizes: readonly number[],
  onEntry: (entry: JournalEntry) => void,
): Promise<JournalRead> {
  const read: JournalRead = { identity: null, end: null };
  await ledger.replay((value) => {
    const line = value as Line;
    if (line.kind === "begin") read.identity = line.identity;
    else if (line.kind === "end") read.end = line;
    else if ((sizes[line.at.part - 1] ?? 0) < line.at.bytes) return false;
    else onEntry(line);
  });
  return read;
}

/** The entries of a journal that has been checked by {@link readJournal}. */
export async function* journalEntries(path: string): AsyncGenerator<JournalEntry> {
  for await (const value of readLedger(path)) {
    const line = value as Line;
    if (line.kind !== "begin" && line.kind !== "end") yield line;
  }
}
