import { seededRandom } from "../../stats/mod.ts";
import { type FamilyOf, oneFamily } from "../failure/family.ts";
import { clustersOf } from "./clusters.ts";
import { type Embedding, embedGiven, embedWords } from "./embedding.ts";
import { labelBySeeds, type SeedClass, seedClasses, type SeedLabel } from "./guided.ts";
import { layOut } from "./layout.ts";
import { distinctiveTerms, nameOfTerms } from "./names.ts";
import { purityOf, rediscovery } from "./purity.ts";
import { defaultSeeds, type Seed } from "./seeds.ts";
import { stabilityOf } from "./stability.ts";
import { withoutTaskWords } from "./task_words.ts";
import type { Topic, TopicPoint, Topics, TopicText } from "./types.ts";
import { warningsOf } from "./warnings.ts";

/** How topics are made. The same texts and options give the same topics. */
export interface TopicOptions {
  /** A whole number. */
  seed: number;
  /** Ways of failing to look for first; those of `seeds.json` unless given, none for an empty list. */
  seeds?: readonly Seed[];
  /** One vector a text, from an embedding model, in place of the texts' own words. */
  embeddings?: readonly ArrayLike<number>[];
  /** Dimensions kept of the words; 100 by default. */
  dimensions?: number;
  /** Bootstrap runs that tell how stable topics are; 50 by default (10 from 5,000 texts on), 0 for none. */
  runs?: number;
  /** What kind of task a benchmark holds; all are one family unless given. */
  familyOf?: (benchmark: string) => string;
  /** Leave out words that say which task it was ({@link withoutTaskWords}); not with `embeddings`. */
  leaveOutTaskWords?: boolean;
  /**
   * Fewest texts of a topic that no seed names; 3% of the texts and 5 at least by default. The default was chosen on 640
   * failure reasons of six suites among 28 settings of size, density and dimensions (2% found its topics again less well:
   * adjusted Rand 0.46 against 0.67 over 15 runs).
   */
  minSize?: number;
}

/** From so many texts on a bootstrap run costs seconds. */
const MANY = 5000;

/** Texts sorted, and the classes they were sorted by. */
interface Sorted {
  classes: SeedClass[];
  bySeed: SeedLabel[];
  /** One a text: a class's place in `classes`, `classes.length` and on for clusters of the rest, -1 for none. */
  labels: number[];
}

/**
 * Sorts texts into topics. Texts become points (their words' TF-IDF cut to its largest dimensions, or embeddings given).
 * Those that say what a seed's phrases say show where its class lies, and each text goes to the nearest class
 * ({@link seedClasses}); dense places among the texts that are near none become topics without a name of their own
 * ({@link clustersOf}), to be offered as new seeds; the rest stays unclustered. Each topic has its distinctive words, its
 * share, how stable it is when texts are drawn anew and everything is done again, and how far it repeats the benchmark,
 * its family, or the harness.
 *
 * @throws {RangeError} when there are no texts, or embeddings do not fit them
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { topicsOf } from "agent-trace-lab/topics";
 * const texts = Array.from({ length: 40 }, (_, i) => ({
 *   sessionId: `s${i}`,
 *   benchmark: "invoices",
 *   harness: "loop",
 *   text: i % 2 ? "It repeated the same search until it ran out of turns." : "It booked the wrong account.",
 * }));
 * const { topics, texts: sorted } = topicsOf(texts, { seed: 1 });
 * equal(sorted, 40);
 * console.log(topics.map(({ name, sessions }) => [name, sessions]));
 * ```
 */
