import { checkedLines } from "../../io/json_lines.ts";
import { type Label, labelSchema, latestLabels } from "../../model/mod.ts";

/**
 * The last word of each person on each session, of a file of labels such as `deno task view` writes.
 *
 * @throws {RowError} naming file, line and field
 *
 * @example
 * ```ts
 * import { readLabels } from "agent-trace-lab/sources";
 * await readLabels("nowhere.jsonl").catch((error) => error.message.includes("nowhere.jsonl")); // true
 * ```
 */
export async function readLabels(path: string): Promise<Label[]> {
  const labels: Label[] = [];
  const remedy = 'a label is a line such as {"session_id": "s1", "rater": "me", "mode": "truncated"}';
  for await (const label of checkedLines(path, labelSchema, remedy, { torn: true })) labels.push(label as Label);
  return latestLabels(labels);
}
