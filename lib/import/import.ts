import { spanRows } from "../braintrust/mod.ts";
import { RowError, type TraceRow } from "../model/mod.ts";
import { jsonFault } from "../model/json_fault.ts";
import { isFault, type TraceFault, type TraceStream } from "../sources/mod.ts";
import {
  addSecretCounts,
  redactName,
  redactNames,
  type RedactOptions,
  redactorOf,
  redactValue,
  sessionOf,
} from "../traces/mod.ts";
import { ByteBlock } from "./byte_block.ts";
import { finish } from "./finish.ts";
import { type ImportIdentity, type JournalEnd, type JournalEntry, journalLines, type SetAside } from "./journal.ts";
import type { Manifest } from "./manifest.ts";
import { begin, type TakingRows } from "./begin.ts";
import { rowLines } from "./row_lines.ts";
import { rowsAre } from "./span_files.ts";
import { tallyOf } from "./tally.ts";
import { readTold } from "./texts_told.ts";

/** Settings of {@link importTraces}. */
export interface ImportOptions {
  /** Import this many sessions and no more. */
  limit?: number;
  /** A span file is closed before it grows beyond this; 256 MB unless told. A single row is never cut. */
  rotateBytes?: number;
  /** Most bytes that the source's own columns, and a call's tool definitions, may take in a row; 16,384 unless told. */
  maxMetadataBytes?: number;
  /** Rules of one's own, and whether personal data is redacted too. */
  redact?: RedactOptions;
  /** Replaces whatever import the folder holds. */
  force?: boolean;
  /** Called after each row of the source, those of an interrupted run included. */
  onRow?: (rows: number) => void;
}

/** What can be imported: a stream that `openTraces` opened, or anything of its shape. */
export type ImportSource =
  & Pick<TraceStream, "name" | "sha256" | "mapping" | "rows" | "notes">
  & Partial<Pick<TraceStream, "found" | "passedOver">>;

/**
 * Imports the sessions of a source into a folder: Braintrust span rows as `spans-00001.jsonl` and so on, the sessions as
 * `sessions.parquet`, rows that could not be read as `set-aside.jsonl`, and at the very end `manifest.json`.
 *
 * Killed at any moment and run again with the same source and settings, it goes on after the last session that is
 * completely on disk and ends with the bytes of a run that was never disturbed. Of sessions with the same id the first
 * counts: a second with the same rows is counted as exact duplicate, one with others is set aside. Nothing is sent anywhere.
 *
 * @throws {ImportError} when the folder holds another import, or one is being written there.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { importTraces, openTraces } from "agent-trace-lab";
 * const folder = await Deno.makeTempDir();
 * const { sessions, calls } = await importTraces(await openTraces("tests/fixtures/traces_v1.jsonl"), folder);
 * equal(calls >= sessions, true);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function importTraces(source: ImportSource, dir: string, options: ImportOptions = {}): Promise<Manifest> {
  const identity: ImportIdentity = {
    version: 4,
    source: { name: redactName(source.name).text, sha256: await source.sha256(), mapping: source.mapping },
    options: {
      limit: options.limit ?? null,
      rotateBytes: options.rotateBytes ?? 256_000_000,
      maxMetadataBytes: options.maxMetadataBytes ?? 16_384,
      redact: {
        personal: options.redact?.personal ?? false,
        rules: (options.redact?.rules ?? []).map(({ id }) => id).sort(),
      },
    },
  };
  const begun = await begin(dir, identity, options.force ?? false);
  if (begun.kind === "finished") return begun.manifest;
  try {
    const end = begun.kind === "rows done" ? begun.end : await importRows(source, dir, begun, identity, options);
    return await finish(dir, identity, end);
  } finally {
    begun.journal.close();
  }
}

async function importRows(
  source: ImportSource,
  dir: string,
  begun: TakingRows,
  { options: { limit, maxMetadataBytes } }: ImportIdentity,
  { onRow, redact: redactOptions }: ImportOptions,
): Promise<JournalEnd> {
  const { files, journal, known } = begun;
  const redact = redactorOf(redactOptions);
  const aside = (found: SetAside): NewEntry => {
    const { value, counts } = redactValue(found, redact);
    return { kind: "aside", aside: value, redacted: counts };
  };
  let [read, sessions] = [0, begun.sessions];
  try {
    for await (const item of source.rows()) {
      read++;
      onRow?.(read);
      if (read > begun.entries) {
        const entry = isFault(item) ? aside(unreadable(item)) : await imported(item, read - 1);
        if (entry.kind === "session") sessions++;
        await files.note(journalLines([{ ...entry, at: files.at }]));
      }
      if (read >= begun.entries && sessions === limit) break;
    }
    await files.flush();
  } finally {
    await files.close();
  }
  const passedOver = (source.passedOver ?? []).map(({ path, why }) => ({ path: redactName(path).text, why }));
  const end: JournalEnd = { kind: "end", notes: source.notes(), passedOver, formats: source.found ?? [] };
  await journal.write(journalLines([end]));
  return end;

  function madeOf(recorded: TraceRow) {
    try {
      const { row, counts } = redactNames(recorded, redact);
      const { calls, told, toolsBySpan } = readTold(row);
      const session = sessionOf(row, calls);
      const { toolSpans = [], ...rest } = row;
      const kept = toolsBySpan ? { ...rest, toolSpans } : rest;
      return { row, counts, calls, told, session, made: spanRows(kept, { calls, session, maxMetadataBytes, redact }) };
    } catch (error) {
      return error as Error;
    }
  }

  async function imported(recorded: TraceRow, position: number): Promise<NewEntry> {
    const read = madeOf(recorded);
    // Whatever a row does to its reader, the rows after it are as good as before.
    if (read instanceof Error) return aside(unreadable(faultOf(read, source.name, position, recorded.sessionId)));
    const { row, counts, calls, told, session, made } = read;
    const write = rowLines();
    const before = known.get(row.sessionId);
    if (before) {
      const block = new ByteBlock(1 << 16);
      for (const one of made.rows) write(one, block);
      await files.flush();
      return await rowsAre(dir, before.from, before.to, block.view())
        ? { kind: "repeated", sessionId: row.sessionId }
        : aside(otherContent(source.name, position, row.sessionId));
    }
    const from = files.at;
    for (const one of made.rows) await files.row((block) => write(one, block));
    known.set(row.sessionId, { from, to: files.at });
    const redacted = addSecretCounts(counts, made.redacted);
    return {
      kind: "session",
      session: redactValue(session, redact).value,
      tally: tallyOf(row, calls, told, { ...made, redacted }),
    };
  }
}

function faultOf(error: Error, source: string, row: number, sessionId: string): TraceFault {
  return { fault: new RowError(source, row, "", jsonFault(error)).message, source, row, sessionId };
}

/** An entry whose place in the span files is not known yet. */
type NewEntry = JournalEntry extends infer E ? E extends JournalEntry ? Omit<E, "at"> : never : never;

function unreadable({ source, row, sessionId, fault }: TraceFault): SetAside {
  return { source, row, sessionId, reason: fault, kind: "unreadable" };
}

function otherContent(source: string, row: number, sessionId: string): SetAside {
  const reason = `session id "${sessionId}" was there before with other rows; the first one counts`;
  return { source, row, sessionId, reason, kind: "same id, other content" };
}
