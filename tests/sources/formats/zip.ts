/** Zip archives for tests, made by node:zlib and the bytes of the format. @module */
import { crc32, deflateRawSync, zstdCompressSync } from "node:zlib";

const METHODS = { stored: 0, deflate: 8, zstd: 93 } as const;

/** An archive of these files, all packed the same way. */
export function zipped(
  files: Readonly<Record<string, string | Uint8Array>>,
  method: keyof typeof METHODS = "deflate",
): Uint8Array {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const path = encoder.encode(name);
    const bytes = typeof content === "string" ? encoder.encode(content) : content;
    const packed = method === "stored" ? bytes : method === "deflate" ? deflateRawSync(bytes) : zstdCompressSync(bytes);
    const sizes = [crc32(bytes), packed.length, bytes.length];
    const common = [...u16(20), ...u16(0), ...u16(METHODS[method]), ...u16(0), ...u16(0), ...sizes.flatMap(u32)];
    const header = Uint8Array.from([...u32(0x04034b50), ...common, ...u16(path.length), ...u16(0)]);
    directory.push(
      Uint8Array.from([
        ...u32(0x02014b50),
        ...u16(20),
        ...common,
        ...u16(path.length),
        ...u16(0),
        ...u16(0),
        ...u16(0),
        ...u16(0),
        ...u32(0),
        ...u32(offset),
      ]),
      path,
    );
    parts.push(header, path, packed);
    offset += header.length + path.length + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = Object.keys(files).length;
  const end = [
    ...u32(0x06054b50),
    ...u16(0),
    ...u16(0),
    ...u16(count),
    ...u16(count),
    ...u32(size),
    ...u32(offset),
    ...u16(0),
  ];
  const all = [...parts, ...directory, Uint8Array.from(end)];
  const whole = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const u16 = (n: number) => [n & 255, n >> 8 & 255];
const u32 = (n: number) => [n & 255, n >>> 8 & 255, n >>> 16 & 255, n >>> 24 & 255];
