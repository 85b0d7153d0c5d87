/** One line of a file, with its place in bytes. */
export interface Line {
  text: string;
  /** From 1. */
  number: number;
  start: number;
  /** Position after the line, its line feed included. */
  end: number;
  /** Whether it ends in a line feed; only the last may not. */
  complete: boolean;
}

const LINE_FEED = 10;

/** The lines of an open file from its start, in pieces, so that memory does not grow with the file. Empty ones count. */
export async function* linesOf(file: Deno.FsFile): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(1 << 18);
  let pending: Uint8Array[] = [];
  let [number, start] = [0, 0];
  const take = (complete: boolean): Line => {
    const bytes = concat(pending);
    pending = [];
    const line = { text: decoder.decode(complete ? bytes.subarray(0, -1) : bytes), number: ++number, start, complete };
    start += bytes.length;
    return { ...line, end: start };
  };
  await file.seek(0, Deno.SeekMode.Start);
  for (let n = await file.read(buffer); n !== null; n = await file.read(buffer)) {
    const chunk = buffer.slice(0, n);
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      pending.push(chunk.subarray(from, at + 1));
      from = at + 1;
      yield take(true);
    }
    if (from < chunk.length) pending.push(chunk.subarray(from));
  }
  if (pending.length) yield take(false);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Writes all bytes of a text: one `write` may write fewer. */
export async function writeText(file: Deno.FsFile, text: string): Promise<number> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
  return bytes.length;
}
