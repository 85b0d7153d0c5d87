import type { AsyncBuffer } from "hyparquet";
import { RowError, type Session } from "../../model/mod.ts";
import type { Mapping, SpanField } from "../mapping/mapping.ts";
import { reader } from "../mapping/lookup.ts";
import { rowMaker, type Tally } from "../mapping/row.ts";
import { plainColumns, spanColumns } from "./columns.ts";
import { plain, toText } from "../mapping/values.ts";
import { openParquet } from "./file.ts";
import { listedRows, plainRows } from "./rows.ts";
import { sessionWithoutTexts } from "../session_sums.ts";
import type { TraceFault } from "../trace_stream.ts";
import { detectParquet } from "../traces.ts";

/** Sessions of a file summed up, and what could not be. */
export interface SessionsRead {
  sessions: Session[];
  faults: TraceFault[];
  /** What was left out, counted by reason. */
  leftOut: Record<string, number>;
}

const NUMBERS: SpanField[] = [
  "startTime",
  "endTime",
  "statusCode",
  "inputTokens",
  "cachedTokens",
  "cacheWriteTokens",
  "outputTokens",
  "reasoningTokens",
];

/**
 * Tokens, times, calls and grades of each session of a Parquet file, without reading a byte of its texts: of the list of
 * spans only the columns of counts and times are read. `toolErrors` is null, because errors of tools are in the texts.
 *
 * @param mapping told from the schema when not given.
 * @throws {RowError} as `openTraces` does.
 */
export async function readSessions(buffer: AsyncBuffer, name: string, mapping?: Mapping): Promise<SessionsRead> {
  const file = await openParquet(buffer, name);
  const chosen = { ...mapping ?? detectParquet(file), metadata: [] };
  const columns = plainColumns(file, chosen);
  const spans = spanColumns(file, chosen, NUMBERS);
  const leftOut: Tally = new Map();
  const make = rowMaker(chosen, leftOut);
  const idOf = reader(chosen.session.sessionId);
  const sessions: Session[] = [];
  const faults: TraceFault[] = [];
  let row = 0;
  for (let group = 0; group < file.metadata.row_groups.length; group++) {
    const listed = listedRows(file, group, spans);
    try {
      for (const columnsOfRow of await plainRows(file, group, columns)) {
        const parts = (await listed.next()).value ?? null;
        // No text of the span is read, its id neither; a session summed up does not show it.
        for (const span of parts ?? []) if (span) span.spanId = "not read";
        try {
          sessions.push(sessionWithoutTexts(make({ columns: columnsOfRow, spans: parts }, name, row)));
        } catch (error) {
          if (!(error instanceof RowError)) throw error;
          faults.push({ fault: error.message, source: name, row, sessionId: toText(idOf(columnsOfRow)) });
        }
        row++;
      }
    } finally {
      await listed.return(undefined);
    }
  }
  return { sessions, faults, leftOut: Object.fromEntries(leftOut) };
}

/** Columns outside the spans, as read. */
export interface MetadataRows {
  columns: string[];
  rows: Record<string, unknown>[];
}

/** Every column of a Parquet file but its spans, of which no byte is read. */
export async function readMetadataOnly(buffer: AsyncBuffer, name: string, mapping?: Mapping): Promise<MetadataRows> {
  const file = await openParquet(buffer, name);
  const { spans } = mapping ?? detectParquet(file);
  const columns = file.columns.filter((column) => column !== spans);
  const rows: Record<string, unknown>[] = [];
  for (let group = 0; group < file.metadata.row_groups.length; group++) {
    for (const row of await plainRows(file, group, columns)) rows.push(plain(row) as Record<string, unknown>);
  }
  return { columns, rows };
}
