import type { TwoRates } from "../types.ts";
import { type Batch, boundary, checkBatch, logCapital } from "./capital.ts";

/** What is known of a difference at one look. */
export interface DifferenceLook extends TwoRates {
  /** k1/n1 - k2/n2; null before both have a session. */
  estimate: number | null;
  /** Lower end, of this look and all before. */
  lo: number;
  /** Upper end, of this look and all before. */
  hi: number;
}

/**
 * An anytime-valid confidence sequence of the difference of two success rates, first less second, from two streams of
 * sessions on different tasks. A difference is left out when betting against the first rate on the one stream and against
 * that rate less the difference on the other has made 20 of 1 together, whatever the first rate is. For the same tasks,
 * take {@link meanSequence} of the tasks' differences.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { differenceSequence } from "agent-trace-lab/stats";
 * const nights = Array.from({ length: 40 }, (_, i) => ({ k1: 24 + i % 2, n1: 30, k2: 16 - i % 2, n2: 30 }));
 * const looks = differenceSequence(nights);
 * ok(looks[0]!.lo < 0 && looks.at(-1)!.lo > 0.15);
 * ```
 *
 * @param batches what came before each look, in order; a side may have none
 * @param level 0.05 by default
 * @throws {RangeError} when counts are not right
 * @see Robbins (1970), Annals of Mathematical Statistics 41, 1397-1409; Turner and Gruenwald (2023), arXiv:2203.09785
 */
export function differenceSequence(
  batches: readonly TwoRates[],
  { level = 0.05 }: { level?: number } = {},
): DifferenceLook[] {
  const goal = Math.log(1 / level);
  const [first, second] = [{ n: 0, k: 0 }, { n: 0, k: 0 }];
  let [lo, hi] = [-1, 1];
  return batches.map(({ n1, k1, n2, k2 }, i) => {
    for (const [own, n, k, name] of [[first, n1, k1, "first"], [second, n2, k2, "second"]] as const) {
      checkBatch({ n, k }, `differenceSequence, batch ${i}, ${name}`);
      own.n += n;
      own.k += k;
    }
    const total = { k1: first.k, n1: first.n, k2: second.k, n2: second.n };
    if (first.n === 0 || second.n === 0) return { ...total, estimate: null, lo, hi };
    const estimate = first.k / first.n - second.k / second.n;
    const made = (d: number) => leastMade(first, second, d);
    lo = Math.max(lo, boundary(made, goal, estimate, -1));
    hi = Math.min(hi, boundary(made, goal, estimate, 1));
    return { ...total, estimate, lo, hi };
  });
}

/** The least that betting against (p, p - d) made, over all p: convex in p, so its slope is bisected. */
function leastMade(first: Batch, second: Batch, d: number): number {
  let [low, high] = [Math.max(0, d), Math.min(1, 1 + d)];
  const slope = (p: number) => slopeOf(first, p) + slopeOf(second, p - d);
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  const p = (low + high) / 2;
  return logCapital(first, p) + logCapital(second, Math.min(1, Math.max(0, p - d)));
}

function slopeOf({ n, k }: Batch, m: number): number {
  return (n > k ? (n - k) / (1 - m) : 0) - (k > 0 ? k / m : 0);
}
