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

type Line = { target: string } | SentRow | { forget: string };

type Sent = Map<string, Map<string, Pick<SentRow, "hash" | "judged">>>;

/**
 * What a journal says was sent, for looking only: nothing is made or locked, and a file that is not there says nothing.
 */
export async function readSent(path: string): Promise<Pick<PushJournal, "sent">> {
  const sent: Sent = new Map();
  try {
    await readJournal(path, (line) => note(sent, line));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return { sent: ({ id, root }) => sent.get(root)?.get(id) };
}

/**
 * Opens a journal, or begins one. A last line torn by a kill is cut off: its rows are sent again, which changes nothing,
 * because their ids are the same.
 *
 * @param target what is sent to; a journal of another target is begun anew
 * @param fresh forgets everything
 * @throws {Error} when another process has it open
 */
export async function openJournal(
  path: string,
  target: string,
  { fresh = false }: { fresh?: boolean } = {},
): Promise<PushJournal> {
  const file = await Deno.open(path, { read: true, write: true, create: true });
  try {
    if (!await file.tryLock(true)) throw new Error(`${path}: another push is writing it; wait for its end`);
    const sent: Sent = new Map();
    const read = await readJournal(path, (line) => note(sent, line));
    const begun = fresh || read.target !== target;
    if (begun) sent.clear();
    await file.truncate(begun ? 0 : read.bytes);
    await file.seek(0, Deno.SeekMode.End);
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
    if (begun) await write([{ target }]);
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

function note(sent: Sent, line: Line): void {
  if ("target" in line) return;
  if ("forget" in line) {
    sent.delete(line.forget);
    return;
  }
  const { id, root, hash, judged } = line;
  const rows = sent.get(root);
  if (rows) rows.set(id, { hash, judged });
  else sent.set(root, new Map([[id, { hash, judged }]]));
}

/** Hands over each whole line; returns how many bytes they take, and the target that the first one names. */
async function readJournal(
  path: string,
  onLine: (line: Line) => void,
): Promise<{ bytes: number; target: string | null }> {
  const { size } = await Deno.stat(path);
  let bytes = 0;
  let target: string | null = null;
  for await (const text of linesOf(path)) {
    const length = new TextEncoder().encode(text).length + 1;
    if (bytes + length > size) break;
    try {
      const line = JSON.parse(text) as Line;
      if ("target" in line) target = line.target;
      onLine(line);
    } catch {
      break;
    }
    bytes += length;
  }
  return { bytes, target };
}
