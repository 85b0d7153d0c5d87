import { cohenKappa } from "../../stats/mod.ts";
import type { Topics } from "./types.ts";

/** A person's word on how a session failed. */
export interface ModeLabel {
  /** The labelled session. */
  sessionId: string;
  /** A seed's id or a topic's name; null where the person could not tell. */
  mode: string | null;
}

/** One way of failing, as people and topics see it. */
export interface ModeAgreement {
  /** A seed's id, or the name of a topic without one. */
  mode: string;
  /** Labelled sessions that people say are of this mode, and that have it among their topics. */
  by_people: number;
  /** Labelled sessions that have it among their topics. */
  by_topics: number;
  /** Labelled sessions of which people and topics say so. */
  both: number;
  /** Null where topics name none. */
  precision: number | null;
  /** Null where people name none. */
  recall: number | null;
}

/** Topics held against people's labels. */
export interface TopicAgreement {
  /** Labelled sessions that have a text. */
  n: number;
  /** Labels whose session has no text here, and labels that name no topic or seed. */
  without_text: number;
  /** Modes in the labels that are no seed and no topic, each once. */
  unknown_modes: string[];
  /** Share of the labelled sessions that are in a topic. */
  coverage: number | null;
  /** Share of the labelled sessions with the same mode by both; one in no topic counts as another. */
  accuracy: number | null;
  /** Cohen's kappa of both first words, with its 95% interval; null where only one word occurs. */
  kappa: { estimate: number; lo: number; hi: number } | null;
  /** One row a mode that either side names. */
  modes: ModeAgreement[];
}

/** What stands for "in no topic". */
const NONE = "in no topic";

/**
 * How far topics say what people said of the same sessions. Accuracy and kappa take a session's first topic, precision and
 * recall of a mode any of its topics.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { topicAgreement, topicsOf } from "agent-trace-lab/topics";
 * const texts = Array.from({ length: 40 }, (_, i) => ({
 *   sessionId: `s${i}`,
 *   benchmark: "invoices",
 *   harness: "loop",
 *   text: i % 2 ? "It repeated the same search until it ran out of turns." : "It booked the wrong account.",
 * }));
 * const topics = topicsOf(texts, { seed: 1 });
 * equal(topicAgreement(topics, [{ sessionId: "s1", mode: null }]).n, 0); // who cannot tell does not count
 * ```
 */
export function topicAgreement(topics: Topics, labels: readonly ModeLabel[]): TopicAgreement {
  const names = new Map<string, string>();
  for (const { id, name } of topics.seeds) names.set(id, id).set(name, id);
  for (const { name, seed } of topics.topics) if (seed === null) names.set(name, name);
  const idOf = new Map(topics.topics.map(({ number, name, seed }) => [number, seed ?? name]));
  const topicsOf = new Map(topics.points.map(({ sessionId, topic, also }) => [
    sessionId,
    topic === null ? [NONE] : [topic, ...also].map((number) => idOf.get(number) ?? NONE),
  ]));
  const told = labels.flatMap(({ sessionId, mode }) => mode === null ? [] : [{ sessionId, mode }]);
  const here = told.filter(({ sessionId }) => topicsOf.has(sessionId));
  const pairs = here.map(({ sessionId, mode }) => {
    const all = topicsOf.get(sessionId)!;
    return { people: names.get(mode) ?? mode, topic: all[0]!, all };
  });
  return {
    n: pairs.length,
    without_text: told.length - here.length,
    unknown_modes: [...new Set(told.map(({ mode }) => mode).filter((mode) => !names.has(mode)))].sort(),
    coverage: share(pairs.filter(({ topic }) => topic !== NONE).length, pairs.length),
    accuracy: share(pairs.filter(({ people, topic }) => people === topic).length, pairs.length),
    kappa: kappaOf(pairs.map(({ people }) => people), pairs.map(({ topic }) => topic)),
    modes: [...new Set(pairs.flatMap(({ people, all }) => [people, ...all]))].filter((mode) => mode !== NONE).sort()
      .map((mode) => {
        const [by_people, by_topics] = [
          pairs.filter(({ people }) => people === mode).length,
          pairs.filter(({ all }) => all.includes(mode)).length,
        ];
        const both = pairs.filter(({ people, all }) => people === mode && all.includes(mode)).length;
        return { mode, by_people, by_topics, both, precision: share(both, by_topics), recall: share(both, by_people) };
      }),
  };
}

/** Cohen's kappa of two lists of names; null where there are none or both only ever use one and the same name. */
export function kappaOf(
  a: readonly string[],
  b: readonly string[],
): { estimate: number; lo: number; hi: number } | null {
  const names = [...new Set([...a, ...b])].sort();
  if (a.length === 0 || names.length < 2) return null;
  const place = new Map(names.map((name, i) => [name, i]));
  const table = names.map(() => names.map(() => 0));
  a.forEach((name, i) => table[place.get(name)!]![place.get(b[i]!)!]!++);
  const { estimate, lo, hi } = cohenKappa(table);
  return { estimate, lo, hi };
}

function share(k: number, n: number): number | null {
  return n === 0 ? null : k / n;
}
