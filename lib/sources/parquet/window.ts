import type { AsyncBuffer } from "hyparquet";
import { free } from "./free.ts";

/** Bytes of a file by range, read ahead so that many small ranges cost one read. */
export interface ByteWindow {
  /** Bytes from `start` up to `end`, valid until the next call. */
  bytes(start: number, end: number): Promise<Uint8Array>;
  /** Gives back the memory; no bytes are valid any more. */
  close(): void;
}

/** Bytes read at once from a column chunk. A page larger than this is read whole. */
const WINDOW_BYTES = 4 << 20;

/** Reads a range of a file, from `start` on, forwards only: one window is held at a time. */
export function windowOver(buffer: AsyncBuffer, rangeEnd: number): ByteWindow {
  let from = 0;
  let held = new Uint8Array(0);
  return {
    async bytes(start, end) {
      if (start < from || end > from + held.length) {
        const last = Math.min(rangeEnd, Math.max(end, start + WINDOW_BYTES));
        free(held);
        held = new Uint8Array(await buffer.slice(start, last));
        from = start;
      }
      return held.subarray(start - from, end - from);
    },
    close() {
      free(held);
      held = new Uint8Array(0);
    },
  };
}

/** A range of bytes of a file. */
export interface Range {
  start: number;
  end: number;
}

/**
 * Windows over several ranges of a file: ranges that touch and fit together in one window are read by one read, larger
 * ones piece by piece as they are used. No byte between ranges is read.
 */
export function windowsOver(buffer: AsyncBuffer, ranges: readonly Range[]): ByteWindow[] {
  const order = ranges.map((range, i) => ({ ...range, i })).sort((a, b) => a.start - b.start);
  const windows: ByteWindow[] = Array(ranges.length);
  for (let first = 0; first < order.length;) {
    const { start } = order[first]!;
    let next = first + 1;
    let { end } = order[first]!;
    while (order[next]?.start === end && order[next]!.end - start <= WINDOW_BYTES) end = order[next++]!.end;
    const shared = next - first > 1 ? once(buffer, start, end) : null;
    for (const { i, end } of order.slice(first, next)) windows[i] = shared ?? windowOver(buffer, end);
    first = next;
  }
  return windows;
}

function once(buffer: AsyncBuffer, from: number, to: number): ByteWindow {
  let read: Promise<Uint8Array> | null = null;
  let whole: Uint8Array | null = null;
  return {
    async bytes(start, end) {
      read ??= Promise.resolve(buffer.slice(from, to)).then((b) => whole = new Uint8Array(b));
      return (await read).subarray(start - from, end - from);
    },
    close() {
      if (whole) free(whole);
      [read, whole] = [null, null];
    },
  };
}
