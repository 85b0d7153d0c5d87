import { estimatedText } from "../model/estimated.ts";
import { RowError, type Session, type SourceInfo } from "../model/mod.ts";
import { type HubOptions, openHub } from "./hub/hub.ts";
import type { Mapping } from "./mapping/mapping.ts";
import { addedNotes } from "./mapping/notes.ts";
import { sessionOf } from "../traces/mod.ts";
import { fileBuffer, openParquet } from "./parquet/file.ts";
import { readSessions, type SessionsRead } from "./parquet/sessions.ts";
import { type Progress, progressBar } from "../io/progress.ts";
import { importOf } from "./imported_folder.ts";
import { firstFault, recordedSentence } from "./recorded_sentence.ts";
import { isSessionsTable } from "./sessions_columns.ts";
import { readSessionsInJson, readSessionsTable } from "./sessions_table.ts";
import { type LocalFile, sha256OfFiles } from "../io/files.ts";
import { sourceFiles } from "./source_files.ts";
import { valuesOf } from "./trace_json.ts";
import { isFault, type TraceFault, wasThere } from "./trace_stream.ts";
import { openTraces } from "./traces.ts";

/** Settings of {@link recordedSessions}. */
export interface RecordedOptions extends HubOptions {
  /** Which column is what; told from the schema when not given. */
  mapping?: Mapping;
  /** Counts tokens that were not recorded by a tokenizer: texts are read then. Not unless told. */
  countTokens?: boolean;
  /** Called for each row that could not be read; the dataset's sentence counts them too. */
  onFault?: (fault: TraceFault) => void;
  /** Shards of the Hub read at the same time; 4 unless told. */
  concurrency?: number;
  /** Shows how far reading has come. */
  progress?: Progress;
}

/** Sessions that were read, and what they are from. */
export interface Recorded {
  /** For the dataset. */
  info: SourceInfo;
  /** Those that could be read. */
  sessions: Session[];
}

/**
 * Sessions of recorded traces, summed up from their calls' tokens and times (texts are not read, so `toolErrors` is
 * null), or of a table of sessions as `deno task import` writes it; of a folder that it wrote, the table in it.
 *
 * @param spec `hub:OWNER/NAME@REVISION`, a project of a service (`langfuse:PROJECT`), or a path, folder or glob of
 *   files of traces
 * @throws {RowError} naming file, row and field; {@link HttpError} when the Hub refuses
 * @throws {Error} when there is no such file, or not one session in it
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { recordedSessions } from "agent-trace-lab/sources";
 * const { sessions } = await recordedSessions("data/examples/sessions.jsonl");
 * equal(sessions.length, 300);
 * ```
 */
export async function recordedSessions(spec: string, options: RecordedOptions = {}): Promise<Recorded> {
  const { sha256, read, table, passedOver = [] } = spec.startsWith("hub:")
    ? await fromHub(spec, options)
    : await fromFiles(spec, options);
  const { sessions, faults } = withoutRepeats(read, spec);
  faults.forEach((fault) => options.onFault?.(fault));
  if (sessions.length === 0) throw new RowError(spec, null, "", `no session could be read${firstFault(faults)}`);
  const estimated = sessions.filter(({ tokensEstimated }) => tokensEstimated).length;
  const notes = addedNotes(read.map((part) => part.notes));
  return {
    info: {
      name: spec,
      sha256,
      sessions: sessions.length,
      sentence: recordedSentence(spec, sessions, faults, notes, { table, passedOver }),
      caption: `${spec.replace(/^(hub:.*@[0-9a-f]{7})[0-9a-f]{33}$/, "$1")}${
        estimatedText(estimated, sessions.length)
      }`,
      ...(table ? {} : { hasCalls: true as const }),
      ...(estimated ? { tokensEstimated: estimated } : {}),
    },
    sessions,
  };
}

interface Read {
  sha256: string;
  read: SessionsRead[];
  /** Whether the rows were sessions already. */
  table: boolean;
  /** Files that hold nothing that can be read, and why. */
  passedOver?: { path: string; why: string }[];
}

async function fromHub(spec: string, options: RecordedOptions): Promise<Read> {
  const { shards, sha256 } = await openHub(spec, options);
  if (options.countTokens) return { sha256, read: [await fromTraces(spec, options)], table: false };
  const { mapping } = options;
  const first = shards[0]!;
  const table = mapping
    ? mapping.columns !== undefined
    : isSessionsTable((await openParquet(first.buffer, `${spec}/${first.path}`)).columns);
  const progress = options.progress ?? progressBar({ label: spec, unit: "shards" });
  const read = new Array<SessionsRead>(shards.length);
  let next = 0;
  let done = 0;
  const work = async () => {
    for (let i = next++; i < shards.length; i = next++) {
      const { buffer, path } = shards[i]!;
      const name = `${spec}/${path}`;
      read[i] = table
        ? await readSessionsTable(buffer, name, mapping?.columns)
        : await readSessions(buffer, name, mapping);
      progress.update(++done, shards.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.concurrency ?? 4 }, work));
  } finally {
    progress.stop();
    shards.forEach(({ buffer }) => buffer.close());
  }
  return { sha256, read, table };
}

