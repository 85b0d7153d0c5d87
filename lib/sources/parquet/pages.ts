import { parquetHeader } from "hyparquet/src/column.js";
import { convert, convertWithDictionary, DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { decompressPage, readDataPage, readDataPageV2 } from "hyparquet/src/datapage.js";
import { readPlain } from "hyparquet/src/plain.js";
import type { ColumnChunk, Compressors, DecodedArray, PageHeader } from "hyparquet";
import { listedParsers, textOf } from "./text.ts";
import { free } from "./free.ts";
import { codecs } from "./codecs.ts";
import type { Page } from "./page.ts";
import type { ByteWindow } from "./window.ts";
import { checkSum } from "./checksum.ts";
import { chunkRange } from "./chunk_range.ts";
import { isStreamed, streamedPage } from "./streamed.ts";
import type { Leaf } from "./schema.ts";

/** The most a page header may take; they are some tens of bytes, unless statistics hold long texts. */
const HEADER_BYTES = 1 << 16;

/**
 * Pages of one column chunk, one at a time: at no time are more than one page's bytes held, and of a large page of texts
 * not even those. Texts stay bytes until they are asked for (`utf8: false`).
 */
export async function* pagesOf(leaf: Leaf, chunk: ColumnChunk, window: ByteWindow): AsyncGenerator<Page> {
  const meta = chunk.meta_data!;
  const [compressors, freePage] = freeable(codecs);
  const decoder = {
    pathInSchema: meta.path_in_schema,
    type: meta.type,
    element: leaf.schemaPath.at(-1)!.element,
    schemaPath: leaf.schemaPath,
    codec: meta.codec,
    parsers: { ...DEFAULT_PARSERS, ...listedParsers },
    compressors,
    utf8: false,
  };
  const [start, end] = chunkRange(meta);
  let dictionary: DecodedArray | undefined;
  let left = Number(meta.num_values);
  for (let offset = start; offset < end && left > 0;) {
    const { header, length } = headerAt(await window.bytes(offset, Math.min(offset + HEADER_BYTES, end)));
    const body = offset + length;
    const bytes = await window.bytes(body, body + header.compressed_page_size);
    offset = body + header.compressed_page_size;
    checkSum(header, bytes, body);
    if (header.type === "DICTIONARY_PAGE") {
      const page = decompressPage(bytes, header.uncompressed_page_size, meta.codec, compressors);
      // A copy, because the dictionary is needed longer than its bytes are held.
      const own = page.slice();
      const reader = { view: new DataView(own.buffer), offset: 0 };
      const count = header.dictionary_page_header!.num_values;
      dictionary = readable(convert(readPlain(reader, meta.type, count, decoder.element.type_length), decoder));
      freePage();
      continue;
    }
    if (isStreamed(meta, header)) {
      const page = streamedPage(leaf, meta.codec, header, bytes);
      left -= page.length;
      yield page;
      continue;
    }
    const { encoding, num_values } = header.data_page_header ?? header.data_page_header_v2!;
    const data = header.type === "DATA_PAGE"
      ? readDataPage(
        decompressPage(bytes, header.uncompressed_page_size, meta.codec, compressors),
        header.data_page_header!,
        decoder,
      )
      : readDataPageV2(bytes, header, decoder);
    left -= num_values;
    const values = convertWithDictionary(data.dataPage, dictionary, encoding, decoder);
    let next = 0;
    try {
      yield {
        repetition: data.repetitionLevels,
        definition: data.definitionLevels ?? [],
        length: num_values,
        value: () => values[next++],
      };
    } finally {
      freePage();
    }
  }
  if (left > 0) throw new Error(`holds ${left} values fewer than the footer says`);
}

/** A text of a dictionary is decoded once, however many rows have it. */
function readable(dictionary: DecodedArray): DecodedArray {
  return Array.isArray(dictionary) ? dictionary.map(textOf) : dictionary;
}

/** Codecs that remember what they made last, and how to give its memory back. */
function freeable(codecs: Compressors): [Compressors, () => void] {
  let made: Uint8Array | null = null;
  const kept = Object.entries(codecs).map(([name, decompress]) => [
    name,
    (input: Uint8Array, length: number) => made = decompress(input, length),
  ]);
  const freePage = () => {
    if (made) free(made);
    made = null;
  };
  return [Object.fromEntries(kept), freePage];
}

function headerAt(bytes: Uint8Array): { header: PageHeader; length: number } {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const header = parquetHeader(reader);
  if (!["DICTIONARY_PAGE", "DATA_PAGE", "DATA_PAGE_V2"].includes(header.type)) {
    throw new Error(`a page of type ${header.type ?? "unknown"} where data was expected`);
  }
  return { header, length: reader.offset };
}
