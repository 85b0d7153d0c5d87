import { parquetReadObjects } from "hyparquet";
import { RowError } from "../model/mod.ts";
import { defaultLocations } from "../io/cache.ts";
import { hubEnvironment, type HubOptions, openHub } from "./hub/hub.ts";
import { codecs } from "./parquet/codecs.ts";
import { fileBuffer, openParquet, type ParquetFile } from "./parquet/file.ts";
import { listFiles } from "../io/files.ts";
import { valuesOf } from "./trace_json.ts";

/** A row of any table, with where it was. */
export interface TableRow {
  /** Values by column, as read. */
  columns: Record<string, unknown>;
  /** The file or shard, for messages. */
  source: string;
  /** Zero-based. */
  row: number;
}

/**
 * Rows of any table, whatever its columns: `hub:OWNER/NAME@REVISION`, or Parquet, JSONL and JSON files by path, folder or
 * glob. Parquet is read a row group at a time, and no further than is asked for.
 *
 * @throws {RowError} naming file and row for a line that is no JSON object
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { tableRows } from "agent-trace-lab/sources";
 * for await (const { columns } of tableRows("data/examples/sessions.jsonl")) {
 *   equal(typeof columns.session_id, "string");
 *   break;
 * }
 * ```
 */
export async function* tableRows(spec: string, hub?: HubOptions): AsyncGenerator<TableRow> {
  if (spec.startsWith("hub:")) {
    const { shards } = await openHub(spec, hub ?? { ...defaultLocations(), ...hubEnvironment() });
    try {
      for (const { path, buffer } of shards) yield* groups(await openParquet(buffer, `${spec}/${path}`));
    } finally {
      shards.forEach(({ buffer }) => buffer.close());
    }
    return;
  }
  for (const { path, format } of (await listFiles(spec)).files) {
    if (format === "parquet") {
      const buffer = fileBuffer(path);
      try {
        yield* groups(await openParquet(buffer, path));
      } finally {
        buffer.close();
      }
    } else {
      for await (const line of valuesOf(path, format)) {
        if ("fault" in line) throw new RowError(path, line.line, "", line.fault);
        if (typeof line.value !== "object" || line.value === null || Array.isArray(line.value)) {
          throw new RowError(path, line.line, "", "expected a JSON object, one row of the table");
        }
        yield { columns: line.value as Record<string, unknown>, source: path, row: line.line };
      }
    }
  }
}

async function* groups({ buffer, metadata, name }: ParquetFile): AsyncGenerator<TableRow> {
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const rows = await parquetReadObjects({ file: buffer, metadata, rowStart, rowEnd, compressors: codecs });
    for (const [i, columns] of rows.entries()) yield { columns, source: name, row: rowStart + i };
    rowStart = rowEnd;
  }
}
