import type { Redacted } from "../model/mod.ts";

/** Something to be sent. */
export interface Sendable {
  /** The JSON that is sent. */
  text: Redacted<string>;
  /** Id of the row or record: the service replaces what it has under it. */
  id: string;
  /** What it belongs to: the root of its session, or itself. */
  root: string;
  /** Whether it carries a verdict. */
  judged: boolean;
  /** Its score with the verdict; null when it has none. */
  score?: number | null;
  /** What it is without the verdict: the hash of its text, and its score. */
  own?: { hash: string; score: number | null };
  /** Where it comes from. */
  path: string;
  /** From 1. */
  line: number;
}

/**
 * Groups items into batches of at most `maxItems` and, as far as single items allow, `maxBytes()` bytes of UTF-8. The limit
 * is asked for anew for each item, so that it may shrink on the way.
 */
export async function* batches<T extends Pick<Sendable, "text">>(
  items: AsyncIterable<T>,
  { maxItems, maxBytes }: { maxItems: number; maxBytes: () => number },
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  let bytes = 0;
  for await (const item of items) {
    const size = utf8Bytes(item.text) + 1;
    if (batch.length > 0 && (batch.length >= maxItems || bytes + size > maxBytes())) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(item);
    bytes += size;
  }
  if (batch.length) yield batch;
}

/** Bytes of a text in UTF-8. */
export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * Runs `work` on each batch, `concurrency` at a time. After the first error nothing new is begun; it is thrown when what is
 * under way has ended.
 */
export async function inParallel<T>(
  items: AsyncGenerator<T>,
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  // An async generator must not be asked again before it has answered.
  const next = () => {
    const mine = last.then(() => items.next());
    last = mine.catch(() => {});
    return mine;
  };
  let failed = false;
  const worker = async () => {
    try {
      while (!failed) {
        const { value, done } = await next();
        if (done) return;
        await work(value);
      }
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  const results = await Promise.allSettled(Array.from({ length: concurrency }, worker));
  await items.return(undefined);
  const first = results.find((result) => result.status === "rejected");
  if (first) throw first.reason;
}
