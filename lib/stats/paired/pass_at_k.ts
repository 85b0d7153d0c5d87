import { type ClusteredRate, meanShare } from "../intervals/clustered_rate.ts";
import { checkTrials, type Trials } from "./trials.ts";

/** What some tries of a task are good for. */
export interface PassRates {
  /** Tries allowed. */
  tries: number;
  /** Tasks tried at least so often. */
  tasks: number;
  /** Tasks tried less often: no unbiased value exists for them. */
  leftOut: number;
  /** pass@k: the share of tasks that at least one of the tries solves. Null without a task. */
  anyOf: ClusteredRate | null;
  /** pass^k: the share of tasks that every one of the tries solves. Null without a task. */
  allOf: ClusteredRate | null;
}

/**
 * pass@k and pass^k from tasks tried n times each, k of them solved, for new tasks like these: per task the share of all
 * choices of `tries` out of its n that hold a solved one, 1 - C(n - k, tries) / C(n, tries), and that hold solved ones
 * only, C(k, tries) / C(n, tries); neither is biased, as counting the first tries or powers of the rate would be. Means over
 * tasks, with the interval of {@link meanShare}.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { passRates } from "agent-trace-lab/stats";
 * const { anyOf, allOf } = passRates([{ n: 4, k: 2 }, { n: 4, k: 4 }], 2);
 * equal(anyOf!.estimate.toFixed(3), "0.917"); // 5 of 6 pairs hold a solved try, and all do
 * equal(allOf!.estimate.toFixed(3), "0.583"); // 1 of 6, and all
 * ```
 *
 * @throws {RangeError} when counts are not right or `tries` is not a whole number from 1
 * @see Chen et al. (2021), arXiv:2107.03374 (pass@k); Yao et al. (2024), arXiv:2406.12045 (pass^k)
 */
export function passRates(tasks: readonly Trials[], tries: number): PassRates {
  if (!Number.isInteger(tries) || tries < 1) {
    throw new RangeError(`passRates: expected a whole number of tries from 1, found ${tries}`);
  }
  tasks.forEach((t, i) => checkTrials(t, `passRates, task ${i}`));
  const enough = tasks.filter((t) => t.n >= tries);
  const over = (share: (t: Trials) => number) => enough.length === 0 ? null : meanShare(enough.map(share));
  return {
    tries,
    tasks: enough.length,
    leftOut: tasks.length - enough.length,
    anyOf: over(({ n, k }) => 1 - shareOfChoices(n - k, n, tries)),
    allOf: over(({ n, k }) => shareOfChoices(k, n, tries)),
  };
}

/** C(from, size) / C(all, size), as a product that neither overflows nor rounds to less than 0. */
function shareOfChoices(from: number, all: number, size: number): number {
  let share = 1;
  for (let i = 0; i < size && share > 0; i++) share *= Math.max(0, from - i) / (all - i);
  return share;
}
