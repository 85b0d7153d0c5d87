import type { Transform } from "node:stream";

/** Bytes handed over at once: what they unpack to is held until it is taken. */
const STEP_BYTES = 1 << 16;

/**
 * Bytes piece by piece through a stream that packs or unpacks, one step at a time. Where the source or the stream fails, all
 * that had come out by then is given first: of a file that is cut, what was whole. A stream that ends of itself takes no more
 * of the source.
 *
 * @throws what the source or the stream throws, after what came out before it
 */
export async function* through(pieces: AsyncIterable<Uint8Array>, stream: Transform): AsyncGenerator<Uint8Array> {
  let out: Uint8Array[] = [];
  let fault: { error: unknown } | null = null;
  let settle: () => void = () => {};
  stream.on("data", (piece: Uint8Array) => out.push(piece));
  let ended = false;
  stream.on("end", () => {
    ended = true;
    settle();
  });
  stream.on("error", (error) => {
    fault ??= { error };
    settle();
  });
  // What a step brings out is there when it is done, or when the stream has failed.
  const step = (begin: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      settle = resolve;
      if (fault || ended) resolve();
      else begin(resolve);
    });
  try {
    for await (const piece of pieces) {
      for (let from = 0; from < piece.length && !fault && !ended; from += STEP_BYTES) {
        await step((done) => stream.write(piece.subarray(from, from + STEP_BYTES), () => done()));
        yield* out;
        out = [];
      }
      if (fault || ended) break;
    }
  } catch (error) {
    fault ??= { error };
  }
  // Nothing but the end is waited for here: its own callback comes before what it brings out.
  if (!fault && !ended) await step(() => stream.end());
  yield* out;
  stream.destroy();
  if (fault) throw (fault as { error: unknown }).error;
}
