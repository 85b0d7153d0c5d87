import { createHash } from "node:crypto";
import { Ledger, readLedger } from "../io/ledger.ts";

/** What was sent of one row. */
export interface SentRow {
  /** The row's. */
  id: string;
  /** Its session's root. */
  root: string;
  /** Of the text that was sent (see {@link contentHash}). */
  hash: string;
  /** Whether it carried a verdict. */
  judged: boolean;
  /** Hash of the row without the verdict; not there in journals of earlier versions. */
  own?: string;
  /** `task_success` as it was sent; not there in journals of earlier versions. */
  score?: number | null;
}

/** What is remembered of a row that was accepted. */
export type SentBefore = Omit<SentRow, "id" | "root">;

/** Remembers what the service has accepted, by content: an edited row is another content and is sent again. */
export interface PushJournal {
  /** What was accepted last under a row's id; undefined when nothing was. */
  sent(row: Pick<SentRow, "id" | "root">): SentBefore | undefined;
  /** Notes rows that were accepted; on the disk when this returns. */
  accepted(rows: readonly SentRow[]): Promise<void>;
  /** Forgets sessions, so that their rows are sent again. */
  forget(roots: readonly string[]): Promise<void>;
  /** Closes the file; nothing can be noted afterwards. */
  close(): void;
}

/**
 * The first 128 bits of the SHA-256 of a text, in hexadecimal.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { contentHash } from "agent-trace-lab/braintrust";
 * equal(contentHash("a"), contentHash("a"));
 * ```
 */
export function contentHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

type Line = { target: string } | SentRow | { forget: string };

type Sent = Map<string, Map<string, SentBefore>>;

/**
 * What a journal says was sent, for looking only: nothing is made or locked, and a file that is not there says nothing.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { readSent } from "agent-trace-lab/braintrust";
 * const path = await Deno.makeTempFile();
 * equal(typeof (await readSent(path)).sent, "function"); // asked of a row: how it was sent before
 * await Deno.remove(path);
 * ```
 */
export async function readSent(path: string): Promise<Pick<PushJournal, "sent">> {
  const sent: Sent = new Map();
  for await (const line of readLedger(path)) note(sent, line as Line);
  return { sent: ({ id, root }) => sent.get(root)?.get(id) };
}

/**
 * Opens a journal, or begins one. A last line torn by a kill is cut off: its rows are sent again, which changes nothing,
 * because their ids are the same.
 *
 * @param target what is sent to; a journal of another target is begun anew
 * @param fresh forgets everything
 * @throws {LedgerBusyError} when another process has it open
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { openJournal } from "agent-trace-lab/braintrust";
 * const folder = await Deno.makeTempDir();
 * const journal = await openJournal(`${folder}/sent.jsonl`, "https://api.example.org mine");
 * equal(journal.sent({ id: "a", root: "a" }), undefined); // nothing was sent yet
 * journal.close();
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function openJournal(
  path: string,
  target: string,
  { fresh = false }: { fresh?: boolean } = {},
): Promise<PushJournal> {
  const ledger = await Ledger.open(path, { busy: "another push is writing it; wait for its end" });
  try {
    const sent: Sent = new Map();
    let found: string | null = null;
    await ledger.replay((value) => {
      const line = value as Line;
      if ("target" in line) found = line.target;
      note(sent, line);
    });
    const write = async (lines: readonly Line[]) => {
      await ledger.append(lines);
      for (const line of lines) note(sent, line);
    };
    if (fresh || found !== target) {
      sent.clear();
      await ledger.truncate(0);
      await write([{ target }]);
    }
    return {
      sent: ({ id, root }) => sent.get(root)?.get(id),
      accepted: write,
      forget: (roots) => write(roots.map((forget) => ({ forget }))),
      close: () => ledger.close(),
    };
  } catch (error) {
    ledger.close();
    throw error;
  }
}

function note(sent: Sent, line: Line): void {
  if ("target" in line) return;
  if ("forget" in line) {
    sent.delete(line.forget);
    return;
  }
  const { id, root, ...before } = line;
  const rows = sent.get(root);
  if (rows) rows.set(id, before);
  else sent.set(root, new Map([[id, before]]));
}
