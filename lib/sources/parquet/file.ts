import { parquetMetadataAsync } from "hyparquet";
import type { AsyncBuffer, FileMetaData } from "hyparquet";
import { RowError } from "../../model/mod.ts";
import { chunkRange } from "./chunk_range.ts";
import { damageOf } from "./damage.ts";
import { codecs } from "./codecs.ts";
import { columnsOf, type Leaf, leavesOf } from "./schema.ts";

/** Bytes of a file by range, as hyparquet reads them. */
export interface ByteRanges {
  /** Size of the file. */
  byteLength: number;
  /** Bytes from `start` up to `end`, which is not among them; to the last unless told. */
  slice(start: number, end?: number): ArrayBuffer | Promise<ArrayBuffer>;
}

/** Bytes of a file by range, and how many of them were asked for. */
export interface CountedBuffer extends ByteRanges {
  /** Bytes that were asked for so far. */
  readonly bytesRead: number;
  /** Lets go of the file. */
  close(): void;
}

/** A Parquet file that is open: its name for messages, its bytes, its footer. */
export interface ParquetFile {
  name: string;
  buffer: AsyncBuffer;
  metadata: FileMetaData;
  leaves: Leaf[];
  /** Top-level columns. */
  columns: string[];
  rows: number;
}

/** Opens a local file for reading by range. */
export function fileBuffer(path: string): CountedBuffer {
  const file = Deno.openSync(path);
  const byteLength = file.statSync().size;
  let bytesRead = 0;
  return {
    byteLength,
    get bytesRead() {
      return bytesRead;
    },
    slice(start, end = byteLength) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, byteLength) - start));
      file.seekSync(start, Deno.SeekMode.Start);
      let filled = 0;
      while (filled < bytes.length) {
        const n = file.readSync(bytes.subarray(filled));
        if (n === null) {
          throw new RowError(path, null, "", `ends at byte ${start + filled}: it was cut while it was read`);
        }
        filled += n;
      }
      bytesRead += bytes.length;
      return bytes.buffer;
    },
    close: () => file.close(),
  };
}

/**
 * Reads the footer of a Parquet file.
 *
 * @throws {RowError} when it is not Parquet, is cut short, or uses a codec that cannot be read.
 */
export async function openParquet(buffer: AsyncBuffer, name: string): Promise<ParquetFile> {
  const footerBytes = await checkEnds(buffer, name);
  try {
    const metadata = await parquetMetadataAsync(buffer, { geoparquet: false, initialFetchSize: footerBytes });
    const leaves = leavesOf(metadata);
    checkFooter(metadata, leaves.length, buffer.byteLength);
    checkCodecs(metadata, name);
    return { name, buffer, metadata, leaves, columns: columnsOf(metadata), rows: Number(metadata.num_rows) };
  } catch (error) {
    if (error instanceof RowError) throw error;
    const why = damageOf(error);
    throw new RowError(
      name,
      null,
      "",
      `its footer cannot be read (${why}): the file is damaged or was cut; get it again`,
    );
  }
}

/** Whether a footer that could be parsed makes sense: each column of each row group has its place within the file. */
function checkFooter({ schema, row_groups, num_rows }: FileMetaData, leaves: number, byteLength: number): void {
  if (leaves === 0) throw new Error("no columns");
  if (schema.some(({ name }) => typeof name !== "string")) throw new Error("a column without a name");
  let rows = 0n;
  for (const [i, { columns, num_rows }] of row_groups.entries()) {
    rows += num_rows;
    if (columns.length !== leaves) throw new Error(`${columns.length} of ${leaves} columns in row group ${i}`);
    for (const [k, { meta_data: meta }] of columns.entries()) {
      const isWhole = Array.isArray(meta?.path_in_schema) && typeof meta.num_values === "bigint" &&
        meta.num_values >= 0n && typeof meta.data_page_offset === "bigint" && typeof meta.type === "string" &&
        typeof meta.total_compressed_size === "bigint";
      if (!isWhole) throw new Error(`column ${k} of row group ${i} is not described`);
      const [start, end] = chunkRange(meta);
      if (start < 4 || end < start || end > byteLength) {
        throw new Error(`column ${k} of row group ${i} lies outside of the file`);
      }
    }
  }
  if (num_rows < 0n || row_groups.length > 0 && rows !== num_rows) {
    throw new Error(`${num_rows} rows, and ${rows} in its row groups`);
  }
}

/** Checks both ends of the file and returns the length of its footer: reading no more than that spares the data's bytes. */
async function checkEnds(buffer: AsyncBuffer, name: string): Promise<number> {
  const { byteLength } = buffer;
  if (byteLength < 12) throw new RowError(name, null, "", `not a Parquet file: it has only ${byteLength} bytes`);
  const head = mark(await buffer.slice(0, 4));
  if (head !== "PAR1") {
    throw new RowError(
      name,
      null,
      "",
      `not a Parquet file: it should begin with "PAR1", found ${JSON.stringify(head)}`,
    );
  }
  const tail = await buffer.slice(byteLength - 8, byteLength);
  if (mark(tail.slice(4)) !== "PAR1") {
    const found = JSON.stringify(mark(tail.slice(4)));
    throw new RowError(
      name,
      null,
      "",
      `a Parquet file without its end ("PAR1" expected, found ${found}); get it again`,
    );
  }
  return Math.min(byteLength, new DataView(tail).getUint32(0, true) + 8);
}

const mark = (bytes: ArrayBuffer) => new TextDecoder("latin1").decode(bytes);

function checkCodecs(metadata: FileMetaData, name: string): void {
  for (const column of metadata.row_groups.flatMap((group) => group.columns)) {
    const codec = column.meta_data?.codec;
    if (codec === "UNCOMPRESSED" || (codec !== undefined && codec in codecs)) continue;
    const field = column.meta_data?.path_in_schema.join(".") ?? "";
    const known = ["UNCOMPRESSED", ...Object.keys(codecs)].sort().join(", ");
    throw new RowError(name, null, field, `compressed with codec ${codec ?? "unknown"}; this reader knows ${known}`);
  }
}
