import { type Batch, boundary, checkBatch, logCapital } from "./capital.ts";

/** What is known at one look. */
export interface Look {
  /** Sessions so far. */
  n: number;
  /** Of them solved. */
  k: number;
  /** k / n; null before the first session. */
  estimate: number | null;
  /** Lower end, of this look and all before. */
  lo: number;
  /** Upper end, of this look and all before. */
  hi: number;
}

/**
 * An anytime-valid confidence sequence of a success rate: at every look an interval, all of which together hold the rate
 * with 95% probability, however often one looks and whenever one stops. By betting: who bets against a rate that is right
 * makes 20 of 1 with a chance of at most 1 in 20, ever; rates against which betting made more are left out. The bettor
 * spreads the stake over all rates, Beta(1/2, 1/2).
 *
 * Sessions must be drawn alike, given what came before: where a night's sessions share an error (one run a night), bet on
 * nights, by {@link meanSequence} of their rates.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { rateSequence, wilson } from "agent-trace-lab/stats";
 * const nights = Array.from({ length: 30 }, (_, i) => ({ n: 40, k: 27 + i % 3 }));
 * const last = rateSequence(nights).at(-1)!;
 * ok(last.lo > 0.6 && last.hi < 0.8);
 * ok(last.hi - last.lo > wilson(last.k, last.n).hi - wilson(last.k, last.n).lo); // the price of looking every night
 * ```
 *
 * @param batches what came before each look, in order
 * @param level 0.05 by default
 * @throws {RangeError} when counts are not right
 * @see Robbins (1970), Annals of Mathematical Statistics 41, 1397-1409; Waudby-Smith and Ramdas (2024), JRSS B 86, 1-27
 */
export function rateSequence(batches: readonly Batch[], { level = 0.05 }: { level?: number } = {}): Look[] {
  const goal = Math.log(1 / level);
  const total = { n: 0, k: 0 };
  let [lo, hi] = [0, 1];
  return batches.map((batch, i) => {
    checkBatch(batch, `rateSequence, batch ${i}`);
    total.n += batch.n;
    total.k += batch.k;
    if (total.n === 0) return { ...total, estimate: null, lo, hi };
    const estimate = total.k / total.n;
    const made = (m: number) => logCapital(total, m);
    lo = Math.max(lo, boundary(made, goal, estimate, 0));
    hi = Math.min(hi, boundary(made, goal, estimate, 1));
    return { ...total, estimate, lo, hi };
  });
}
