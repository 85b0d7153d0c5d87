import { RowError } from "../../model/mod.ts";
import type { LocalFile } from "../../io/files.ts";
import { jsonText, quoted } from "../../traces/json_text.ts";
import { isObject, type Json } from "../dialects/json.ts";
import type { PartsAt } from "../trace_json.ts";
import { fileIds } from "./file_ids.ts";
import { placedParts, type PlacedSession } from "./placed.ts";
import { fileValues } from "./values.ts";

/**
 * The JSON objects of a file, in order, for readers of files that hold nothing else; what is none is a fault of its row. One
 * that is there again is left out: a log that was put together from pieces says nothing twice.
 */
export async function* fileObjects(
  file: LocalFile,
): AsyncGenerator<{ value: Json } | Extract<PartsAt, { fault: string }>> {
  const isRepeat = repeatTeller([...IDS, ...TIMES]);
  for await (const line of fileValues(file)) {
    if ("value" in line && isObject(line.value)) {
      if (isRepeat(line.value)) file.onRepeat?.();
      else yield { value: line.value };
    } else {
      const why = "fault" in line ? line.fault : `expected a JSON object, found ${quoted(line.value).slice(0, 60)}`;
      yield { source: file.path, row: line.line, fault: new RowError(file.path, line.line, "", why).message };
    }
  }
}

/** Fields that hold the time of a line, and those that hold its id. */
const TIMES = ["timestamp", "time", "ts", "date", "created", "created_at"];
const IDS = ["uuid", "id"];

/** Tells whether an object with a time (or an id) of its own was there before, word for word. */
export function repeatTeller(names: readonly string[] = TIMES): (value: Json) => boolean {
  const told = new Map<string, Json[]>();
  return (value) => {
    const own = names.map((name) => value[name]).filter((one) => typeof one === "string" || typeof one === "number");
    if (own.length === 0) return false;
    const key = own.join(" ");
    const before = told.get(key);
    if (before === undefined) told.set(key, [value]);
    else if (before.some((one) => jsonText(one) === jsonText(value))) return true;
    else before.push(value);
    return false;
  };
}

/** A session that is put together from the objects of a file. */
export interface FileSession {
  add(value: Json): void;
  /** @param fileId a name for a session that has none */
  session(fileId: string): PlacedSession;
}

/** Sessions of files that hold one each. */
export async function* fileSessions(files: readonly LocalFile[], begin: () => FileSession): AsyncGenerator<PartsAt> {
  const ids = fileIds(files.map(({ path }) => path));
  for (const [row, file] of files.entries()) {
    const session = begin();
    for await (const one of fileObjects(file)) {
      if ("fault" in one) yield one;
      else session.add(one.value);
    }
    yield { source: file.path, row, parts: placedParts(session.session(ids.get(file.path)!)) };
  }
}
