import { parquetReadObjects } from "hyparquet";
import { RowError } from "../../model/mod.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { SPAN_FIELDS } from "../mapping/span_fields.ts";
import type { RowParts, SpanParts } from "../mapping/row.ts";
import { codecs } from "./codecs.ts";
import { plainColumns, type SpanColumn, spanColumns } from "./columns.ts";
import type { ParquetFile } from "./file.ts";
import { ABSENT, type LeafRow, listRows } from "./lists.ts";
import { chunkRange } from "./chunk_range.ts";
import { damageOf } from "./damage.ts";
import { valueParsers } from "./text.ts";
import { windowsOver } from "./window.ts";

/** A row group that cannot be decoded, from some row on. The file's other groups are as good as before. */
export class DamagedError extends RowError {}

/** A row that is lost to damage, with the columns that could be read. */
export interface DamagedRow {
  fault: string;
  columns: Record<string, unknown> | null;
}

/**
 * Rows of a Parquet file, taken apart as a mapping says: one row group at a time, in it one page a column at a time, and
 * of that one row's texts, so that memory depends neither on the number of rows nor on the size of a group. Only the
 * columns that the mapping places are read. Where a group is damaged, its rows from there on come as {@link DamagedRow}s.
 */
export async function* parquetRows(
  file: ParquetFile,
  mapping: Mapping,
  signal?: AbortSignal,
): AsyncGenerator<RowParts | DamagedRow> {
  const columns = plainColumns(file, mapping);
  const spans = spanColumns(file, mapping, SPAN_FIELDS);
  for (let group = 0; group < file.metadata.row_groups.length; group++) {
    signal?.throwIfAborted();
    let plain: Record<string, unknown>[] | null = null;
    let read = 0;
    try {
      plain = await plainRows(file, group, columns);
      for await (const parts of groupRows(file, mapping, group, plain, spans)) {
        signal?.throwIfAborted();
        read++;
        yield parts;
      }
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
      for (; read < Number(file.metadata.row_groups[group]!.num_rows); read++) {
        yield { fault: error.message, columns: plain?.[read] ?? null };
      }
    }
  }
}

async function* groupRows(
  file: ParquetFile,
  mapping: Mapping,
  group: number,
  plain: readonly Record<string, unknown>[],
  spans: SpanColumn[],
): AsyncGenerator<RowParts> {
  const listed = listedRows(file, group, spans);
  try {
    for (const row of plain) {
      const { value, done } = await listed.next();
      if (done) {
        throw new RowError(file.name, null, mapping.spans, `has fewer rows than the other columns of group ${group}`);
      }
      yield { columns: row, spans: value };
    }
  } finally {
    await listed.return(undefined);
  }
}

/** The top-level columns of a row group; bytes of other columns are not touched. */
export async function plainRows(
  file: ParquetFile,
  group: number,
  columns: string[],
): Promise<Record<string, unknown>[]> {
  const { row_groups } = file.metadata;
  const rowStart = row_groups.slice(0, group).reduce((sum, g) => sum + Number(g.num_rows), 0);
  const rowEnd = rowStart + Number(row_groups[group]!.num_rows);
  const { buffer, metadata } = file;
  try {
    return await parquetReadObjects({
      file: buffer,
      metadata,
      columns,
      rowStart,
      rowEnd,
      compressors: codecs,
      parsers: valueParsers,
    });
  } catch (error) {
    throw damaged(file, group, error);
  }
}

/** The spans of each row of a row group, with the parts that `columns` hold. */
export async function* listedRows(
  file: ParquetFile,
  group: number,
  columns: SpanColumn[],
): AsyncGenerator<(SpanParts | null)[] | null> {
  const leaves = [...new Set(columns.flatMap((column) => column.leaves))];
  const chunks = leaves.map((leaf) => file.metadata.row_groups[group]!.columns[leaf.index]!);
  const ranges = chunks.map((chunk) => {
    const [start, end] = chunkRange(chunk.meta_data!);
    return { start, end };
  });
  const windows = windowsOver(file.buffer, ranges);
  const rows = leaves.map((leaf, i) => listRows(leaf, chunks[i]!, windows[i]!));
  const places = columns.map(({ leaves: of, ...rest }) => ({ ...rest, at: of.map((leaf) => leaves.indexOf(leaf)) }));
  try {
    while (true) {
      const values: LeafRow[] = [];
      for (const [i, column] of rows.entries()) {
        try {
          const { value, done } = await column.next();
          if (done) return;
          values.push(value);
        } catch (error) {
          throw damaged(file, group, error, leaves[i]!.name);
        }
      }
      if (values.some((list) => list?.length !== values[0]?.length)) {
        throw damaged(file, group, new Error("its columns have lists of different lengths"));
      }
      yield zip(values, places);
    }
  } finally {
    for (const column of rows) await column.return(undefined);
    for (const window of windows) window.close();
  }
}

interface Placed {
  field: SpanColumn["field"];
  constant: string | null;
  at: number[];
}

function zip(values: LeafRow[], places: Placed[]): (SpanParts | null)[] | null {
  const first = values[0];
  if (!first) return null;
  return first.map((head, i) => {
    if (head === ABSENT) return null;
    const parts: SpanParts = {};
    for (const { field, constant, at } of places) {
      let value: unknown = null;
      for (let k = 0; k < at.length && value === null; k++) value = values[at[k]!]![i] ?? null;
      parts[field] = value ?? constant;
    }
    return parts;
  });
}

function damaged(file: ParquetFile, group: number, error: unknown, column = ""): Error {
  // What the network did not bring is no damage of the file.
  const notDamage = ["AbortError", "HttpError", "TransferError"];
  if (error instanceof RowError || notDamage.includes((error as Error).name)) return error as Error;
  const why = damageOf(error);
  return new DamagedError(
    file.name,
    null,
    column,
    `row group ${group} cannot be read (${why}): the file is damaged; get it again`,
  );
}
