/** What is known of a mean at one look. */
export interface MeanLook {
  /** Values so far. */
  n: number;
  /** Their mean. */
  estimate: number;
  /** Lower end, of this look and all before. */
  lo: number;
  /** Upper end, of this look and all before. */
  hi: number;
}

/** No bet risks more than this share of what is there. */
const MOST_RISKED = 0.75;

/**
 * An anytime-valid confidence sequence of the mean of values from `least` to `most`, one look a value: a night's rate, a
 * task's difference of two agents (from -1 to 1), a share of budget used. Nothing is assumed of the distribution; each
 * value must have the same mean, given those before. Costs the square of the number of values; see {@link rateSequence}
 * for single sessions.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { meanSequence } from "agent-trace-lab/stats";
 * const differences = Array.from({ length: 300 }, (_, i) => [0, 0, 1, 0, 0.5, -0.5, 0, 0.25][i % 8]!);
 * const last = meanSequence(differences, { least: -1, most: 1 }).at(-1)!;
 * ok(last.lo > 0 && last.hi < 0.4); // the first agent is better, whenever one had looked
 * ```
 *
 * @param level 0.05 by default
 * @throws {RangeError} when a value is out of bounds
 * @see Waudby-Smith and Ramdas (2024), JRSS B 86, 1-27
 */
export function meanSequence(
  values: readonly number[],
  { least = 0, most = 1, level = 0.05 }: { least?: number; most?: number; level?: number } = {},
): MeanLook[] {
  const x = values.map((value, i) => {
    if (!(value >= least && value <= most)) {
      throw new RangeError(`meanSequence: expected values from ${least} to ${most}, found ${value} at ${i}`);
    }
    return (value - least) / (most - least);
  });
  const stakes = stakesOf(x, level);
  const goal = Math.log(2 / level);
  const scale = (v: number) => least + v * (most - least);
  let [lo, hi, total] = [0, 1, 0];
  const flipped = x.map((v) => 1 - v);
  return x.map((value, i) => {
    total += value;
    lo = Math.max(lo, lowerEnd(x, stakes, i + 1, goal, lo));
    hi = Math.min(hi, 1 - lowerEnd(flipped, stakes, i + 1, goal, 1 - hi));
    return { n: i + 1, estimate: scale(total / (i + 1)), lo: scale(lo), hi: scale(hi) };
  });
}

/** Stakes from the variance of the values before, with a prior value of 1/2 and variance 1/4. */
function stakesOf(x: readonly number[], level: number): number[] {
  let [sum, squares] = [0.5, 0.25];
  return x.map((value, i) => {
    const t = i + 1;
    const stake = Math.sqrt(2 * Math.log(2 / level) / (squares / t * t * Math.log(t + 1)));
    sum += value;
    squares += (value - sum / (t + 1)) ** 2;
    return stake;
  });
}

/** The smallest m, from `known` up, against which betting upwards has not gained the goal. */
function lowerEnd(x: readonly number[], stakes: readonly number[], looks: number, goal: number, known: number): number {
  const log = (m: number) => {
    let sum = 0;
    for (let i = 0; i < looks; i++) {
      sum += Math.log1p(Math.min(stakes[i]!, m > 0 ? MOST_RISKED / m : Infinity) * (x[i]! - m));
    }
    return sum;
  };
  if (log(known) < goal) return known;
  let [low, high] = [known, 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (log(middle) < goal) high = middle;
    else low = middle;
  }
  return low;
}
