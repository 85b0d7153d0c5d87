import type { ColumnMetaData } from "hyparquet";

/** First byte of a column chunk and the byte after its last. */
export function chunkRange(meta: ColumnMetaData): [start: number, end: number] {
  const data = Number(meta.data_page_offset);
  const dictionary = Number(meta.dictionary_page_offset ?? 0n);
  const start = dictionary > 0 && dictionary < data ? dictionary : data;
  return [start, start + Number(meta.total_compressed_size)];
}
