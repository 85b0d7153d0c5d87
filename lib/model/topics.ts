import { z } from "zod";
import type { Schema } from "./check.ts";
import type { Session } from "./session.ts";

/** Between the topics of a session in one text. */
const BETWEEN = " | ";

/** How a session was sorted: a line of a file of topics. */
export interface TopicLabel {
  /** The session that was sorted. */
  session_id: string;
  /** Names of its topics, the nearest first; none where it is in none. */
  topics: string[];
  /** Which classes sorted it; left out where that is not known. */
  model?: string;
}

/** Checks a {@link TopicLabel}. */
export const topicLabelSchema: Schema<TopicLabel> = z.object({
  session_id: z.string().min(1),
  topics: z.array(z.string().min(1)),
  model: z.string().exactOptional(),
});

/**
 * The topics of a session, the nearest first; null where nobody sorted it.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { topicsOfSession } from "agent-trace-lab/model";
 * deepEqual(topicsOfSession({ topics: "refused | repeated steps" }), ["refused", "repeated steps"]);
 * ```
 */
export function topicsOfSession({ topics }: Pick<Session, "topics">): string[] | null {
  return topics === null ? null : topics.split(BETWEEN).filter((name) => name !== "");
}

/**
 * Names of topics as a session has them.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { topicsText } from "agent-trace-lab/model";
 * equal(topicsText(["refused", "a | b"]), "refused | a / b");
 * ```
 */
export function topicsText(names: readonly string[]): string {
  return names.map((name) => name.replaceAll("|", "/").trim()).join(BETWEEN);
}

/**
 * Sessions with what sorted them; those that nothing sorted stay as they are.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { loadDataset } from "agent-trace-lab";
 * import { withTopics } from "agent-trace-lab/model";
 * const { sessions } = await loadDataset("data/examples/sessions.jsonl");
 * const [first] = withTopics(sessions!, [{ session_id: sessions![0]!.sessionId, topics: ["refused"] }]);
 * equal(first!.topics, "refused");
 * ```
 */
export function withTopics(sessions: readonly Session[], labels: readonly TopicLabel[]): Session[] {
  const byId = new Map(labels.map(({ session_id, topics }) => [session_id, topicsText(topics)]));
  return sessions.map((session) => {
    const topics = byId.get(session.sessionId);
    return topics === undefined ? session : { ...session, topics };
  });
}
