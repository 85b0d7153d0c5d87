import type { Dataset } from "../../model/mod.ts";
import { needSessions } from "../counts/need_sessions.ts";
import { type TopicOptions, topicsOf } from "./topics.ts";
import type { Topics, TopicText } from "./types.ts";

/** Fewer texts than this are read, not clustered. */
export const MIN_TEXTS = 20;

/** Topics of failures, or why there are none. */
export interface FailureTopics {
  /** Null with fewer texts than are worth clustering. */
  topics: Topics | null;
  /** How many failed sessions and how many texts of them; or why there are no topics. */
  sentence: string;
}

/**
 * The judge's reasons of failed sessions; a session without a reason has no text.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { loadDataset } from "agent-trace-lab";
 * import { failureReasons } from "agent-trace-lab/topics";
 * const dataset = await loadDataset("data/examples/sessions.jsonl");
 * equal(failureReasons(dataset).length, 0); // its judge gave no reasons
 * ```
 */
export function failureReasons(dataset: Dataset): TopicText[] {
  return reasons(dataset, 0);
}

/**
 * The judge's reasons of solved sessions: what a way of failing is asked of, to see whether it tells anything.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { loadDataset } from "agent-trace-lab";
 * import { successReasons } from "agent-trace-lab/topics";
 * const dataset = await loadDataset("data/examples/sessions.jsonl");
 * equal(successReasons(dataset).length, 0); // its judge gave no reasons
 * ```
 */
export function successReasons(dataset: Dataset): TopicText[] {
  return reasons(dataset, 1);
}

function reasons(dataset: Dataset, verdict: 0 | 1): TopicText[] {
  return needSessions(dataset).flatMap(({ sessionId, benchmark, harness, success, judgeReasoning }) =>
    success === verdict && judgeReasoning?.trim() ? [{ sessionId, benchmark, harness, text: judgeReasoning }] : []
  );
}

/**
 * Topics of what the judge said of failed sessions, or of `texts` in the reasons' place (their final messages, say). Null
 * with a sentence where there are too few, or no failure has one.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { loadDataset } from "agent-trace-lab";
 * import { failureTopics } from "agent-trace-lab/topics";
 * const dataset = await loadDataset("data/examples/sessions.jsonl");
 * equal(failureTopics(dataset, { seed: 1 }).topics, null); // its judge gave no reasons, and the sentence says so
 * ```
 */
export function failureTopics(
  dataset: Dataset,
  options: TopicOptions,
  texts: readonly TopicText[] = failureReasons(dataset),
): FailureTopics {
  const failures = needSessions(dataset).filter((session) => session.success === 0).length;
  if (texts.length < MIN_TEXTS) {
    const had = failures === 0
      ? "none is there"
      : texts.length === 0
      ? "none has a text"
      : texts.length === failures
      ? "every one has a text"
      : `${texts.length} ${texts.length === 1 ? "has" : "have"} a text`;
    return {
      topics: null,
      sentence:
        `No topics: of ${failures} failed session${
          failures === 1 ? "" : "s"
        } (${dataset.info.caption}) ${had}, and topics take ${MIN_TEXTS} texts.` +
        (texts.length === 0 ? " A judge's reasons are such texts: `deno task judge` writes them." : ""),
    };
  }
  const topics = topicsOf(texts, options);
  return {
    topics,
    sentence: `${texts.length} texts of ${failures} failed sessions: ${topics.topics.length} topics, ` +
      `${topics.unclustered} texts in none.`,
  };
}
