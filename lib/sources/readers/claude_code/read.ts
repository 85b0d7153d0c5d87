import { RowError } from "../../../model/mod.ts";
import { isObject } from "../../dialects/json.ts";
import type { PartsAt } from "../../trace_json.ts";
import { fileValues } from "../values.ts";
import { stem } from "../../messages/places.ts";
import { placedParts } from "../placed.ts";
import type { LocalFile } from "../reading.ts";
import { type ClaudeLine, claudeLine } from "./line.ts";
import { ClaudeSession } from "./session.ts";

/** Lines at the beginning of a file that tell whose it is. */
const HEAD = 30;

/**
 * Sessions of Claude Code, from the files of `~/.claude/projects`: one session held at a time. Files of sub-agents belong
 * to the session that they name, and a stream beside the session's own file to that. A file that several sessions were
 * written into (put together by hand) is all of them.
 */
export async function* claudeCodeRows(files: readonly LocalFile[]): AsyncGenerator<PartsAt> {
  const sessions = new Map<string, { own: LocalFile[]; streams: LocalFile[] }>();
  for (const file of files) {
    const { id, isStream } = await sessionOf(file);
    let parts = sessions.get(id);
    if (!parts) sessions.set(id, parts = { own: [], streams: [] });
    (isStream ? parts.streams : parts.own).push(file);
  }
  const counted = new Set<string>();
  let row = 0;
  for (const [id, { own, streams }] of sessions) {
    const parts = [...own, ...streams];
    const found = new Map<string, ClaudeSession>();
    const source = parts[0]!.path;
    for (const { path, format, onBroken } of parts) {
      const mixed = id === "";
      for await (const line of fileValues({ path, format, onBroken })) {
        if ("fault" in line) {
          const fault = new RowError(path, line.line, "", line.fault).message;
          yield { source: path, row: line.line, fault };
          continue;
        }
        for (const value of linesIn(line.value)) {
          const key = mixed ? value.sessionId ?? "" : id;
          if (key === "") continue;
          let session = found.get(key);
          if (!session) found.set(key, session = new ClaudeSession(key, counted));
          session.add(value);
        }
      }
    }
    for (const session of found.values()) yield { source, row: row++, parts: placedParts(session.session()) };
  }
}

/** The lines of a value: itself, or those of a session that its service keeps as one document. */
function linesIn(value: unknown): ClaudeLine[] {
  const lines: unknown[] = isObject(value) && Array.isArray(value["loglines"]) ? value["loglines"] : [value];
  return lines.map(claudeLine).filter((line) => line !== null);
}

/**
 * The session a file belongs to: the one it is named after, or that its first lines name; empty where these differ. And
 * whether it is a stream.
 */
async function sessionOf({ path, format }: LocalFile): Promise<{ id: string; isStream: boolean }> {
  const named = stem(path);
  const ids = new Set<string>();
  let lines = 0, isStream = false;
  for await (const line of fileValues({ path, format })) {
    for (const value of "value" in line ? linesIn(line.value) : []) {
      if (value.sessionId) ids.add(value.sessionId);
      isStream ||= value.isStreamed === true;
    }
    if (ids.has(named)) return { id: named, isStream };
    if (++lines >= HEAD && ids.size) break;
  }
  const [only, ...others] = ids;
  return { id: others.length ? "" : only ?? named, isStream };
}
