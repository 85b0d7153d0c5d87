import type { Cell } from "./cell.ts";
import type { Distributions } from "./distributions.ts";
import type { Label } from "./label.ts";
import type { Session } from "./session.ts";

/** What a run's numbers are from. `sentence` says it to a reader; a source that was rebuilt never passes for recorded data. */
export interface SourceInfo {
  /** A name, `hub:REPO@REVISION`, a path, or an engine such as `duckdb:PATH`; never with a password. */
  name: string;
  /** Hash of the bytes read (of all files in order, where there are several); of an engine, of the counts it answered. */
  sha256: string;
  /** How many sessions. */
  sessions: number;
  /** What the numbers are from, as a sentence for a report. */
  sentence: string;
  /** A few words for figure captions. */
  caption: string;
  /** Set where the source holds the calls themselves, which a judge can read; a table of sessions and an engine do not. */
  hasCalls?: true;
  /** Sessions whose tokens were counted by a tokenizer and not recorded; left out where there is none. */
  tokensEstimated?: number;
}

/** Which sessions are in memory: all of them, a sample (the caption says so), or none, and then they stay in an engine. */
export type Held = { held: "all" | "sample"; sessions: Session[] } | { held: "none"; sessions: null };

/**
 * Everything an analysis starts from. Cells and distributions are always there and of all sessions, whichever engine counted
 * them; sessions themselves are there where they are held.
 */
export type Dataset = {
  info: SourceInfo;
  cells: Cell[];
  distributions: Distributions;
  /** People's labels that it was loaded with; they are its sessions' grades as well. */
  labels?: readonly Label[];
  /** Family of tasks by benchmark, where it was loaded with some; a benchmark that is not in it is a family of its own. */
  families?: Readonly<Record<string, string>>;
} & Held;

/** A dataset all of whose sessions are in memory. */
export type DatasetInMemory = Dataset & { held: "all" };
