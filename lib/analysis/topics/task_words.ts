import type { TopicText } from "./types.ts";
import { wordsOf } from "./words.ts";

/** Texts without the words of their task, and how many different words that were. */
export interface WithoutTaskWords {
  /** In the order given. */
  texts: string[];
  /** How many different words were left out. */
  words: number;
}

/**
 * Leaves out words that say which task it was: those that do not occur in the texts of two thirds of the benchmarks.
 * What is left is how a failure is described whatever the task. With fewer than three benchmarks nothing can be told
 * apart and nothing is left out.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { withoutTaskWords } from "agent-trace-lab/topics";
 * const texts = ["invoice", "parcel", "letter"].map((what, i) => ({
 *   sessionId: `s${i}`,
 *   benchmark: what,
 *   harness: "loop",
 *   text: `repeated the search for the ${what}`,
 * }));
 * deepEqual(withoutTaskWords(texts).words, 3);
 * ```
 */
export function withoutTaskWords(texts: readonly TopicText[]): WithoutTaskWords {
  const occurs = new Map<string, Set<string>>();
  const words = texts.map(({ text }) => wordsOf(text));
  words.forEach((own, i) => {
    for (const word of own) {
      const benchmarks = occurs.get(word) ?? new Set();
      occurs.set(word, benchmarks.add(texts[i]!.benchmark));
    }
  });
  const benchmarks = new Set(texts.map((text) => text.benchmark)).size;
  if (benchmarks < 3) return { texts: texts.map(({ text }) => text), words: 0 };
  const isOfTask = (word: string) => (occurs.get(word)?.size ?? 0) < benchmarks * 2 / 3;
  return {
    texts: words.map((own) => own.filter((word) => !isOfTask(word)).join(" ")),
    words: [...occurs.keys()].filter(isOfTask).length,
  };
}
