import { type LabelStratum, mergedStrata } from "./merge_strata.ts";

export type { LabelStratum };

/** Where the next labels go. */
export interface Allocation {
  /** Its name; strata that were merged, joined by " + ". */
  stratum: string;
  /** The strata it is made of: itself, unless it was merged. */
  of: string[];
  /** Labels to buy now. */
  buy: number;
  /** Labels after that. */
  labelled: number;
  /** Sessions of the stratum. */
  sessions: number;
}

/** How to divide. */
export interface AllocationOptions {
  /** Labels that every stratum must have in the end: 2 by default, as with fewer its variance cannot be estimated. */
  floor?: number;
}

/**
 * Divides a budget of labels among strata so that the stratified mean has the smallest variance: labels in proportion
 * to sessions times standard deviation (Neyman allocation), counting those that exist already, never more than there
 * are sessions, and never fewer than `floor` in a stratum: a stratum without two labels has no variance, and the mean
 * none either. Where the budget does not reach that far, or a stratum has fewer sessions than that, the smallest strata
 * are merged and sampled as one. Whole labels by largest remainder, ties by the order given. A budget beyond all
 * sessions is cut.
 *
 * ```ts
 * import { deepEqual, ok } from "node:assert/strict";
 * import { neymanAllocation } from "agent-trace-lab/stats";
 * const strata = [["easy", 0], ["hard", 0.4], ["tiny", 0]].map(([stratum, sd]) => ({
 *   stratum: String(stratum),
 *   sessions: stratum === "tiny" ? 5 : 100,
 *   labelled: 0,
 *   sd: Number(sd),
 * }));
 * deepEqual(neymanAllocation(strata, 10).map((s) => s.buy), [2, 6, 2]);
 * ok(neymanAllocation(strata, 5).some((s) => s.of.length === 2)); // five labels do not reach three strata
 * ```
 *
 * @throws {RangeError} where the budget or a stratum's counts are not whole and non-negative, or sd is negative.
 * @see Neyman (1934), JRSS 97, 558-625; Cochran (1977), Sampling Techniques, 5.5 and 5A.7 (few units per stratum)
 */
export function neymanAllocation(
  strata: readonly LabelStratum[],
  budget: number,
  { floor = 2 }: AllocationOptions = {},
): Allocation[] {
  if (!Number.isInteger(budget) || budget < 0) throw new RangeError(`budget must be a whole number, found ${budget}`);
  for (const s of strata) {
    const counts = Number.isInteger(s.sessions) && Number.isInteger(s.labelled) && s.labelled >= 0 &&
      s.labelled <= s.sessions;
    if (!counts || !(s.sd >= 0)) {
      throw new RangeError(
        `stratum ${s.stratum}: labelled <= sessions and sd >= 0 are needed, found ` +
          `${s.labelled} of ${s.sessions}, sd ${s.sd}`,
      );
    }
  }
  const held = strata.filter((s) => s.sessions > 0);
  const merged = budget === 0 ? held.map((s) => ({ ...s, of: [s.stratum] })) : mergedStrata(held, budget, floor);
  const room = merged.reduce((sum, s) => sum + s.sessions - s.labelled, 0);
  const spend = Math.min(budget, room);
  const missing = merged.map((s) => Math.max(0, Math.min(floor, s.sessions) - s.labelled));
  const least = sum(missing) > spend ? missing.map(() => 0) : missing;
  const target = fill(merged, least, spend);
  const whole = target.map((t) => Math.floor(t + 1e-9));
  let left = spend - sum(whole);
  const order = target.map((t, i) => ({ i, rest: t - whole[i]! })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  while (left > 0) {
    for (const { i } of order) {
      if (left > 0 && whole[i]! < merged[i]!.sessions - merged[i]!.labelled) {
        whole[i]!++;
        left--;
      }
    }
  }
  return merged.map(({ stratum, of, sessions, labelled }, i) => ({
    stratum,
    of,
    buy: whole[i]!,
    labelled: labelled + whole[i]!,
    sessions,
  }));
}

/** Real-valued purchases: between the floor and the room, c weight - labelled, with c such that they add up to `spend`. */
function fill(strata: readonly LabelStratum[], least: readonly number[], spend: number): number[] {
  // Where no stratum varies, or those that do are full, the rest goes by size: a label is still worth having.
  const largest = Math.max(...strata.map((s) => s.sd), 0);
  const weights = strata.map((s) => s.sessions * (largest > 0 ? s.sd + 1e-9 * largest : 1));
  const at = (c: number) =>
    strata.map((s, i) => Math.min(s.sessions - s.labelled, Math.max(least[i]!, c * weights[i]! - s.labelled)));
  let [low, high] = [0, 1];
  while (sum(at(high)) < spend - 1e-9 && high < 1e30) high *= 2;
  for (let i = 0; i < 300; i++) {
    const middle = (low + high) / 2;
    if (sum(at(middle)) < spend) low = middle;
    else high = middle;
  }
  return at(high);
}

const sum = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0);
