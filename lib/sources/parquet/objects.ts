import { damageOf } from "./damage.ts";
import { parquetReadObjects } from "hyparquet";
import { RowError } from "../../model/mod.ts";
import { plain } from "../mapping/values.ts";
import { codecs } from "./codecs.ts";
import { fileBuffer, openParquet, type ParquetFile } from "./file.ts";
import { valueParsers } from "./text.ts";

/**
 * Rows of a Parquet file as JSON values, whatever its columns: integers of 64 bits as numbers where exact and as text
 * where not, times as ISO 8601. A row group is held at a time.
 *
 * @param most rows that are read
 * @throws {RowError} when it is not Parquet, or rows cannot be decoded
 */
export async function* parquetObjects(path: string, most = Infinity): AsyncGenerator<Record<string, unknown>> {
  const buffer = fileBuffer(path);
  try {
    const file = await openParquet(buffer, path);
    let rowStart = 0;
    for (const group of file.metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      if (rowStart >= most) return;
      yield* await readRows(file, rowStart, Math.min(rowEnd, most));
      rowStart = rowEnd;
    }
  } finally {
    buffer.close();
  }
}

async function readRows({ buffer, metadata, name }: ParquetFile, rowStart: number, rowEnd: number) {
  try {
    const options = { file: buffer, metadata, rowStart, rowEnd, compressors: codecs, parsers: valueParsers };
    return (await parquetReadObjects(options)).map((row) => plain(row) as Record<string, unknown>);
  } catch (error) {
    const detail = `rows ${rowStart} to ${rowEnd - 1} cannot be decoded (${damageOf(error)})`;
    throw new RowError(name, rowStart, "", detail);
  }
}
