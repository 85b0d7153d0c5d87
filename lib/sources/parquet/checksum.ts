import { crc32 } from "node:zlib";
import type { PageHeader } from "hyparquet";

/** Compares a page with its CRC-32, where the file has one (Apache Parquet, `PageHeader.crc`). @throws {Error} when they differ */
export function checkSum(header: Pick<PageHeader, "crc">, bytes: Uint8Array, at: number): void {
  if (header.crc === undefined || header.crc === null) return;
  if (crc32(bytes) !== header.crc >>> 0) throw new Error(`the page at byte ${at} is damaged: its checksum is another`);
}
