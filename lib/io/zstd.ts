import { createZstdDecompress } from "node:zlib";
import { ByteReader, uint32 } from "./byte_reader.ts";
import { through } from "./through.ts";

const MAGIC = 0xfd2fb528;
/** Frames of other programs' own, which hold no data: 0x184D2A50 to 0x184D2A5F. */
const SKIPPABLE = 0x184d2a5;

/**
 * Unpacks zstd, one frame after the other, as `zstd` and `pzstd` write them. The runtime's decompressor ends with the first
 * frame and takes one that is cut for whole; so frames are told apart here, by the lengths that stand before their blocks.
 *
 * Source: RFC 8878, 3.1: frames, blocks, skippable frames.
 *
 * @throws {Error} when the data end within a frame, or are no zstd
 */
export async function* unzstd(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(pieces[Symbol.asyncIterator]());
  try {
    while (await reader.has(1)) {
      const magic = uint32(await reader.peek(4));
      if (magic >>> 4 === SKIPPABLE) {
        const length = 8 + uint32((await reader.peek(8)).subarray(4));
        for await (const _ of reader.take(length));
      } else if (magic === MAGIC) yield* through(frame(reader), createZstdDecompress());
      else throw new Error("what follows its first frame is no zstd");
    }
  } finally {
    await reader.end();
  }
}

/** The bytes of one frame. */
async function* frame(reader: ByteReader): AsyncGenerator<Uint8Array> {
  const descriptor = (await reader.peek(5))[4]!;
  const [sizeFlag, singleSegment, checksum, dictionaryFlag] = [
    descriptor >> 6,
    descriptor >> 5 & 1,
    descriptor >> 2 & 1,
    descriptor & 3,
  ];
  const size = [singleSegment, 2, 4, 8][sizeFlag]!;
  yield* reader.take(5 + (1 - singleSegment) + [0, 1, 2, 4][dictionaryFlag]! + size);
  for (let last = false; !last;) {
    const [a, b, c] = await reader.peek(3) as unknown as [number, number, number];
    const header = a | b << 8 | c << 16;
    last = (header & 1) === 1;
    // Of a block of one repeated byte that byte alone is there.
    yield* reader.take(3 + ((header >> 1 & 3) === 1 ? 1 : header >> 3));
  }
  if (checksum) yield* reader.take(4);
}
