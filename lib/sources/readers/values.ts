import { RowError } from "../../model/mod.ts";
import type { JsonLine } from "../../io/json_lines.ts";
import { parquetObjects } from "../parquet/objects.ts";
import { valuesOf } from "../trace_json.ts";
import type { LocalFile } from "../../io/files.ts";

/**
 * The values of a file, in order: rows of Parquet, lines or elements of JSON; or why one has none.
 *
 * @param parse for texts of JSON
 */
export function fileValues(
  { path, format, onBroken }: LocalFile,
  parse?: (text: string) => unknown,
): AsyncGenerator<JsonLine> {
  return format === "parquet" ? parquetValues(path) : valuesOf(path, format, onBroken, parse);
}

async function* parquetValues(path: string): AsyncGenerator<JsonLine> {
  let line = 0;
  try {
    for await (const value of parquetObjects(path)) yield { line: line++, value };
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    yield { line, fault: error.message.replace(/^[^:]*: /, "") };
  }
}
