import type { Topics } from "../analysis/topics/mod.ts";

/** The three largest classes of the published analysis, found by a closed service among all sessions, by the seed that is meant. */
export const PUBLISHED_CLASSES: readonly { seed: string; name: string; share: number }[] = [
  { seed: "incomplete_steps", name: "incomplete multi-step execution", share: 0.322 },
  { seed: "truncated", name: "truncated completion", share: 0.137 },
  { seed: "unverified_success", name: "false success confirmation", share: 0.109 },
];

/** A published class beside ours. */
export interface ClassMatch {
  /** Its name. */
  name: string;
  /** Published share of all sessions: another base than ours. */
  published_share: number;
  /** Failure texts whose topics include it, and their share of all failure texts. */
  texts: number;
  /** The share of variance. */
  share: number;
  /** Number of its topic; null where no text is in it first of all. */
  topic: number | null;
  /** How well the topic is found again when texts are drawn anew (mean Jaccard index). */
  stability: number | null;
}

/** The published classes among our topics. Which sessions they held is not public, so only shares stand side by side. */
export function publishedClasses(topics: Topics): ClassMatch[] {
  return PUBLISHED_CLASSES.map(({ seed, name, share }) => {
    const topic = topics.topics.find((one) => one.seed === seed) ?? null;
    const texts = topics.points.filter((point) =>
      topic !== null && (point.topic === topic.number || point.also.includes(topic.number))
    ).length;
    return {
      name,
      published_share: share,
      texts,
      share: texts / Math.max(1, topics.texts),
      topic: topic?.number ?? null,
      stability: topic?.stability ?? null,
    };
  });
}
