import { type AsyncBuffer, parquetReadObjects } from "hyparquet";
import { RowError, type Session, SESSION_FIELDS, sessionOfRow } from "../model/mod.ts";
import { isNew } from "../model/columns.ts";
import { codecs } from "./parquet/codecs.ts";
import { openParquet } from "./parquet/file.ts";

/** Fields whose columns a table of sessions has and no table of traces has. */
const TELLING = ["sessionId", "durationS", "errorSpans"] as const;

/** Whether the names are those of a table of sessions, one row summed up each, as `deno task import` writes it. */
export function isSessionsTable(names: readonly string[]): boolean {
  return TELLING.every((field) => columnOf(field, names) !== undefined);
}

/** The column that holds a field: its own name, or the field's as tables of version 1 had it. */
function columnOf(field: keyof Session, names: readonly string[]): string | undefined {
  const column = COLUMNS.get(field)!;
  return names.includes(column.name) ? column.name : names.includes(field) ? field : undefined;
}

const COLUMNS = new Map(SESSION_FIELDS);

/** Reads a Parquet table of sessions. @throws {RowError} naming the row and the field of the first fault */
export async function readSessionsTable(buffer: AsyncBuffer, name: string): Promise<Session[]> {
  const file = await openParquet(buffer, name);
  const found = SESSION_FIELDS.map(([field, column]) => ({ column, there: columnOf(field, file.columns) }));
  const missing = found.flatMap(({ column, there }) => there === undefined && !isNew(column) ? [column.name] : []);
  if (missing.length) {
    throw new RowError(name, null, missing[0]!, `a table of sessions needs the columns ${missing.join(", ")} too`);
  }
  const rows = await parquetReadObjects({
    file: buffer,
    metadata: file.metadata,
    columns: found.flatMap(({ there }) => there ?? []),
    compressors: codecs,
  });
  return rows.map((row, i) => sessionOfRow(row, name, i));
}
