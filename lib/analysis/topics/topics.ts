import { seededRandom } from "../../stats/mod.ts";
import { cosineDistance, type Embedding, embedGiven, embedWords } from "./embedding.ts";
import { hdbscan } from "./hdbscan.ts";
import { layOut } from "./layout.ts";
import { distinctiveTerms, nameOfTerms } from "./names.ts";
import { purityOf, rediscovery } from "./purity.ts";
import { type FamilyOf, oneFamily } from "../failure/family.ts";
import { stabilityOf } from "./stability.ts";
import { withoutTaskWords } from "./task_words.ts";
import type { Topic, Topics, TopicText } from "./types.ts";
import { warningsOf } from "./warnings.ts";

/** How topics are made. The same texts and options give the same topics. */
export interface TopicOptions {
  /** A whole number. */
  seed: number;
  /** One vector a text, from an embedding model, in place of the texts' own words. */
  embeddings?: readonly ArrayLike<number>[];
  /** Dimensions kept of the words; 100 by default. */
  dimensions?: number;
  /** Bootstrap runs that tell how stable topics are; 50 by default, 0 for none. */
  runs?: number;
  /** What kind of task a benchmark holds; all are one family unless given. */
  familyOf?: FamilyOf;
  /** Leave out words that say which task it was ({@link withoutTaskWords}); not with `embeddings`. */
  leaveOutTaskWords?: boolean;
  /**
   * Fewest texts of a topic; 3% of the texts and 5 at least by default. The default was chosen on 640 failure reasons of six suites
   * among 28 settings of size, density and dimensions (2% found its topics again less well: adjusted Rand 0.46 against
   * 0.67 over 15 runs), so the stability reported there is on the kind side. Most settings of 50 dimensions and more
   * gave 4 to 6 topics, those of 20 gave 6 to 14.
   */
  minSize?: number;
}

/** A place is dense where so many texts are near, itself included. */
const MIN_POINTS = 5;

/**
 * Sorts texts into topics without their number being set: texts become points (their words' TF-IDF cut to its largest
 * dimensions, or embeddings given), dense places become topics ({@link hdbscan} on cosine distance), texts in none stay
 * unclustered. Each topic has its distinctive words, its share, how stable it is when texts are drawn anew and everything is
 * done again, and how far it repeats the benchmark, its family, or the harness.
 *
 * @throws {RangeError} when there are no texts, or embeddings do not fit them
 */
export function topicsOf(texts: readonly TopicText[], options: TopicOptions): Topics {
  const { seed, embeddings, dimensions = 100, runs = 50, leaveOutTaskWords = false, familyOf = oneFamily } = options;
  if (texts.length === 0) throw new RangeError("topics: expected texts, found none");
  if (embeddings && leaveOutTaskWords) {
    throw new RangeError("topics: task words are left out of words, not of embeddings; give one of the two");
  }
  const reduced = leaveOutTaskWords ? withoutTaskWords(texts) : { texts: texts.map(({ text }) => text), words: null };
  const sizeOf = (n: number) => options.minSize ?? Math.max(5, Math.round(0.03 * n));
  const embed = (numbers: readonly number[]): Embedding =>
    embeddings
      ? embedGiven(numbers.map((i) => embeddings[i]!), numbers.length)
      : embedWords(numbers.map((i) => reduced.texts[i]!), dimensions, seededRandom(seed));
  const all = embeddings ? embedGiven(embeddings, texts.length) : embed(texts.map((_, i) => i));
  const labels = clustersOf(all, sizeOf(texts.length));
  const stability = runs > 0
    ? stabilityOf(
      labels,
      (drawn) => clustersOf(embed(drawn), Math.max(2, Math.round(sizeOf(texts.length) * drawn.length / texts.length))),
      {
        runs,
        random: seededRandom(seed),
      },
    )
    : null;
  const places = layOut(all.points, seededRandom(seed));
  const topics = describe(texts, reduced.texts, labels, stability?.clusters ?? null, familyOf);
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
    min_size: sizeOf(texts.length),
    topics,
    points: texts.map(({ sessionId, benchmark, harness }, i) => ({
      sessionId,
      benchmark,
      harness,
      topic: labels[i]! < 0 ? null : labels[i]! + 1,
      ...places[i]!,
    })),
    rediscovery: topics.length ? rediscovery(texts, labels, familyOf) : [],
    stability: stability?.overall ?? null,
  };
  return { ...found, warnings: warningsOf(found) };
}

function clustersOf({ points }: Embedding, minSize: number): number[] {
  const distance = (a: number, b: number) => cosineDistance(points[a]!, points[b]!);
  return hdbscan(points.length, distance, { minSize, minPoints: MIN_POINTS }).labels;
}

function describe(
  texts: readonly TopicText[],
  words: readonly string[],
  labels: readonly number[],
  stability: readonly (number | null)[] | null,
  familyOf: FamilyOf,
): Topic[] {
  return distinctiveTerms(words, labels).map((terms, cluster) => {
    const own = texts.filter((_, i) => labels[i] === cluster);
    return {
      number: cluster + 1,
      name: nameOfTerms(terms, cluster + 1),
      named_by: "terms",
      terms,
      sessions: own.length,
      share: own.length / texts.length,
      stability: stability?.[cluster] ?? null,
      purity: purityOf(own, familyOf),
    };
  });
}
