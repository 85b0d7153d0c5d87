import { isObject } from "../../dialects/json.ts";
import type { PartsAt } from "../../trace_json.ts";
import { fileIds } from "../file_ids.ts";
import { placedParts } from "../placed.ts";
import type { LocalFile } from "../reading.ts";
import { fileValues } from "../values.ts";
import { Forks } from "./forks.ts";
import { CodexThread, sessionOfThreads } from "./thread.ts";
import { fileObjects } from "../objects.ts";

/**
 * Sessions of the Codex command line: a rollout file each, those of sub-agents with the session that they name. What a fork
 * repeats of the rollout it came from, where that is among the files, is context and no call of it.
 */
export async function* codexRows(files: readonly LocalFile[]): AsyncGenerator<PartsAt> {
  const ids = fileIds(files.map(({ path }) => path));
  const sessions = new Map<string, LocalFile[]>();
  for (const file of files) {
    const id = await sessionOf(file) ?? ids.get(file.path)!;
    const known = sessions.get(id);
    if (known) known.push(file);
    else sessions.set(id, [file]);
  }
  const forks = new Forks();
  let row = 0;
  for (const [id, parts] of sessions) {
    const threads: CodexThread[] = [];
    for (const file of parts) {
      const thread = new CodexThread();
      for await (const line of fileObjects(file)) {
        if ("fault" in line) yield line;
        else thread.add(line.value);
      }
      threads.push(thread);
    }
    yield { source: parts[0]!.path, row: row++, parts: placedParts(sessionOfThreads(id, threads, forks)) };
  }
}

/** The session that the header of a rollout names: a sub-agent's is the one that started it. */
async function sessionOf(file: LocalFile): Promise<string | null> {
  for await (const line of fileValues(file)) {
    if (!("value" in line) || !isObject(line.value)) continue;
    const header = isObject(line.value["payload"]) ? line.value["payload"] : line.value;
    const id = header["session_id"] ?? header["id"];
    return typeof id === "string" ? id : null;
  }
  return null;
}
