import {
  type DatasetMapping,
  type DatasetRecord,
  folderRows,
  recordOf,
  recordOfSession,
  writeBackRows,
} from "../../lib/braintrust/mod.ts";
import type { Redacted } from "../../lib/model/mod.ts";
import { tableRows } from "../../lib/sources/mod.ts";
import { rowVerdicts } from "../push/verdicts.ts";
import { note } from "../say.ts";

/** Which sessions of a folder become records. */
export interface SessionChoice {
  failed: boolean;
  verdicts: string | null;
  /** Session ids; null for all. */
  ids: ReadonlySet<string> | null;
}

/** Whether a path is a folder that `deno task import` wrote. */
export async function isImportFolder(path: string): Promise<boolean> {
  try {
    for await (const { name } of Deno.readDir(path)) if (/^spans-\d+\.jsonl(\.part)?$/.test(name)) return true;
  } catch {
    // Not a folder, or none that can be read: it is for the reader of tables to say so.
  }
  return false;
}

/**
 * Sessions of an import as records.
 *
 * @throws {Error} when a session that was asked for is not in the folder, or failed ones are and none has a verdict
 */
export async function* sessionRecords(dir: string, choice: SessionChoice): AsyncGenerator<Redacted<DatasetRecord>> {
  const verdicts = choice.verdicts === null ? new Map() : await rowVerdicts(choice.verdicts);
  const left = new Set(choice.ids ?? []);
  let scored = 0;
  for await (const { row } of writeBackRows(folderRows(dir), verdicts)) {
    if (!row.is_root) continue;
    const id = String(row.metadata["session_id"]);
    left.delete(id);
    if (row.scores["task_success"] !== undefined) scored++;
    if (choice.ids && !choice.ids.has(id)) continue;
    if (choice.failed && row.scores["task_success"] !== 0) continue;
    if (row.input !== null) yield recordOfSession(row);
    else note(`session ${id} is left out: its task was not recorded, so there is no input`);
  }
  if (left.size) {
    throw new Error(`${dir}: ${left.size} of the sessions asked for are not there, such as ${[...left][0]}`);
  }
  if (choice.failed && scored === 0) {
    throw new Error(`${dir}: no session has a verdict; give --verdicts FILE of deno task judge`);
  }
}

/** Rows of a table as records. */
export async function* tableRecords(spec: string, mapping: DatasetMapping): AsyncGenerator<Redacted<DatasetRecord>> {
  for await (const { columns, source, row } of tableRows(spec)) yield recordOf(columns, mapping, source, row);
}
