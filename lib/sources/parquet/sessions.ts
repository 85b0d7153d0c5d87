import { RowError, type Session } from "../../model/mod.ts";
import { jsonFault } from "../../model/json_fault.ts";
import { sessionOf } from "../../traces/mod.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { SpanField } from "../mapping/span_fields.ts";
import { reader } from "../mapping/lookup.ts";
import { newNotes, type NotedCounts, notedCounts } from "../mapping/notes.ts";
import { rowMaker, type SpanParts } from "../mapping/row.ts";
import { plainColumns, spanColumns } from "./columns.ts";
import { plain, toText, toTexts } from "../mapping/values.ts";
import { type ByteRanges, openParquet, type ParquetFile } from "./file.ts";
import { listedRows, plainRows } from "./rows.ts";
import type { TraceFault } from "../trace_stream.ts";
import { detectParquet } from "../traces.ts";

/** Sessions of a file summed up, and what could not be. */
export interface SessionsRead {
  /** In the order of the file. */
  sessions: Session[];
  /** Rows that could not be read, and why. */
  faults: TraceFault[];
  /** What was left out, could not be read, or was put right, counted by reason. */
  notes: NotedCounts;
}

const NUMBERS: SpanField[] = [
  "parentSpanId",
  "startTime",
  "endTime",
  "statusCode",
  "inputTokens",
  "cachedTokens",
  "cacheWriteTokens",
  "outputTokens",
  "reasoningTokens",
  "totalTokens",
  "usd",
];
/** What tells spans from each other: read only of sessions whose numbers leave it open. */
const IDS: SpanField[] = ["traceId", "spanId", "responseId", "requestModel", "responseModel"];

/**
 * Tokens, times, calls and grades of each session of a Parquet file, without reading a byte of its texts: of the list of
 * spans only the columns of counts and times are read, and ids where two spans may be the same. `toolErrors` is null,
 * because errors of tools are in the texts.
 *
 * @param mapping told from the schema when not given.
 * @throws {RowError} as `openTraces` does.
 */
export async function readSessions(buffer: ByteRanges, name: string, mapping?: Mapping): Promise<SessionsRead> {
  const file = await openParquet(buffer, name);
  const chosen = { ...mapping ?? detectParquet(file), metadata: [] };
  const columns = plainColumns(file, chosen);
  const spans = spanColumns(file, chosen, NUMBERS);
  const notes = newNotes();
  const make = rowMaker(chosen, notes);
  const [idOf, modelsOf] = [reader(chosen.session.sessionId), reader(chosen.session.models)];
  const sessions: Session[] = [];
  const faults: TraceFault[] = [];
  let row = 0;
  for (let group = 0; group < file.metadata.row_groups.length; group++) {
    const listed = listedRows(file, group, spans);
    const ids = new IdsOnDemand(file, group, chosen);
    try {
      for (const [i, columnsOfRow] of (await plainRows(file, group, columns)).entries()) {
        const parts: (SpanParts | null)[] | null = (await listed.next()).value ?? null;
        const unnamed = !toTexts(modelsOf(columnsOfRow))?.length;
        if (parts && (unnamed || mayRepeat(parts))) await ids.addTo(parts, i);
        // No id of the others is read; a session summed up does not show it.
        else parts?.forEach((span, n) => span && (span.spanId = String(n)));
        try {
          sessions.push(sessionOf(make({ columns: columnsOfRow, spans: parts }, name, row), null));
        } catch (error) {
          const fault = error instanceof RowError ? error : new RowError(name, row, "", jsonFault(error));
          faults.push({ fault: fault.message, source: name, row, sessionId: toText(idOf(columnsOfRow)) });
        }
        row++;
      }
    } finally {
      await listed.return(undefined);
      await ids.close();
    }
  }
  return { sessions, faults, notes: notedCounts(notes) };
}

/**
 * Whether two spans may be the same by what is known without their ids: copies start together, or do not say when; one call
 * within or beside another has its tokens, or has none.
 */
function mayRepeat(spans: readonly (SpanParts | null)[]): boolean {
  const there = spans.filter((span) => span !== null);
  if (there.some(({ parentSpanId }) => parentSpanId)) return true;
  if (there.length < 2) return false;
  if (there.some((span) => !span.startTime || isMissing(span.inputTokens) || isMissing(span.outputTokens))) return true;
  return !allDiffer(there.map(({ startTime }) => startTime as string)) ||
    // Inputs that differ are enough, and mostly they grow.
    (!ascends(there.map(({ inputTokens }) => inputTokens as number)) &&
      !allDiffer(there.map(({ inputTokens, outputTokens }) => `${inputTokens} ${outputTokens}`)));
}

const isMissing = (value: unknown) => value === null || value === undefined;
const ascends = <T>(values: readonly T[]) => values.every((value, i) => i === 0 || value > values[i - 1]!);
const allDiffer = (values: readonly string[]) => ascends(values) || new Set(values).size === values.length;

/** The ids of the spans of a row group, read as far as they are asked for. */
class IdsOnDemand {
  #rows: AsyncGenerator<(SpanParts | null)[] | null> | null = null;
  #next = 0;

  constructor(readonly file: ParquetFile, readonly group: number, readonly mapping: Mapping) {}

  /** Adds the ids of a row, which comes after all asked for before. */
  async addTo(spans: readonly (SpanParts | null)[], row: number): Promise<void> {
    this.#rows ??= listedRows(this.file, this.group, spanColumns(this.file, this.mapping, IDS));
    let ids: (SpanParts | null)[] | null = null;
    while (this.#next <= row) {
      ids = (await this.#rows.next()).value ?? null;
      this.#next++;
    }
    spans.forEach((span, i) => span && Object.assign(span, { ...ids?.[i], modelCall: span.modelCall }));
  }

  async close(): Promise<void> {
    await this.#rows?.return(undefined);
  }
}

/** Columns outside the spans, as read. */
export interface MetadataRows {
  /** Names, in the file's order. */
  columns: string[];
  /** Values by column. */
  rows: Record<string, unknown>[];
}

/** Every column of a Parquet file but its spans, of which no byte is read. */
export async function readMetadataOnly(buffer: ByteRanges, name: string, mapping?: Mapping): Promise<MetadataRows> {
  const file = await openParquet(buffer, name);
  const { spans } = mapping ?? detectParquet(file);
  const columns = file.columns.filter((column) => column !== spans);
  const rows: Record<string, unknown>[] = [];
  for (let group = 0; group < file.metadata.row_groups.length; group++) {
    for (const row of await plainRows(file, group, columns)) rows.push(plain(row) as Record<string, unknown>);
  }
  return { columns, rows };
}