export function topicsOf(texts: readonly TopicText[], options: TopicOptions): Topics {
  const { seed, seeds = defaultSeeds(), embeddings, dimensions = 100, familyOf = oneFamily } = options;
  const { leaveOutTaskWords = false, runs = texts.length < MANY ? 50 : 10 } = options;
  if (texts.length === 0) throw new RangeError("topics: expected texts, found none");
  if (embeddings && leaveOutTaskWords) {
    throw new RangeError("topics: task words are left out of words, not of embeddings; give one of the two");
  }
  const reduced = leaveOutTaskWords ? withoutTaskWords(texts) : { texts: texts.map(({ text }) => text), words: null };
  const minSize = options.minSize ?? Math.max(5, Math.round(0.03 * texts.length));
  const embed = (numbers: readonly number[]): Embedding =>
    embeddings
      ? embedGiven(numbers.map((i) => embeddings[i]!), numbers.length)
      : embedWords(numbers.map((i) => reduced.texts[i]!), dimensions, seededRandom(seed));
  const sort = (numbers: readonly number[], embedding: Embedding, size: number): Sorted => {
    const own = numbers.map((i) => texts[i]!.text);
    const classes = seedClasses(own, embedding, seeds);
    const bySeed = labelBySeeds(own, embedding, classes);
    return { classes, bySeed, labels: withClusters(classes, bySeed, embedding, size, seed) };
  };
  const everything = texts.map((_, i) => i);
  const all = embeddings ? embedGiven(embeddings, texts.length) : embed(everything);
  const sorted = sort(everything, all, minSize);
  const { order, labels } = bySize(sorted.labels);
  const stability = runs > 0
    ? stabilityOf(
      labels,
      (drawn) => sort(drawn, embed(drawn), Math.max(2, Math.round(minSize * drawn.length / texts.length))).labels,
      { runs, random: seededRandom(seed) },
    )
    : null;
  const places = layOut(all.points, seededRandom(seed));
  const numberOf = new Map(order.map((label, i) => [sorted.classes[label]?.seed.id, i + 1]));
  const found = {
    seed,
    texts: texts.length,
    unclustered: labels.filter((label) => label < 0).length,
    embedding: {
      kind: embeddings ? "given" as const : "tf-idf" as const,
      words: all.words,
      dimensions: all.points[0]?.length ?? 0,
      variance: all.variance,
    },
    task_words: { left_out: leaveOutTaskWords, words: reduced.words },
    min_size: minSize,
    seeds: sorted.classes.map(({ seed: { id, name }, matches, centroid }) => ({
      id,
      name,
      matches,
      texts: sorted.bySeed.filter(({ primary }) => primary === id).length,
      topic: numberOf.get(id) ?? null,
      known: centroid !== null,
    })),
    topics: describe(texts, reduced.texts, labels, order, sorted.classes, stability?.clusters ?? null, familyOf),
    points: texts.map(({ sessionId, benchmark, harness }, i): TopicPoint => ({
      sessionId,
      benchmark,
      harness,
      topic: labels[i]! < 0 ? null : labels[i]! + 1,
      also: sorted.bySeed[i]!.all.slice(1).flatMap((id) => numberOf.get(id) ?? []),
      ...places[i]!,
    })),
    rediscovery: order.length ? rediscovery(texts, labels, familyOf) : [],
    stability: stability?.overall ?? null,
  };
  return { ...found, warnings: warningsOf(found) };
}

/** Labels by seeds, and clusters of what is near none, numbered behind the classes. */
function withClusters(
  classes: readonly SeedClass[],
  bySeed: readonly SeedLabel[],
  { points }: Embedding,
  minSize: number,
  seed: number,
): number[] {
  const place = new Map(classes.map(({ seed: { id } }, i) => [id, i]));
  const labels = bySeed.map(({ primary }) => primary === null ? -1 : place.get(primary)!);
  const rest = labels.flatMap((label, i) => label < 0 ? [i] : []);
  const clusters = clustersOf(rest.map((i) => points[i]!), {
    minSize,
    single: classes.some(({ centroid }) => centroid !== null),
    random: seededRandom(seed),
  });
  rest.forEach((i, r) => labels[i] = clusters[r]! < 0 ? -1 : classes.length + clusters[r]!);
  return labels;
}

/** Labels numbered anew, the largest 0; -1 stays. `order` has the old label of each new one. */
function bySize(labels: readonly number[]): { order: number[]; labels: number[] } {
  const sizes = new Map<number, number>();
  for (const label of labels) if (label >= 0) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const order = [...sizes].sort(([a, n], [b, m]) => m - n || a - b).map(([label]) => label);
  const place = new Map(order.map((label, i) => [label, i]));
  return { order, labels: labels.map((label) => place.get(label) ?? -1) };
}

function describe(
  texts: readonly TopicText[],
  words: readonly string[],
  labels: readonly number[],
  order: readonly number[],
  classes: readonly SeedClass[],
  stability: readonly (number | null)[] | null,
  familyOf: FamilyOf,
): Topic[] {
  return distinctiveTerms(words, labels).map((terms, cluster) => {
    const own = texts.filter((_, i) => labels[i] === cluster);
    const seed = classes[order[cluster]!]?.seed ?? null;
    return {
      number: cluster + 1,
      name: seed?.name ?? nameOfTerms(terms, cluster + 1),
      named_by: seed ? "seed" : "terms",
      seed: seed?.id ?? null,
      terms,
      sessions: own.length,
      share: own.length / texts.length,
      stability: stability?.[cluster] ?? null,
      purity: purityOf(own, familyOf),
    };
  });
}
