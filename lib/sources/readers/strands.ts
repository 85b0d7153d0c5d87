import { basename, dirname } from "node:path";
import { isObject, type Json } from "../dialects/json.ts";
import { said } from "../dialects/message.ts";
import { countAt, textAt } from "../spans/pick.ts";
import type { PartsAt } from "../trace_json.ts";
import { placedParts, type PlacedSession } from "./placed.ts";
import type { LocalFile } from "./reading.ts";
import { Thread } from "./thread.ts";
import { fileObjects } from "./objects.ts";

/** What the folder of a session holds. */
interface Stored {
  id: string;
  source: string;
  about: Json;
  /** Messages by their folder inside that of the session. */
  agents: Map<string, Json[]>;
}

/**
 * Sessions of Strands as its session managers keep them: a folder `session_ID` with a folder for each agent, and in that a
 * file for each message, which says its place.
 *
 * Source: Strands' `SessionMessage` and `FileSessionManager`.
 */
export async function* strandsRows(files: readonly LocalFile[]): AsyncGenerator<PartsAt> {
  const sessions = new Map<string, Stored>();
  for (const file of files) {
    const { path } = file;
    // The innermost folder of that name: those around it are none of its own.
    const [folder, id] = /^(?:.*\/)?session_([^/]+)(?=\/)/.exec(path) ?? [dirname(path), basename(dirname(path))];
    let stored = sessions.get(folder);
    if (!stored) sessions.set(folder, stored = { id: id || "session", source: path, about: {}, agents: new Map() });
    for await (const line of fileObjects(file)) {
      if ("fault" in line) yield line;
      else add(line.value, dirname(path).slice(folder.length + 1), stored);
    }
  }
  let row = 0;
  for (const stored of sessions.values()) {
    yield { source: stored.source, row: row++, parts: placedParts(sessionOf(stored)) };
  }
}

function add(value: Json, folder: string, { about, agents }: Stored): void {
  if (!isObject(value["message"])) {
    if (value["session_id"] !== undefined) Object.assign(about, value);
    return;
  }
  const messages = agents.get(folder);
  if (messages) messages.push(value);
  else agents.set(folder, [value]);
}

function sessionOf({ id, about, agents }: Stored): PlacedSession {
  const calls = [...agents].flatMap(([folder, messages]) => {
    const thread = new Thread();
    const placeOf = (one: Json) => countAt(one, "message_id") ?? Infinity;
    for (const one of messages.toSorted((a, b) => placeOf(a) - placeOf(b))) {
      const time = textAt(one, "created_at");
      const message = said(one["message"], "user");
      if (message.role !== "assistant") thread.hear(message, time);
      else {
        thread.answer(message, { endTime: time });
        thread.at(time);
      }
    }
    return thread.calls.map(({ parts }) => ({ ...parts, spanId: `${folder}:${parts.spanId}` }));
  });
  const { session_id, created_at, ...metadata } = about;
  return { sessionId: session_id ?? id, harness: "strands", collectedAt: created_at, spans: calls, metadata };
}
