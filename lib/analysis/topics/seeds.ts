import { z } from "zod";
import { checkRow } from "../../model/mod.ts";
import defaults from "./seeds.json" with { type: "json" };

/** A way of failing that is known before the texts are read. */
export interface Seed {
  /** A word of lower case letters, digits and `_`, the same in every run. */
  id: string;
  /** For readers: two to five words. */
  name: string;
  /** One sentence: what belongs here. A model that labels is shown it. */
  definition: string;
  /** What a text of this class says: see {@link phraseMatcher}. */
  phrases: string[];
  /** What other taxonomies call it, by taxonomy. */
  sources?: Record<string, string> | undefined;
}

const seedSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/, "expected lower case letters, digits and _"),
  name: z.string().min(1),
  definition: z.string().min(1),
  phrases: z.array(z.string().min(1)).min(1),
  sources: z.record(z.string(), z.string()).optional(),
}) satisfies z.ZodType<Seed>;

const fileSchema = z.object({ version: z.literal(1), about: z.string().optional(), seeds: z.array(seedSchema).min(1) });

/**
 * Reads seeds from a parsed file `{ "version": 1, "seeds": [{ id, name, definition, phrases, sources? }] }`.
 *
 * @throws {RowError} naming the file and the field that is wrong, or an id that is there twice
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { parseSeeds } from "agent-trace-lab/topics";
 * const seed = { id: "wrong_account", name: "wrong account", definition: "It books elsewhere.", phrases: ["wrong account"] };
 * equal(parseSeeds({ version: 1, seeds: [seed] }, "seeds.json")[0]?.id, "wrong_account");
 * ```
 */
export function parseSeeds(value: unknown, file: string): Seed[] {
  const { seeds } = checkRow(fileSchema, value, file, null);
  const twice = seeds.find(({ id }, i) => seeds.findIndex((other) => other.id === id) < i);
  if (twice) throw new RangeError(`${file}: the seed "${twice.id}" is there twice`);
  return seeds;
}

/**
 * The seeds of `seeds.json`: what the field's taxonomies of failures have, each with its sources.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { defaultSeeds } from "agent-trace-lab/topics";
 * equal(defaultSeeds().some(({ id }) => id === "incomplete_steps"), true);
 * ```
 */
export function defaultSeeds(): Seed[] {
  return parseSeeds(defaults, "lib/analysis/topics/seeds.json");
}