async function fromFiles(spec: string, options: RecordedOptions): Promise<Read> {
  const { files, passedOver } = await sourceFiles(spec, "sessions", options);
  const paths = files.map(({ path }) => path);
  const sha256 = await sha256OfFiles(paths);
  const kinds = new Set<Kind>();
  for (const file of files) kinds.add(await kindOf(file, options.mapping));
  if (kinds.size > 1 && (kinds.has("sessions in Parquet") || kinds.has("sessions in JSON"))) {
    throw new Error(
      `${spec}: expected files of one kind, found ${
        [...kinds].join(" and ")
      }; name one of them (an import's sessions.parquet)`,
    );
  }
  const [kind] = kinds;
  if (kind === "sessions in Parquet") {
    const read = await eachParquet(paths, async (buffer, path) => [
      await readSessionsTable(buffer, path, options.mapping?.columns),
    ]);
    return { sha256, read, table: true, passedOver };
  }
  if (kind === "sessions in JSON") {
    return { sha256, read: [await readSessionsInJson(files, options.mapping)], table: true, passedOver };
  }
  if (kinds.size === 1 && kind === "a session a row of Parquet" && !options.countTokens) {
    const read = await eachParquet(paths, async (buffer, path) => [await readSessions(buffer, path, options.mapping)]);
    return { sha256, read, table: false, passedOver };
  }
  return { sha256, read: [await fromTraces(spec, options)], table: false, passedOver };
}

/** Sessions with their texts read, one at a time. */
async function fromTraces(spec: string, options: RecordedOptions): Promise<SessionsRead> {
  const progress = options.progress ?? progressBar({ label: "read", unit: "rows" });
  const stream = await openTraces(spec, {
    ...(options.mapping ? { mapping: options.mapping } : {}),
    countTokens: options.countTokens ?? false,
    service: options,
    onProgress: ({ rows, estimatedRows }) => progress.update(rows, estimatedRows),
  });
  const sessions: Session[] = [];
  const faults: TraceFault[] = [];
  try {
    for await (const row of stream.rows()) {
      if (isFault(row)) faults.push(row);
      else sessions.push(sessionOf(row, null));
    }
  } finally {
    progress.stop();
  }
  return { sessions, faults, notes: stream.notes() };
}

/**
 * Whether a spec names tables of sessions, one row summed up each, rather than traces: the first file tells.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { areSessions } from "agent-trace-lab/sources";
 * equal(await areSessions("data/examples/sessions.jsonl"), true); // a table of sessions, not of traces
 * ```
 */
export async function areSessions(spec: string, mapping?: Mapping): Promise<boolean> {
  if (/^\w+:/.test(spec)) return false;
  if (importOf(spec)) return false;
  const [first] = (await sourceFiles(spec, "sessions")).files;
  return (await kindOf(first!, mapping)).startsWith("sessions");
}

type Kind = "sessions in Parquet" | "sessions in JSON" | "a session a row of Parquet" | "traces";

/** What a file holds: of a Parquet file with a session a row the numbers can be read without the texts. */
async function kindOf({ path, format }: LocalFile, mapping?: Mapping): Promise<Kind> {
  if (mapping?.columns) return format === "parquet" ? "sessions in Parquet" : "sessions in JSON";
  if (format === "parquet") {
    const [file] = await eachParquet([path], async (buffer) => [await openParquet(buffer, path)]);
    if (isSessionsTable(file!.columns)) return "sessions in Parquet";
    const isRows = mapping
      ? mapping.form === "rows" && !mapping.layout
      : ["session_id", "spans"].every((n) => file!.columns.includes(n));
    return isRows ? "a session a row of Parquet" : "traces";
  }
  if (format === "zip") return "traces";
  for await (const line of valuesOf(path, format)) {
    const value = "value" in line ? line.value : null;
    return isSessionsTable(Object.keys(value ?? {}), Object(value)) ? "sessions in JSON" : "traces";
  }
  return "traces";
}

async function eachParquet<T>(
  paths: readonly string[],
  use: (buffer: ReturnType<typeof fileBuffer>, path: string) => Promise<T[]>,
): Promise<T[]> {
  const results: T[] = [];
  for (const path of paths) {
    const buffer = fileBuffer(path);
    try {
      results.push(...await use(buffer, path));
    } finally {
      buffer.close();
    }
  }
  return results;
}

/** Sessions of all parts in order; an id that was there before is a fault. */
function withoutRepeats(read: readonly SessionsRead[], source: string): Pick<SessionsRead, "sessions" | "faults"> {
  const seen = new Set<string>();
  const sessions: Session[] = [];
  const faults = read.flatMap((part) => part.faults);
  read.flatMap((part) => part.sessions).forEach((session, row) => {
    const { sessionId } = session;
    if (!seen.has(sessionId)) sessions.push(session);
    else {
      faults.push({ fault: wasThere(sessionId), source, row, sessionId });
    }
    seen.add(sessionId);
  });
  return { sessions, faults };
}
