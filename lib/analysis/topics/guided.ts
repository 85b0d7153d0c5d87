import { middleOf } from "./clusters.ts";
import { cosineDistance, type Embedding } from "./embedding.ts";
import { phraseMatcher } from "./phrases.ts";
import type { Seed } from "./seeds.ts";

/** Fewer exact matches than this do not say where a class lies. */
export const MIN_MATCHES = 5;

/**
 * A text is taken where it is so much as near as the median of the class's matches: these have the phrase's own words in
 * common, which a text that says it in other words has not.
 */
const TAKEN = 0.5;

/** Where one seed's class lies among the texts. */
export interface SeedClass {
  seed: Seed;
  /** Texts with one of its phrases. */
  matches: number;
  /** Mean direction of the matches, of length 1; null with fewer than {@link MIN_MATCHES}. */
  centroid: Float64Array | null;
  /** Least likeness (cosine) of a text that is taken. */
  reach: number;
}

/** What one text is. */
export interface SeedLabel {
  /** The nearest class within reach; null where none is. */
  primary: string | null;
  /** All classes whose phrase it has and within whose reach it lies, the primary one first. */
  all: string[];
  /** Classes whose phrase it has and within whose reach it lies. */
  said: string[];
  /** Cosine with the primary class's centroid, or with the nearest one's. */
  likeness: number;
}

/**
 * Sorts texts by seeds: the texts that have a seed's phrases say where its class lies (the mean of their points), and each
 * text goes to the nearest class, also when it says the same in other words. A text that is less than
 * half as near to a class as the class's own matches commonly are is not in it.
 *
 * @param texts in the order of the embedding's points
 */
export function seedClasses(
  texts: readonly string[],
  { points }: Pick<Embedding, "points">,
  seeds: readonly Seed[],
): SeedClass[] {
  const matchers = seeds.map(({ phrases }) => phraseMatcher(phrases));
  const has = texts.map((text) => matchers.map((matches) => matches(text)));
  return seeds.map((seed, s) => {
    const own = points.filter((_, i) => has[i]![s]);
    // A text with phrases of several classes says less of each.
    const weights = has.filter((row) => row[s]).map((row) => 1 / row.filter(Boolean).length);
    const centroid = own.length < MIN_MATCHES ? null : middleOf(own, weights);
    const near = centroid === null ? [] : own.map((point) => 1 - cosineDistance(point, centroid)).sort((a, b) => b - a);
    return { seed, matches: own.length, centroid, reach: near.length ? TAKEN * near[near.length >> 1]! : 1 };
  });
}

/** Labels texts by classes found before ({@link seedClasses}), on these texts or on others; nothing is fitted anew. */
export function labelBySeeds(
  texts: readonly string[],
  { points }: Pick<Embedding, "points">,
  classes: readonly SeedClass[],
): SeedLabel[] {
  const matchers = classes.map(({ seed }) => phraseMatcher(seed.phrases));
  return texts.map((text, i) => {
    const near = classes.flatMap(({ seed, centroid, reach }, c) => {
      if (centroid === null) return [];
      const likeness = 1 - cosineDistance(points[i]!, centroid);
      return [{ id: seed.id, likeness, within: likeness >= reach, has: matchers[c]!(text) }];
    }).sort((a, b) => b.likeness - a.likeness || (a.id < b.id ? -1 : 1));
    const primary = near.find(({ within, has }) => within && has) ?? near.find(({ within }) => within) ?? null;
    const others = near.filter((one) => one !== primary && one.within && one.has).map(({ id }) => id);
    return {
      primary: primary?.id ?? null,
      all: primary === null ? [] : [primary.id, ...others],
      said: near.filter(({ within, has }) => within && has).map(({ id }) => id),
      likeness: (primary ?? near[0])?.likeness ?? 0,
    };
  });
}
