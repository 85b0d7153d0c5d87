import type { Random } from "../../stats/mod.ts";
import { type SparseRow, weighByVocabulary, weighWords } from "./tfidf.ts";
import { truncatedSvd } from "./truncated_svd.ts";

/** Texts as points; the angle between two says how alike they are. */
export interface Embedding {
  /** Of length 1, or 0 for a text of which nothing is known. */
  points: Float64Array[];
  /** Words counted; null where the points were given. */
  words: number | null;
  /** Share of the weighted words' variance that the points keep; null where they were given. */
  variance: number | null;
  /** How other texts become points of the same space; null where points were given. */
  space: WordSpace | null;
}

/** A space of words: what a text is weighed by, and the directions it is cut to. Plain numbers, to be kept in a file. */
export interface WordSpace {
  /** The words, in the order of the axes' numbers. */
  vocabulary: string[];
  /** Weight of each word for being rare. */
  rarity: number[];
  /** One row a dimension, one number a word. */
  axes: number[][];
}

/** Texts by their words: TF-IDF ({@link weighWords}), then its largest dimensions ({@link truncatedSvd}). */
export function embedWords(texts: readonly string[], dimensions: number, random: Random): Embedding {
  const { rows, vocabulary, rarity } = weighWords(texts);
  const { singularValues, axes } = truncatedSvd(rows, vocabulary.length, dimensions, random);
  const whole = rows.filter(({ columns }) => columns.length).length;
  const kept = singularValues.reduce((sum, value) => sum + value * value, 0);
  return {
    points: pointsOf(rows, axes),
    words: vocabulary.length,
    variance: whole ? kept / whole : null,
    space: { vocabulary, rarity, axes: axes.map((axis) => [...axis]) },
  };
}

/**
 * Points of other texts in a space of words: those that {@link embedWords} would have given them.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { embedInto, topicModel } from "agent-trace-lab/topics";
 * const texts = Array.from({ length: 40 }, (_, i) => ({
 *   sessionId: `s${i}`,
 *   benchmark: "invoices",
 *   harness: "loop",
 *   text: i % 2 ? "It repeated the same search until it ran out of turns." : "It booked the wrong account.",
 * }));
 * const { space } = topicModel(texts.map(({ text }) => text), { seed: 1 });
 * equal(embedInto(space, ["the wrong account"]).length, 1);
 * ```
 */
export function embedInto(space: WordSpace, texts: readonly string[]): Float64Array[] {
  return pointsOf(weighByVocabulary(texts, space), space.axes);
}

function pointsOf(rows: readonly SparseRow[], axes: readonly ArrayLike<number>[]): Float64Array[] {
  return rows.map(({ columns, values }) =>
    unit(Float64Array.from(axes, (axis) => columns.reduce((sum, at, e) => sum + values[e]! * axis[at]!, 0)))
  );
}

/**
 * Vectors of somebody else's model as points.
 *
 * @throws {RangeError} when their number or lengths do not fit, or one holds something that is not a number
 */
export function embedGiven(vectors: readonly ArrayLike<number>[], texts: number): Embedding {
  const [length = 0, ...others] = new Set(vectors.map((vector) => vector.length));
  if (vectors.length !== texts || others.length || length === 0) {
    throw new RangeError(
      `topics: expected ${texts} embeddings of one length, found ${vectors.length} of lengths ${[length, ...others]}`,
    );
  }
  const points = vectors.map((vector) => unit(Float64Array.from(vector)));
  const broken = points.findIndex((point) => point.some((value) => !Number.isFinite(value)));
  if (broken >= 0) throw new RangeError(`topics: embedding ${broken} holds something that is not a finite number`);
  return { points, words: null, variance: null, space: null };
}

/** 1 less the cosine of two points of {@link Embedding}; 1 where one of them is the origin. */
export function cosineDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return Math.max(0, 1 - sum);
}

function unit(point: Float64Array): Float64Array {
  const length = Math.sqrt(point.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? point.map((value) => value / length) : point;
}
