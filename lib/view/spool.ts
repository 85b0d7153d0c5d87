import { writeAll } from "../io/mod.ts";
import { redactName } from "../traces/mod.ts";
import type { TraceRow } from "../model/mod.ts";
import { isFault, type TraceStream } from "../sources/mod.ts";
import { type ReadingOptions, type ViewConversation, viewConversation } from "./conversation.ts";

/** Conversations on the disk, by session. */
export interface Conversations {
  /** The conversation of a session; null where the source has none of it. Waits while the source is still being read. */
  get(sessionId: string): Promise<ViewConversation | null>;
  /** Sessions found so far, rows that could not be read, and whether all have been gone through. */
  progress(): { sessions: number; faults: number; done: boolean };
  close(): Promise<void>;
}

/**
 * Goes through a source once, in the background, and keeps each session's conversation in a file of its own making, so that
 * any session is there at once however many there are; memory holds the places alone. The file is removed at the end.
 */
export async function spoolConversations(stream: TraceStream, options: ReadingOptions = {}): Promise<Conversations> {
  const path = await Deno.makeTempFile({ suffix: ".jsonl" });
  const file = await Deno.open(path, { read: true, write: true });
  const places = new Map<string, { start: number; length: number }>();
  const waiting = new Map<string, (() => void)[]>();
  let [end, done, faults, closed] = [0, false, 0, false];
  const wake = (ids: readonly string[]) => {
    for (const id of ids) {
      waiting.get(id)?.forEach((resume) => resume());
      waiting.delete(id);
    }
  };
  // Whoever reads a session asks for it many times: the last one stays in memory.
  let open: { id: string; conversation: ViewConversation } | null = null;
  const encoder = new TextEncoder();
  // One after another: the place in the file is shared.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
  const add = (row: TraceRow) => {
    const bytes = encoder.encode(JSON.stringify(viewConversation(row, options)));
    // Sessions in the table are named without their secrets, so that is their name here too.
    const id = redactName(row.sessionId.toWellFormed()).text as string;
    return inTurn(async () => {
      await file.seek(end, Deno.SeekMode.Start);
      await writeAll(file, bytes);
      if (!places.has(id)) places.set(id, { start: end, length: bytes.length });
      end += bytes.length;
      wake([id]);
    });
  };
  const reading = (async () => {
    try {
      for await (const row of stream.rows()) {
        if (closed) break;
        if (isFault(row)) faults++;
        else await add(row);
      }
    } catch {
      faults++;
    } finally {
      done = true;
      wake([...waiting.keys()]);
    }
  })();
  return {
    async get(sessionId) {
      if (open?.id === sessionId) return open.conversation;
      if (!places.has(sessionId) && !done) {
        await new Promise<void>((resume) => waiting.set(sessionId, [...waiting.get(sessionId) ?? [], resume]));
      }
      const place = places.get(sessionId);
      if (!place) return null;
      const bytes = new Uint8Array(place.length);
      await inTurn(async () => {
        await file.seek(place.start, Deno.SeekMode.Start);
        for (let at = 0; at < bytes.length;) {
          const n = await file.read(bytes.subarray(at));
          if (n === null) throw new Error(`${path} ended early`);
          at += n;
        }
      });
      const conversation = JSON.parse(new TextDecoder().decode(bytes)) as ViewConversation;
      open = { id: sessionId, conversation };
      return conversation;
    },
    progress: () => ({ sessions: places.size, faults, done }),
    async close() {
      closed = true;
      await reading;
      file.close();
      await Deno.remove(path);
    },
  };
}
