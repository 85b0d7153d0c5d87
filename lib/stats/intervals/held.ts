import rows from "./held.json" with { type: "json" };

/** How often an interval of 95% held what it is about, in the world where it did so least. */
export interface Held {
  /** The interval, as the table of coverage calls it. */
  interval: string;
  /** What it is about, such as "new runs of these cells". */
  about: string;
  /** The share of samples. */
  covered: number;
  /** The world of that share. */
  world: string;
}

/** Under this an interval of 95% is short, and is not shown without that word. */
export const HELD_ENOUGH = 0.93;

/** Every interval that was tried in worlds whose truth is known, at its worst; `deno task bench coverage --write` makes it. */
export const HELD: readonly Held[] = rows;

/**
 * An interval at its worst where that is short of what it promises; null where it holds.
 *
 * @throws {RangeError} for an interval that was not tried
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { shortOf } from "agent-trace-lab/stats";
 * ok(shortOf("coefficient, HC1", "new cells")!.covered < 0.93);
 * ```
 */
export function shortOf(interval: string, about: string): Held | null {
  const found = HELD.find((row) => row.interval === interval && row.about === about);
  if (!found) throw new RangeError(`no coverage was measured of "${interval}" about "${about}"`);
  return found.covered < HELD_ENOUGH ? found : null;
}

/**
 * Rows of several worlds, each interval at its worst, in the order in which they come.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { HELD, heldAtWorst } from "agent-trace-lab/stats";
 * equal(heldAtWorst([...HELD, ...HELD]).length, HELD.length);
 * ```
 */
export function heldAtWorst(found: readonly Held[]): Held[] {
  const groups = Map.groupBy(found, ({ interval, about }) => JSON.stringify([interval, about]));
  return [...groups.values()].map((all) => {
    const { interval, about, covered, world } = all.reduce((worst, row) => row.covered < worst.covered ? row : worst);
    return { interval, about, covered, world };
  });
}
