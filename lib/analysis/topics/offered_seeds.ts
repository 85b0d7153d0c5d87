import { singular } from "./words.ts";
import type { Seed } from "./seeds.ts";
import { topicsOf } from "./topics.ts";
import type { Topics } from "./types.ts";

/** Words of a found topic that are offered as phrases of a seed. */
const PHRASES = 6;

/** Fewest comments that make a candidate. */
const MIN_COMMENTS = 3;

/**
 * Topics that no seed names, as seeds to read, rename and put into a file of one's own: their distinctive words are the
 * phrases. Next time they are looked for by name.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { offeredSeeds, topicsOf } from "agent-trace-lab/topics";
 * const texts = Array.from({ length: 40 }, (_, i) => ({
 *   sessionId: `s${i}`,
 *   benchmark: "invoices",
 *   harness: "loop",
 *   text: i % 2 ? "It repeated the same search until it ran out of turns." : "It booked the wrong account.",
 * }));
 * console.log(offeredSeeds(topicsOf(texts, { seed: 1 })).map(({ name }) => name));
 * ```
 */
export function offeredSeeds(topics: Topics): Seed[] {
  return candidates(topics, (sessions) => `${sessions} failures that no seed describes`);
}

function candidates(topics: Topics, whose: (sessions: number) => string): Seed[] {
  return topics.topics.filter(({ seed }) => seed === null).map(({ name, terms, sessions }) => ({
    id: idOf(name),
    name,
    definition: `${whose(sessions)} have these words in common: read some, and say what it is.`,
    phrases: terms.slice(0, PHRASES).map(({ term }) => term),
  }));
}

/**
 * Several lists of candidates as one file can hold them: of seeds with the same id the later ones get a number.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { seedsTogether } from "agent-trace-lab/topics";
 * const seed = { id: "search", name: "search", definition: "It searches.", phrases: ["search"] };
 * deepEqual(seedsTogether([seed], [seed]).map(({ id }) => id), ["search", "search_2"]);
 * ```
 */
export function seedsTogether(...lists: readonly (readonly Seed[])[]): Seed[] {
  const taken = new Set<string>();
  return lists.flat().map((seed) => {
    let id = seed.id;
    for (let n = 2; taken.has(id); n++) id = `${seed.id}_${n}`;
    taken.add(id);
    return { ...seed, id };
  });
}

/**
 * From open notes to named classes: comments that people wrote on sessions, grouped by likeness, each group a candidate seed.
 * A group takes three comments; what stands alone is in none.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { seedsFromComments } from "agent-trace-lab/topics";
 * console.log(seedsFromComments([{ sessionId: "s1", comment: "booked the wrong account" }], { seed: 1 }));
 * ```
 */
export function seedsFromComments(
  comments: readonly { sessionId: string; comment: string }[],
  { seed }: { seed: number },
): Seed[] {
  const texts = comments.filter(({ comment }) => comment.trim() !== "")
    .map(({ sessionId, comment }) => ({ sessionId, benchmark: "", harness: "", text: comment }));
  if (texts.length < MIN_COMMENTS) return [];
  const topics = topicsOf(texts, { seed, seeds: [], runs: 0, minSize: MIN_COMMENTS });
  return candidates(topics, (sessions) => `${sessions} comments of people`);
}

function idOf(name: string): string {
  const id = name.normalize("NFKD").toLowerCase().split(/[^a-z0-9]+/).filter(Boolean).map(singular).join("_");
  return /^[a-z]/.test(id) ? id : `topic_${id || "unnamed"}`;
}
