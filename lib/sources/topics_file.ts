import { checkedLines } from "../io/json_lines.ts";
import { type TopicLabel, topicLabelSchema } from "../model/mod.ts";

/**
 * How sessions were sorted, of a file that `deno task topics --model` wrote; of a session that is there twice the last line.
 *
 * @throws {RowError} naming file, line and field
 *
 * @example
 * ```ts
 * import { readTopicLabels } from "agent-trace-lab/sources";
 * await readTopicLabels("nowhere.jsonl").catch((error) => error.message.includes("nowhere.jsonl")); // true
 * ```
 */
export async function readTopicLabels(path: string): Promise<TopicLabel[]> {
  const labels = new Map<string, TopicLabel>();
  const remedy = 'topics of a session are a line such as {"session_id": "s1", "topics": ["refused"]}';
  for await (const label of checkedLines(path, topicLabelSchema, remedy, { torn: true })) {
    labels.set((label as TopicLabel).session_id, label as TopicLabel);
  }
  return [...labels.values()];
}
