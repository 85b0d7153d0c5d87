import { quantileSorted } from "../descriptive/quantile.ts";
import { logistic } from "../distributions/logistic.ts";
import { keyOf } from "../regression/patterns.ts";
import { standardNormal } from "../resampling/normal_draws.ts";
import type { Random } from "../resampling/random.ts";
import type { Interval } from "../types.ts";
import type { MultilevelPosterior } from "./posterior.ts";

/**
 * Where a rate is asked for: a level by factor. A name that was not observed, or null, is a new level, drawn from what
 * the observed ones look like; within one call the same new name is the same new level.
 */
export type At = Readonly<Record<string, string | null>>;

/**
 * Draws of success rates at combinations of levels, observed or new: of a cell as it is, of a config on a new benchmark,
 * of a new run. Draw i of each belongs together, so differences and ranks of them can be taken draw by draw.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { drawSummary, fitMultilevel, posteriorDraws, rateDraws, seededRandom } from "agent-trace-lab/stats";
 * const rows = [12, 15, 9, 18, 14, 3].map((k, i) => ({ levels: { harness: `h${i}` }, n: 20, k }));
 * const random = seededRandom(1);
 * const posterior = posteriorDraws(fitMultilevel(rows, { random: ["harness"] }), { random, draws: 500 });
 * const [known, unseen] = rateDraws(posterior, [{ harness: "h3" }, { harness: null }], random);
 * const width = ({ lo, hi }: { lo: number; hi: number }) => hi - lo;
 * ok(width(drawSummary(unseen!)) > width(drawSummary(known!)));
 * ```
 *
 * @param random for new levels
 * @param typical names of random terms whose shift is taken as 0: `run` gives the rate of a typical run, where a null level
 *   gives that of the next one
 * @throws {RangeError} when a factor is not named, or a fixed factor has no such level
 */
export function rateDraws(
  posterior: MultilevelPosterior,
  places: readonly At[],
  random: Random,
  { typical = [] }: { typical?: readonly string[] } = {},
): Float64Array[] {
  const { model: { state: { cells } }, unknowns, deviations } = posterior;
  const indexes = cells.terms.map(({ factors, levels, first }) =>
    new Map(levels.map((level, l) => [keyOf(level, factors), first + l]))
  );
  const fresh = new Map<string, Float64Array>();
  const freshDraws = (key: string) => {
    let draws = fresh.get(key);
    if (draws === undefined) fresh.set(key, draws = Float64Array.from(unknowns, () => standardNormal(random)));
    return draws;
  };
  return places.map((at) => {
    checkPlace(at, cells.terms.flatMap((t) => typical.includes(t.name) ? [] : t.factors), cells.known);
    const columns = cells.fixedLevels.flatMap((when, j) =>
      Object.entries(when).every(([factor, level]) => at[factor] === level) ? [cells.levels + j] : []
    );
    const shifts = cells.terms.map(({ name, factors }, t) => {
      if (typical.includes(name)) return null;
      const key = factors.map((f) => at[f] === null ? "\0" : `${at[f]}`);
      const index = indexes[t]!.get(keyOf(Object.fromEntries(factors.map((f, i) => [f, key[i]!])), factors));
      return index ?? freshDraws(`${name}\n${key.join("\n")}`);
    });
    return Float64Array.from(unknowns, (v, i) => {
      let eta = 0;
      for (const j of columns) eta += v[j]!;
      shifts.forEach((shift, t) => {
        if (shift !== null) eta += typeof shift === "number" ? v[shift]! : deviations[i]![t]! * shift[i]!;
      });
      return logistic(eta);
    });
  });
}

function checkPlace(at: At, random: readonly string[], known: Readonly<Record<string, readonly string[]>>): void {
  const missing = [...random, ...Object.keys(known)].find((factor) => at[factor] === undefined);
  if (missing !== undefined) {
    throw new RangeError(`rateDraws: no level of "${missing}"; name one, or null for a new one`);
  }
  for (const [factor, levels] of Object.entries(known)) {
    if (!levels.includes(at[factor] ?? "")) {
      throw new RangeError(
        `rateDraws: fixed factor "${factor}" has no level ${JSON.stringify(at[factor])}; it has ${levels.join(", ")}`,
      );
    }
  }
}

/** What draws of one quantity say. */
export interface DrawSummary extends Interval {
  /** Half of the draws lie below. */
  median: number;
}

/**
 * Mean (`estimate`), median and central interval of draws.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { drawSummary } from "agent-trace-lab/stats";
 * equal(drawSummary([0, 1, 2, 3, 4]).median, 2);
 * ```
 *
 * @throws {RangeError} when there are no draws
 */
export function drawSummary(draws: ArrayLike<number>, confidence = 0.95): DrawSummary {
  const sorted = Float64Array.from(draws).sort();
  const tail = (1 - confidence) / 2;
  return {
    estimate: sorted.reduce((a, b) => a + b, 0) / sorted.length,
    median: quantileSorted(sorted, 0.5),
    lo: quantileSorted(sorted, tail),
    hi: quantileSorted(sorted, 1 - tail),
  };
}
