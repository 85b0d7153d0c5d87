import { createZstdDecompress } from "node:zlib";
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
  const reader = new Reader(pieces[Symbol.asyncIterator]());
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
async function* frame(reader: Reader): AsyncGenerator<Uint8Array> {
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

const uint32 = ([a, b, c, d]: Uint8Array) => (a! | b! << 8 | c! << 16 | d! << 24) >>> 0;

/** Bytes of pieces, a number of them at a time. */
class Reader {
  #held = new Uint8Array();

  constructor(readonly pieces: AsyncIterator<Uint8Array>) {}

  /** Whether there are so many bytes more. */
  async has(count: number): Promise<boolean> {
    while (this.#held.length < count) {
      const { value, done } = await this.pieces.next();
      if (done) return false;
      const whole = new Uint8Array(this.#held.length + value.length);
      whole.set(this.#held);
      whole.set(value, this.#held.length);
      this.#held = whole;
    }
    return true;
  }

  /** The next bytes, which stay the next ones. */
  async peek(count: number): Promise<Uint8Array> {
    if (!await this.has(count)) throw new Error("it ends within a frame");
    return this.#held.subarray(0, count);
  }

  /** The next bytes, in pieces. */
  async *take(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0;) {
      await this.peek(1);
      const piece = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  async end(): Promise<void> {
    await this.pieces.return?.(undefined);
  }
}
