import { RowError } from "../../model/mod.ts";
import { jsonFault } from "../../model/json_fault.ts";
import { fileIds } from "../readers/file_ids.ts";
import { placedParts } from "../readers/placed.ts";
import type { FormatReader } from "../readers/reading.ts";
import { fileValues } from "../readers/values.ts";
import type { PartsAt } from "../trace_json.ts";
import type { MessageLayout } from "./layout.ts";
import { at, first, type Found } from "./places.ts";
import { messagesIn, sessionMaker } from "./rows.ts";

/** Why states are left out of which the last is read. */
const BEFORE = "states before the last of their thread";

/**
 * A reader of files of states of conversations, of which each holds all that was said before it: the last state of each
 * thread is read, by its time, else the one with the most messages.
 *
 * @param times where a state says when it was
 */
export function lastStateReader(layout: MessageLayout, times: readonly string[]): FormatReader {
  return async function* (files): AsyncGenerator<PartsAt> {
    const make = sessionMaker(layout);
    const ids = fileIds(files.map(({ path }) => path));
    const threads = new Map<string, { found: Found; states: number }>();
    for (const { path, format, onBroken } of files) {
      for await (const line of fileValues({ path, format, onBroken })) {
        if ("fault" in line) {
          yield { source: path, row: line.line, fault: new RowError(path, line.line, "", line.fault).message };
          continue;
        }
        const found = { record: line.value, document: line.value, path, fileId: ids.get(path)! };
        const thread = String(at(found, layout.session.sessionId) ?? found.fileId);
        const known = threads.get(thread);
        if (!known) threads.set(thread, { found, states: 1 });
        else {
          known.states++;
          if (isLater(found.record, known.found.record)) known.found = found;
        }
      }
    }
    let row = 0;
    for (const { found, states } of threads.values()) {
      const place = { source: found.path, row: row++ };
      try {
        const session = make(found);
        const leftOut = states > 1 ? { ...session.leftOut, [BEFORE]: states - 1 } : session.leftOut ?? {};
        yield { ...place, parts: placedParts({ ...session, leftOut }) };
      } catch (error) {
        yield { ...place, fault: new RowError(found.path, place.row, "", jsonFault(error)).message };
      }
    }
  };

  function isLater(one: unknown, other: unknown): boolean {
    const [a, b] = [one, other].map((state) => Date.parse(String(first(state, times))));
    return Number.isNaN(a) || Number.isNaN(b) || a === b ? countOf(one) > countOf(other) : a! > b!;
  }

  function countOf(state: unknown): number {
    const list = messagesIn(state, layout);
    return Array.isArray(list) ? list.length : 0;
  }
}
