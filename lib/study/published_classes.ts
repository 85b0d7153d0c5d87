import type { Topics, TopicText } from "../analysis/topics/types.ts";
import { wordsOf } from "../analysis/topics/words.ts";

/**
 * The three largest classes of the published analysis, found by a closed service among all sessions, with the words that,
 * by our reading of the class's name, a reason of that class would use.
 */
export const PUBLISHED_CLASSES: readonly { name: string; share: number; words: readonly string[] }[] = [
  {
    name: "incomplete multi-step execution",
    share: 0.322,
    words: ["incomplete", "incompletely", "partial", "partially", "remaining", "step", "unfinished"],
  },
  {
    name: "truncated completion",
    share: 0.137,
    words: ["abruptly", "cut", "early", "ended", "interrupted", "prematurely", "stopped", "truncated", "truncation"],
  },
  {
    name: "false success confirmation",
    share: 0.109,
    words: ["assumed", "assume", "claim", "claimed", "claiming", "false", "falsely", "unsubstantiated", "unverified"],
  },
];

/** A published class held against our topics. */
export interface ClassMatch {
  name: string;
  /** Published share of all sessions: another base than ours. */
  published_share: number;
  /** Failure texts with one of the class's words, and their share of all failure texts. */
  texts: number;
  share: number;
  /** Our topic that agrees best (F1 of the two below); null where no topic has such a text. */
  topic: number | null;
  /** Share of that topic's texts that use the class's words, and share of those that are in it. */
  precision: number;
  recall: number;
  /** Both are above one half. */
  recognisable: boolean;
}

/**
 * Whether the published classes show up among topics: a class counts as recognisable where one topic holds most of the texts
 * with its words and most of the topic's texts have them. It is a comparison of words, not of sessions: which sessions
 * the published classes held is not public.
 *
 * @param texts those that the topics were made of, in the same order
 */
export function publishedClasses(topics: Topics, texts: readonly TopicText[]): ClassMatch[] {
  const words = texts.map(({ text }) => new Set(wordsOf(text)));
  return PUBLISHED_CLASSES.map(({ name, share, words: own }) => {
    const uses = words.map((of) => own.some((word) => of.has(word)));
    const total = uses.filter(Boolean).length;
    const matches = topics.topics.map(({ number, sessions }) => {
      const both = topics.points.filter(({ topic }, i) => topic === number && uses[i]).length;
      return {
        number,
        both,
        precision: both / sessions,
        recall: both / Math.max(1, total),
        f1: 2 * both / (sessions + total),
      };
    }).filter(({ both }) => both > 0).sort((a, b) => b.f1 - a.f1);
    const [best] = matches;
    return {
      name,
      published_share: share,
      texts: total,
      share: total / Math.max(1, texts.length),
      topic: best?.number ?? null,
      precision: best?.precision ?? 0,
      recall: best?.recall ?? 0,
      recognisable: best !== undefined && best.precision > 0.5 && best.recall > 0.5,
    };
  });
}
