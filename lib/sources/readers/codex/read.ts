import { RowError } from "../../../model/mod.ts";
import type { PartsAt } from "../../trace_json.ts";
import { fileValues } from "../values.ts";
import { stem } from "../../messages/places.ts";
import { placedParts } from "../placed.ts";
import type { LocalFile } from "../reading.ts";
import { CodexSession } from "./session.ts";

/** Sessions of the Codex command line, a rollout file each. */
export async function* codexRows(files: readonly LocalFile[]): AsyncGenerator<PartsAt> {
  for (const [row, { path, format }] of files.entries()) {
    const session = new CodexSession();
    for await (const line of fileValues({ path, format })) {
      if ("fault" in line) {
        yield { source: path, row: line.line, fault: new RowError(path, line.line, "", line.fault).message };
      } else if (typeof line.value === "object" && line.value !== null) {
        session.add(line.value as Record<string, unknown>);
      }
    }
    yield { source: path, row, parts: placedParts(session.session(stem(path))) };
  }
}
