import { newcombe } from "../../stats/mod.ts";
import { labelTexts, type TopicModel } from "./model.ts";
import type { TopicText } from "./types.ts";

/** How often a way of failing is told of failures, and of successes. */
export interface TopicCause {
  /** Id of the topic's seed. */
  topic: string;
  /** Its name. */
  name: string;
  /** Texts of failures that tell of it. */
  failures: number;
  /** Texts of failures in all. */
  of_failures: number;
  /** Texts of successes that tell of it. */
  successes: number;
  /** Texts of successes in all. */
  of_successes: number;
  /** Rate among failures less rate among successes, with Newcombe's 95% interval. */
  difference: number;
  /** Lower end of the interval. */
  lo: number;
  /** Upper end of the interval. */
  hi: number;
  /** Whether the interval leaves out 0: a mode that is as frequent in successes explains no failure. */
  tells_apart: boolean;
}

/**
 * Asks the same of successes: each topic's rate among the texts of failures and among those of successes, a text counting for
 * every topic whose phrases it has and near which it lies (nearness alone would count whatever is of the same task). The classes are those found on failures; nothing is fitted to the successes.
 *
 * What it cannot tell: a judge that writes of a success is asked why it succeeded, and says less of what went wrong. A topic
 * that is rarer in successes for that reason alone looks like a cause; facets asked alike of both are the better text.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { topicCauses, topicModel } from "agent-trace-lab/topics";
 * const texts = Array.from({ length: 40 }, (_, i) => ({
 *   sessionId: `s${i}`,
 *   benchmark: "invoices",
 *   harness: "loop",
 *   text: i % 2 ? "It repeated the same search until it ran out of turns." : "It booked the wrong account.",
 * }));
 * const model = topicModel(texts.map(({ text }) => text), { seed: 1 });
 * equal(topicCauses(model, texts, []).length, 0); // nothing to hold failures against
 * ```
 */
export function topicCauses(
  model: TopicModel,
  failures: readonly TopicText[],
  successes: readonly TopicText[],
): TopicCause[] {
  if (failures.length === 0 || successes.length === 0) return [];
  const of = (texts: readonly TopicText[]) => labelTexts(model, texts.map(({ text }) => text));
  const [failed, solved] = [of(failures), of(successes)];
  return model.classes.filter(({ centroid }) => centroid !== null).map(({ seed }) => {
    const count = (labels: typeof failed) => labels.filter(({ said }) => said.includes(seed.id)).length;
    const [k1, k2] = [count(failed), count(solved)];
    const { estimate, lo, hi } = newcombe({ k1, n1: failed.length, k2, n2: solved.length });
    return {
      topic: seed.id,
      name: seed.name,
      failures: k1,
      of_failures: failed.length,
      successes: k2,
      of_successes: solved.length,
      difference: estimate,
      lo,
      hi,
      tells_apart: lo > 0 || hi < 0,
    };
  }).sort((a, b) => b.difference - a.difference || (a.topic < b.topic ? -1 : 1));
}
