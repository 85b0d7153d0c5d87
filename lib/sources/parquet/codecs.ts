import * as zlib from "node:zlib";
import { compressors as portable } from "hyparquet-compressors";
import type { Compressors } from "hyparquet";

const view = (bytes: Uint8Array) => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * How the pages of a Parquet file are decompressed: by the runtime's own zstd, gzip and brotli (three times as fast as
 * the portable ones), by WebAssembly for Snappy and by the portable code for the rest.
 */
export const codecs: Compressors = {
  ...portable,
  GZIP: (input) => view(zlib.gunzipSync(input)),
  BROTLI: (input) => view(zlib.brotliDecompressSync(input)),
  // A chunk as large as the page saves assembling it from small ones.
  ZSTD: (input, length) => view(zlib.zstdDecompressSync(input, { chunkSize: Math.max(length, 64) })),
};
