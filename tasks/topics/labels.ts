import { checkedLines } from "../../lib/io/mod.ts";
import { type Label, labelSchema, latestLabels } from "../../lib/model/mod.ts";

/** The last word of each person in a file of labels. @throws {RowError} naming file, line and field */
export async function readLabels(path: string): Promise<Label[]> {
  const labels: Label[] = [];
  const remedy = 'a label is a line such as {"session_id": "s1", "rater": "me", "mode": "truncated"}';
  for await (const label of checkedLines(path, labelSchema, remedy, { torn: true })) labels.push(label as Label);
  return latestLabels(labels);
}
