import { Buffer } from "node:buffer";
import type { ColumnMetaData, PageHeader } from "hyparquet";
import { readRleBitPackedHybrid } from "hyparquet/src/encoding.js";
import { BrotliDecompress, Gunzip, ZstdDecompress } from "minizlib";
import { free } from "./free.ts";
import type { Page } from "./page.ts";
import type { Leaf } from "./schema.ts";

/** Pages of texts larger than this are decompressed as they are read. */
const LARGE_BYTES = 2 << 20;
/** Bytes decompressed at once: few enough to stay in the processor's cache, which makes it four times as fast. */
const PIECE_BYTES = 64 << 10;
// The stream passes its options on to the runtime's zlib, which knows this one; its own types do not list it.
const OPTIONS: object = { chunkSize: PIECE_BYTES };
/** Compressed bytes taken at once; what they expand to waits in memory. */
const INPUT_BYTES = 8 << 10;

const STREAMS: Record<string, (() => ZstdDecompress | Gunzip | BrotliDecompress) | undefined> = {
  ZSTD: () => new ZstdDecompress(OPTIONS),
  GZIP: () => new Gunzip(OPTIONS),
  BROTLI: () => new BrotliDecompress(OPTIONS),
};

/** Whether a page can be read by {@link streamedPage}: a large one of plain texts, of a codec that streams. */
export function isStreamed({ type, codec }: ColumnMetaData, header: PageHeader): boolean {
  const { encoding } = header.data_page_header ?? header.data_page_header_v2!;
  return type === "BYTE_ARRAY" && encoding === "PLAIN" && header.uncompressed_page_size > LARGE_BYTES &&
    STREAMS[codec] !== undefined && header.data_page_header_v2?.is_compressed !== false;
}

/** Opens a page whose values are decompressed one after the other, as they are asked for: it is never held whole. */
export function streamedPage(leaf: Leaf, codec: string, header: PageHeader, bytes: Uint8Array): Page {
  const { data_page_header: v1, data_page_header_v2: v2 } = header;
  const length = (v1 ?? v2!).num_values;
  const levels = (bytes: Uint8Array, max: number) => max === 0 ? [] : levelsIn(bytes, length, max);
  if (v2) {
    const [first, second] = [v2.repetition_levels_byte_length, v2.definition_levels_byte_length];
    return {
      length,
      repetition: levels(bytes.subarray(0, first), leaf.maxRepetition),
      definition: levels(bytes.subarray(first, first + second), leaf.maxDefinition),
      value: valuesOf(decompressed(codec, bytes.subarray(first + second))),
    };
  }
  // Levels of the first kind of page are compressed with the values, each behind its length.
  const source = decompressed(codec, bytes);
  const sized = (max: number) => max === 0 ? [] : levels(source.take(uint32(source.take(4))), max);
  const repetition = sized(leaf.maxRepetition);
  return { length, repetition, definition: sized(leaf.maxDefinition), value: valuesOf(source) };
}

function levelsIn(bytes: Uint8Array, count: number, max: number): number[] {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const levels: number[] = Array(count);
  readRleBitPackedHybrid(reader, 32 - Math.clz32(max), levels, bytes.length);
  return levels;
}

const uint32 = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);

const valuesOf = ({ take }: ByteSource) => () => take(uint32(take(4)));

/** Bytes in order, a number of them at a time; what was taken is valid until the next is. */
interface ByteSource {
  take(count: number): Uint8Array;
}

function decompressed(codec: string, bytes: Uint8Array): ByteSource {
  const stream = STREAMS[codec]!();
  const pieces: Uint8Array[] = [];
  let failure: unknown = null;
  stream.on("data", (piece: Uint8Array) => pieces.push(piece));
  stream.on("error", (error: unknown) => failure ??= error);
  let read = 0;
  let piece = new Uint8Array();
  let at = 0;
  // For what begins in one piece and ends in another.
  let across = new Uint8Array();

  function nextPiece(missing: number): Uint8Array {
    while (pieces.length === 0 && read < bytes.length && !failure) {
      const part = bytes.subarray(read, read += INPUT_BYTES);
      stream.write(Buffer.from(part.buffer, part.byteOffset, part.length));
      if (read >= bytes.length) {
        stream.end();
        // Its window is megabytes that the garbage collector does not see.
        stream.close();
      }
    }
    if (failure) throw failure;
    const next = pieces.shift();
    if (!next) throw new Error(`a page ends ${missing} bytes early`);
    return next;
  }

  return {
    take(count) {
      if (at + count <= piece.length) return piece.subarray(at, at += count);
      if (across.length < count) across = new Uint8Array(count * 2);
      const whole = across.subarray(0, count);
      for (let filled = 0; filled < count;) {
        if (at === piece.length) {
          free(piece);
          [piece, at] = [nextPiece(count - filled) as Uint8Array<ArrayBuffer>, 0];
        }
        const part = piece.subarray(at, at + count - filled);
        whole.set(part, filled);
        filled += part.length;
        at += part.length;
      }
      return whole;
    },
  };
}
