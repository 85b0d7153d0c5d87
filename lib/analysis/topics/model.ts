import { z } from "zod";
import { checkRow } from "../../model/mod.ts";
import { seededRandom } from "../../stats/mod.ts";
import { classify, type TopicClassifier } from "./classifier.ts";
import { embedInto, embedWords, type WordSpace } from "./embedding.ts";
import { labelBySeeds, type SeedClass, seedClasses, type SeedLabel } from "./guided.ts";
import { defaultSeeds, type Seed } from "./seeds.ts";

/** What is kept of topics, so that sessions that come later are labelled by the same classes. Plain numbers: a JSON file. */
export interface TopicModel {
  /** Raised when older files can no longer be read. */
  version: 1;
  /** How a text becomes a point. */
  space: WordSpace;
  /** Each seed with the texts that matched it, their centre (null where too few did) and how far from it a text may lie. */
  classes: { seed: Seed; matches: number; centroid: number[] | null; reach: number }[];
  /** Trained on people's labels; null without enough of them. */
  classifier: TopicClassifier | null;
}

/** How a model is fitted. */
export interface TopicModelOptions {
  /** A whole number: the chance in the reduction of the words. */
  seed: number;
  /** Known ways of failing; the built-in ones unless given. */
  seeds?: readonly Seed[];
  /** Dimensions kept of the words; 100 by default. */
  dimensions?: number;
  /** The texts without the words of their task ({@link withoutTaskWords}), where those are left out; phrases are of the texts. */
  reduced?: readonly string[] | undefined;
}

/**
 * Fits the classes of {@link topicsOf} to texts, to be kept and used on others.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { topicModel } from "agent-trace-lab/topics";
 * const texts = Array.from({ length: 40 }, (_, i) => ({
 *   sessionId: `s${i}`,
 *   benchmark: "invoices",
 *   harness: "loop",
 *   text: i % 2 ? "It repeated the same search until it ran out of turns." : "It booked the wrong account.",
 * }));
 * const model = topicModel(texts.map(({ text }) => text), { seed: 1 });
 * equal(model.version, 1);
 * ```
 */
export function topicModel(texts: readonly string[], options: TopicModelOptions): TopicModel {
  const { seed, seeds = defaultSeeds(), dimensions = 100, reduced = texts } = options;
  const embedding = embedWords(reduced, dimensions, seededRandom(seed));
  return {
    version: 1,
    space: embedding.space!,
    classes: seedClasses(texts, embedding, seeds).map((found) => ({
      ...found,
      centroid: found.centroid === null ? null : [...found.centroid],
    })),
    classifier: null,
  };
}

/**
 * Labels texts by a kept model. Nothing is fitted: the same text gets the same label whatever stands beside it. With a
 * classifier its class comes first, and the classes by phrases stay as further labels.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { labelTexts, topicModel } from "agent-trace-lab/topics";
 * const texts = Array.from({ length: 40 }, (_, i) => ({
 *   sessionId: `s${i}`,
 *   benchmark: "invoices",
 *   harness: "loop",
 *   text: i % 2 ? "It repeated the same search until it ran out of turns." : "It booked the wrong account.",
 * }));
 * const model = topicModel(texts.map(({ text }) => text), { seed: 1 });
 * equal(labelTexts(model, ["It ran out of turns."]).length, 1);
 * ```
 */
export function labelTexts(model: TopicModel, texts: readonly string[]): SeedLabel[] {
  const points = embedInto(model.space, texts);
  const classes: SeedClass[] = model.classes.map((found) => ({
    ...found,
    centroid: found.centroid === null ? null : Float64Array.from(found.centroid),
  }));
  const labels = labelBySeeds(texts, { points }, classes);
  if (model.classifier === null) return labels;
  return labels.map((label, i) => {
    const primary = classify(model.classifier!, points[i]!);
    return { ...label, primary, all: [primary, ...label.all.filter((id) => id !== primary)] };
  });
}

const numbers = z.array(z.number());

const modelSchema = z.object({
  version: z.literal(1),
  space: z.object({ vocabulary: z.array(z.string()), rarity: numbers, axes: z.array(numbers) }),
  classes: z.array(z.object({
    seed: z.object({
      id: z.string(),
      name: z.string(),
      definition: z.string(),
      phrases: z.array(z.string()),
      sources: z.record(z.string(), z.string()).optional(),
    }),
    matches: z.number(),
    centroid: numbers.nullable(),
    reach: z.number(),
  })),
  classifier: z.object({ classes: z.array(z.string()), weights: z.array(numbers), offsets: numbers }).nullable(),
}) satisfies z.ZodType<TopicModel>;

/**
 * Reads a kept model. @throws {RowError} naming the file and the field that is wrong
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { parseTopicModel, topicModel } from "agent-trace-lab/topics";
 * const texts = Array.from({ length: 40 }, (_, i) => ({
 *   sessionId: `s${i}`,
 *   benchmark: "invoices",
 *   harness: "loop",
 *   text: i % 2 ? "It repeated the same search until it ran out of turns." : "It booked the wrong account.",
 * }));
 * const kept = JSON.stringify(topicModel(texts.map(({ text }) => text), { seed: 1 }));
 * equal(parseTopicModel(JSON.parse(kept), "model.json").version, 1);
 * ```
 */
export function parseTopicModel(value: unknown, file: string): TopicModel {
  return checkRow(modelSchema, value, file, null);
}
