import type { TraceRow } from "../model/mod.ts";
import type { HubOptions } from "./hub/hub.ts";
import type { Mapping } from "./mapping/mapping.ts";
import type { NotedCounts } from "./mapping/notes.ts";
import type { ServiceOptions } from "./services/fetch.ts";

/** A row that could not be read as a session: set aside and counted, never dropped in silence. */
export interface TraceFault {
  /** What is wrong, in words for the person who has to mend it. */
  fault: string;
  /** The file or shard. */
  source: string;
  /** Zero-based row, or line of a JSONL file, in `source`. */
  row: number;
  /** Null where the row was too broken to say. */
  sessionId: string | null;
}

/** How far a stream has read. */
export interface TraceProgress {
  /** Rows read so far, faults included. */
  rows: number;
  /** Null where the source does not say. */
  estimatedRows: number | null;
  /** The file or shard being read. */
  source: string;
}

/** Options of `openTraces`. */
export interface TraceOptions {
  /** Which column or attribute is what; told from the schema when not given. */
  mapping?: Mapping;
  /** Counts tokens that were not recorded by a tokenizer; sessions are marked so. Not unless told. */
  countTokens?: boolean;
  /** Ends the stream when it is aborted. */
  signal?: AbortSignal;
  /** Called after each row. */
  onProgress?: (progress: TraceProgress) => void;
  /** Settings of the Hub; those of the environment unless given. */
  hub?: HubOptions;
  /** Settings of services; those of the environment unless given. */
  service?: Partial<ServiceOptions>;
}

/** A kind of file that was recognised. */
export interface FoundFormat {
  /** One word, such as `otlp`. */
  id: string;
  /** What it is, for people. */
  title: string;
  /** The version of what wrote it, where it says so. */
  version: string | null;
  /** What files of this kind never say. */
  lacks: readonly string[];
  /** How many were recognised as this. */
  files: number;
}

/** Sessions of one source, one at a time: memory does not grow with their number. */
export interface TraceStream {
  /** The spec as given: a path, a glob, `hub:REPO@REVISION`. */
  name: string;
  /**
   * Hash of the bytes of all files, in order; of a Hub dataset, of the hashes and names of its shards. Files are read for it
   * when it is first asked for.
   */
  sha256(): Promise<string>;
  /** How many rows there may be; null while nothing tells. */
  estimatedRows: number | null;
  /** The mapping in use; of files of several kinds, that of the first. */
  mapping: Mapping;
  /** What the files were recognised as; empty where a mapping was given. */
  found: FoundFormat[];
  /** Files that are not read, and why; each comes as a fault behind the last row. */
  unread: { path: string; why: string }[];
  /** Files of folders and archives that hold neither JSON nor Parquet: passed over, and named. */
  passedOver: { path: string; why: string }[];
  /**
   * Rows in the order of files and of rows within them. A row that cannot be read comes as a {@link TraceFault}; faults of
   * a whole file throw. A session id may come twice: whether the rows are the same is for the reader to see.
   */
  rows(): AsyncGenerator<TraceRow | TraceFault>;
  /** What was left out of the rows yielded so far, could not be read in them, or was put right, counted by reason. */
  notes(): NotedCounts;
  /** Of {@link TraceStream.notes} what was left out. */
  leftOut(): Record<string, number>;
}

/**
 * Rows of a stream, each session once: one that was there before is a fault, and the first one counts.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { eachOnce, isFault, openTraces } from "agent-trace-lab/sources";
 * const traces = await openTraces("tests/fixtures/traces_v1.jsonl");
 * for await (const item of eachOnce(traces)) equal(isFault(item), false);
 * ```
 */
export async function* eachOnce(stream: Pick<TraceStream, "rows" | "name">): AsyncGenerator<TraceRow | TraceFault> {
  const ids = new Set<string>();
  let row = -1;
  for await (const item of stream.rows()) {
    row++;
    if (isFault(item) || !ids.has(item.sessionId)) {
      if (!isFault(item)) ids.add(item.sessionId);
      yield item;
    } else {
      const { sessionId } = item;
      yield { fault: wasThere(sessionId), source: stream.name, row, sessionId };
    }
  }
}

/** What is said of a session that is there again. */
export const wasThere = (sessionId: string): string =>
  `session id "${sessionId}" was there before; the first one counts`;

/**
 * Tells a fault from a row.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { isFault, openTraces } from "agent-trace-lab";
 * const traces = await openTraces("tests/fixtures/traces_v1.jsonl");
 * for await (const item of traces.rows()) equal(isFault(item), false);
 * ```
 */
export function isFault(item: TraceRow | TraceFault): item is TraceFault {
  return "fault" in item;
}
