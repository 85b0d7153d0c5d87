import { type AsyncBuffer, parquetReadObjects } from "hyparquet";
import { checkRow, RowError, type Session, sessionSchema } from "../model/mod.ts";
import { codecs } from "./parquet/codecs.ts";
import { openParquet } from "./parquet/file.ts";

/** Columns that a table of sessions has and no table of traces has. */
const TELLING = ["sessionId", "durationS"];

/** Whether the names are those of a table of sessions, one row summed up each, as `deno task import` writes it. */
export function isSessionsTable(names: readonly string[]): boolean {
  return TELLING.every((name) => names.includes(name));
}

/** Reads a Parquet table of sessions. @throws {RowError} naming the row and the field of the first fault */
export async function readSessionsTable(buffer: AsyncBuffer, name: string): Promise<Session[]> {
  const file = await openParquet(buffer, name);
  const wanted = Object.keys(sessionSchema.shape);
  const missing = wanted.filter((column) => !file.columns.includes(column));
  if (missing.length) {
    throw new RowError(name, null, missing[0]!, `a table of sessions needs the columns ${missing.join(", ")} too`);
  }
  const rows = await parquetReadObjects({
    file: buffer,
    metadata: file.metadata,
    columns: wanted,
    compressors: codecs,
  });
  return rows.map((row, i) => checkRow(sessionSchema, withNumbers(row), name, i));
}

/** 64-bit integers as numbers, where they are exact as such. */
function withNumbers(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => {
      const exact = typeof value === "bigint" && Number.isSafeInteger(Number(value));
      return [key, exact ? Number(value) : value];
    }),
  );
}
