import { normalCdf } from "../distributions/normal.ts";
import { checkCounts, checkJudged, type Confusion, confusionSize, type JudgedCount } from "./confusion.ts";

/** What is known of a rate where nothing is assumed of the judge or of how labels were chosen. */
export interface RateBounds {
  /** As if every session without a label had failed. */
  least: number;
  /** As if every one had succeeded. */
  most: number;
  /** Lower end of the 95% interval of the rate of sessions like these: the least, and chance. */
  lo: number;
  /** Upper end. */
  hi: number;
  /** Sessions without a label. */
  unlabelled: number;
}

/**
 * Manski's bounds of a success rate: labelled sessions count as labelled, all others either way. They assume nothing, so
 * verdicts do not enter, and a claim that lies within them is not settled by labels alone. The interval covers the rate
 * itself, not the whole of the bounds (Imbens and Manski).
 *
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { manskiBounds } from "agent-trace-lab/stats";
 * const { least, most } = manskiBounds({ tp: 30, fp: 5, fn: 10, tn: 5 }, { n: 50, k: 30 });
 * deepEqual([least, most], [0.4, 0.9]);
 * ```
 *
 * @throws {RangeError} when counts are not right or there is no session
 * @see Manski (1989), J. Human Resources 24, 343-360; Imbens and Manski (2004), Econometrica 72, 1845-1857
 */
export function manskiBounds(labelled: Confusion, unlabelled: JudgedCount): RateBounds {
  checkCounts({ ...labelled }, "labelled sessions");
  checkJudged(unlabelled, "unlabelled sessions");
  const n = confusionSize(labelled) + unlabelled.n;
  if (n === 0) throw new RangeError("no session to bound: both labelled and unlabelled are empty");
  const least = (labelled.tp + labelled.fn) / n, most = least + unlabelled.n / n;
  const [low, high] = [least, most].map((p) => Math.sqrt(p * (1 - p) / n)) as [number, number];
  const cut = imbensManski(most - least, Math.max(low, high));
  return {
    least,
    most,
    lo: Math.max(0, least - cut * low),
    hi: Math.min(1, most + cut * high),
    unlabelled: unlabelled.n,
  };
}

/**
 * Manski's bounds of the difference of two groups' rates, first less second: the least of the first against the most of the
 * second, and the other way.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { manskiBounds, manskiDifference } from "agent-trace-lab/stats";
 * const labelled = { tp: 40, fp: 5, fn: 0, tn: 5 };
 * const first = manskiBounds(labelled, { n: 5, k: 5 });
 * const second = manskiBounds({ tp: 5, fp: 5, fn: 0, tn: 40 }, { n: 5, k: 0 });
 * equal(manskiDifference(first, second).sign, "positive"); // whatever the ten without a label were
 * ```
 */
export function manskiDifference(
  first: RateBounds,
  second: RateBounds,
): { least: number; most: number; sign: "positive" | "negative" | "not known" } {
  const least = first.least - second.most, most = first.most - second.least;
  return { least, most, sign: least > 0 ? "positive" : most < 0 ? "negative" : "not known" };
}

/** The c with Phi(c + width / error) - Phi(-c) = 0.95. */
function imbensManski(width: number, error: number): number {
  if (error === 0) return 0;
  let [low, high] = [1.6, 2];
  for (let i = 0; i < 60; i++) {
    const c = (low + high) / 2;
    if (normalCdf(c + width / error) - normalCdf(-c) < 0.95) low = c;
    else high = c;
  }
  return (low + high) / 2;
}
