import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A source of uniform numbers from 0 to 1, 1 not included. */
export type Random = () => number;

/**
 * Uniform numbers that are the same for the same whole-number seed, on every machine (xoroshiro128+).
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { seededRandom } from "agent-trace-lab/stats";
 * equal(seededRandom(7)(), seededRandom(7)());
 * ```
 */
export function seededRandom(seed: number): Random {
  if (!Number.isInteger(seed)) throw new RangeError(`seededRandom: expected a whole number as seed, found ${seed}`);
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

/**
 * A whole number from 0 to n - 1.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { randomIndex } from "agent-trace-lab/stats";
 * equal(randomIndex(() => 0.99, 3), 2);
 * ```
 */
export function randomIndex(random: Random, n: number): number {
  return Math.floor(random() * n);
}
