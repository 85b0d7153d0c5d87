import { type Label, latestLabels, type RowError } from "../../model/mod.ts";
import { readLabelFile } from "./files.ts";

/**
 * The last word of each person on each session, of a file of labels such as `deno task view` writes, or of any other format
 * that is known.
 *
 * @param onAside told of each record of which no label can be made
 * @throws {RowError} naming file, line and field, where no record is a label
 *
 * @example
 * ```ts
 * import { readLabels } from "agent-trace-lab/sources";
 * await readLabels("nowhere.jsonl").catch((error) => error.message.includes("nowhere.jsonl")); // true
 * ```
 */
export async function readLabels(path: string, onAside?: (fault: RowError) => void): Promise<Label[]> {
  const { labels, aside } = await readLabelFile(path);
  if (onAside) aside.forEach(onAside);
  return latestLabels(labels);
}

/**
 * How many records of a file were set aside, and the first; empty where none was.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { asideText } from "agent-trace-lab/sources";
 * equal(asideText([]), "");
 * ```
 */
export function asideText(aside: readonly RowError[]): string {
  return aside.length ? `${aside.length} set aside, such as: ${aside[0]!.message}` : "";
}
