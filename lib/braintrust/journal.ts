import { createHash } from "node:crypto";
import { linesOf } from "./row_files.ts";

/** What was sent of one row. */
export interface SentRow {
  id: string;
  /** Its session's root. */
  root: string;
  /** Of the text that was sent (see {@link contentHash}). */
  hash: string;
  /** Whether it carried a verdict. */
  judged: boolean;
}

/** Remembers what the service has accepted, by content: an edited row is another content and is sent again. */
export interface PushJournal {
  /** Hash and verdict of what was accepted last under a row's id; undefined when nothing was. */
  sent(row: Pick<SentRow, "id" | "root">): Pick<SentRow, "hash" | "judged"> | undefined;
  /** Notes rows that were accepted; on the disk when this returns. */
  accepted(rows: readonly SentRow[]): Promise<void>;
  /** Forgets sessions, so that their rows are sent again. */
  forget(roots: readonly string[]): Promise<void>;
  close(): void;
}

/** The first 128 bits of the SHA-256 of a text, in hexadecimal. */
export function contentHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

type Line = SentRow | { forget: string };

/**
 * Opens a journal, or begins one. A last line torn by a kill is cut off: its rows are sent again, which changes nothing,
 * because their ids are the same.
 *
 * @param fresh forgets everything
 * @throws {Error} when another process has it open
 */
export async function openJournal(path: string, fresh = false): Promise<PushJournal> {
  const file = await Deno.open(path, { read: true, write: true, create: true });
  try {
    if (!await file.tryLock(true)) throw new Error(`${path}: another push is writing it; wait for its end`);
    const sent = new Map<string, Map<string, Pick<SentRow, "hash" | "judged">>>();
    const whole = fresh ? 0 : await readJournal(path, (line) => note(sent, line));
    await file.truncate(whole);
    await file.seek(whole, Deno.SeekMode.Start);
    let last: Promise<unknown> = Promise.resolve();
    // One after another: lines of two batches must not mix.
    const write = (lines: readonly Line[]) => {
      const mine = last.then(async () => {
        const bytes = new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
        for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
        await file.syncData();
        for (const line of lines) note(sent, line);
      });
      last = mine.catch(() => {});
      return mine;
    };
    return {
      sent: ({ id, root }) => sent.get(root)?.get(id),
      accepted: write,
      forget: (roots) => write(roots.map((forget) => ({ forget }))),
      close: () => file.close(),
    };
  } catch (error) {
    file.close();
    throw error;
  }
}

function note(sent: Map<string, Map<string, Pick<SentRow, "hash" | "judged">>>, line: Line): void {
  if ("forget" in line) {
    sent.delete(line.forget);
    return;
  }
  const { id, root, hash, judged } = line;
  const rows = sent.get(root);
  if (rows) rows.set(id, { hash, judged });
  else sent.set(root, new Map([[id, { hash, judged }]]));
}

/** Hands over each whole line; returns how many bytes they take. */
async function readJournal(path: string, onLine: (line: Line) => void): Promise<number> {
  const { size } = await Deno.stat(path);
  let bytes = 0;
  for await (const text of linesOf(path)) {
    const length = new TextEncoder().encode(text).length + 1;
    if (bytes + length > size) return bytes;
    try {
      onLine(JSON.parse(text) as Line);
    } catch {
      return bytes;
    }
    bytes += length;
  }
  return bytes;
}
