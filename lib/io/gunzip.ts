import { crc32, createInflateRaw } from "node:zlib";
import { ByteReader, uint32 } from "./byte_reader.ts";
import { through } from "./through.ts";

/** Flags of a member's header, and what each says is there. */
const [CHECKSUM, EXTRA, NAME, COMMENT] = [2, 4, 8, 16];

/**
 * Unpacks gzip, one member after the other, as log rotation and `cat` leave them. What was unpacked comes out before anything
 * is said of damage behind it, which the runtime's own unpacker does not do; zeros behind the last member, as tapes and
 * archives pad files, are none.
 *
 * Source: RFC 1952, 2.3.
 *
 * @throws {Error} when the data end within a member, do not have its checksum, or something else follows it
 */
export async function* gunzip(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(pieces[Symbol.asyncIterator]());
  try {
    while (await reader.has(1)) {
      const [a, b] = await reader.peek(await reader.has(2) ? 2 : 1);
      if (a === 0x1f && b === 0x8b) yield* member(reader);
      else if (await isPadding(reader)) return;
      else throw new Error("what follows its first member is no gzip");
    }
  } finally {
    await reader.end();
  }
}

async function* member(reader: ByteReader): AsyncGenerator<Uint8Array> {
  await passHeader(reader);
  const inflate = createInflateRaw();
  let [sum, size, given] = [0, 0, 0];
  async function* counted() {
    for await (const piece of reader.rest()) {
      given += piece.length;
      yield piece;
    }
  }
  for await (const piece of through(counted(), inflate)) {
    sum = crc32(piece, sum);
    size += piece.length;
    yield piece;
  }
  reader.takeBack(given - inflate.bytesWritten);
  const trailer = await reader.peek(8);
  if (uint32(trailer) !== sum >>> 0) throw new Error("its checksum is wrong");
  if (uint32(trailer.subarray(4)) !== size % 2 ** 32) throw new Error("its length is wrong");
  await pass(reader, 8);
}

async function passHeader(reader: ByteReader): Promise<void> {
  const flags = (await reader.peek(10))[3]!;
  await pass(reader, 10);
  if (flags & EXTRA) {
    const [low, high] = await reader.peek(2);
    await pass(reader, 2 + low! + 256 * high!);
  }
  for (const text of [NAME, COMMENT]) if (flags & text) { while (await next(reader) !== 0); }
  if (flags & CHECKSUM) await pass(reader, 2);
}

async function next(reader: ByteReader): Promise<number> {
  const [byte] = await reader.peek(1);
  await pass(reader, 1);
  return byte!;
}

async function pass(reader: ByteReader, count: number): Promise<void> {
  for await (const _ of reader.take(count));
}

async function isPadding(reader: ByteReader): Promise<boolean> {
  for await (const piece of reader.rest()) if (piece.some((byte) => byte !== 0)) return false;
  return true;
}
