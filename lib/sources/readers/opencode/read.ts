import { timeUs } from "../../../traces/mod.ts";
import { isObject, type Json } from "../../dialects/json.ts";
import type { PartsAt } from "../../trace_json.ts";
import { fileIds } from "../file_ids.ts";
import { placedParts } from "../placed.ts";
import type { LocalFile } from "../reading.ts";
import { type OpencodeMessage, opencodeSession } from "./session.ts";
import { fileObjects } from "../objects.ts";

/**
 * Sessions of opencode: what `opencode export` writes, the lines of `opencode run --format json`, or the files of its storage
 * folder, one a session, one a message and one a part. There, sessions of sub-agents belong to the one that began them.
 *
 * Source: the types of opencode 1.x (`Session.Info`, `MessageV2`).
 */
export async function* opencodeRows(files: readonly LocalFile[]): AsyncGenerator<PartsAt> {
  const ids = fileIds(files.map(({ path }) => path));
  const stored = new Map<string, StoredSession>();
  let row = 0;
  for (const file of files) {
    const { path } = file;
    for await (const line of fileObjects(file)) {
      if ("fault" in line) yield line;
      else if (Array.isArray(line.value["messages"])) {
        const { info, messages } = line.value;
        const threads = [messages.filter(isObject).map(messageOf)];
        const parts = placedParts(opencodeSession(isObject(info) ? info : {}, threads, ids.get(path)!));
        yield { source: path, row: row++, parts };
      } else if (isObject(line.value)) store(stored, line.value, path);
    }
  }
  for (const [root, family] of Map.groupBy(stored, ([id]) => rootOf(id, stored))) {
    const { path, info } = stored.get(root)!;
    const threads = family.map(([, { messages }]) => [...messages.values()].toSorted((a, b) => begun(a) - begun(b)));
    yield { source: path, row: row++, parts: placedParts(opencodeSession(info, threads, root)) };
  }
}

/** A session whose parts are in files of their own, or in lines. */
interface StoredSession {
  path: string;
  info: Json;
  messages: Map<string, OpencodeMessage>;
}

function store(sessions: Map<string, StoredSession>, value: Json, path: string): void {
  if (isObject(value["part"])) return store(sessions, value["part"], path);
  const isSession = "projectID" in value;
  const id = String(value[isSession ? "id" : "sessionID"]);
  let session = sessions.get(id);
  if (!session) sessions.set(id, session = { path, info: {}, messages: new Map() });
  if (isSession) {
    session.info = value;
    return;
  }
  const isPart = "messageID" in value;
  const key = String(value[isPart ? "messageID" : "id"]);
  let message = session.messages.get(key);
  if (!message) session.messages.set(key, message = { info: {}, parts: [] });
  if (isPart) message.parts.push(value);
  else message.info = value;
}

/** The session that a sub-agent's session began in, as far as it is among the files. */
function rootOf(id: string, sessions: ReadonlyMap<string, StoredSession>): string {
  const seen = new Set([id]);
  for (let at = id;;) {
    const parent = sessions.get(at)?.info["parentID"];
    if (typeof parent !== "string" || !sessions.has(parent) || seen.has(parent)) return at;
    seen.add(at = parent);
  }
}

function messageOf({ info, parts }: Json): OpencodeMessage {
  return { info: isObject(info) ? info : {}, parts: Array.isArray(parts) ? parts.filter(isObject) : [] };
}

const begun = ({ info }: OpencodeMessage) => timeUs(isObject(info["time"]) ? info["time"]["created"] : null) ?? 0;
