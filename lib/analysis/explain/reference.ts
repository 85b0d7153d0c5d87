import type { Cell } from "../../model/mod.ts";
import type { ModelSpec } from "../../stats/mod.ts";
import { tally } from "../counts/tally.ts";
import { type Factor, FACTORS } from "./factors.ts";

/** The level of each factor that the others are compared with; a factor left out takes its most frequent one. */
export type References = Partial<Record<"benchmark" | "model" | "harness", string>>;

/** What a fit of success must be told. */
export interface FitOptions {
  /** The level it is compared with. */
  reference?: References;
}

/** The level of a factor with most scored sessions, the first by name among equals; null where nothing is scored. */
export function mostFrequent(cells: readonly Cell[], factor: Factor): string | null {
  const levels = tally(cells, [factor]).filter((t) => t.n > 0);
  return levels.reduce<typeof levels[number] | null>((a, b) => a === null || b.n > a.n ? b : a, null)?.[factor] ?? null;
}

/** Success on benchmark + model + harness, each over its reference. */
export function specOf(cells: readonly Cell[], { reference = {} }: FitOptions = {}): ModelSpec {
  return {
    factors: FACTORS.map((name) => {
      const level = reference[name] ?? mostFrequent(cells, name);
      return level === null ? { name } : { name, reference: level };
    }),
  };
}
