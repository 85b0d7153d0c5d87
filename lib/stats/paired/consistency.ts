import { studentTQuantile } from "../distributions/student_t.ts";
import { checkTrials, type Trials } from "./trials.ts";

/** How far repeats of a task end the same way. */
export interface Consistency {
  /** Tasks tried at least twice. */
  tasks: number;
  /** Tasks tried once: they say nothing of repeats. */
  leftOut: number;
  /** Of the tasks: solved by every try. */
  always: number;
  /** Solved by some tries. */
  sometimes: number;
  /** Solved by none. */
  never: number;
  /** The probability that two tries of a task end the same way; null without a repeated task. */
  agreement: number | null;
  /**
   * What of the variance of outcomes lies between tasks, 1 - disagreement of two tries of a task over that of two tries of
   * any: 1 where the task decides, 0 where each try is a toss. Null where every try ended the same way.
   */
  betweenTasks: number | null;
  /** Lower end of the 95% interval of `betweenTasks`, for new tasks like these. */
  lo: number | null;
  /** Upper end. */
  hi: number | null;
}

/**
 * Consistency over repeats: how often two tries of one task agree, and how much of that is the task's doing. `betweenTasks`
 * is Krippendorff's alpha with tasks as units and tries as raters; its interval leaves out one task after the other
 * (jackknife on the scale of Fisher's z, Student's t).
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { consistency } from "agent-trace-lab/stats";
 * const { always, sometimes, agreement } = consistency([{ n: 4, k: 4 }, { n: 4, k: 2 }, { n: 4, k: 0 }]);
 * equal(always + sometimes, 2);
 * equal(agreement!.toFixed(3), "0.778"); // 1, 1/3 and 1
 * ```
 *
 * @throws {RangeError} when counts are not right
 * @see Krippendorff (2011), Computing Krippendorff's Alpha-Reliability
 */
export function consistency(tasks: readonly Trials[]): Consistency {
  tasks.forEach((t, i) => checkTrials(t, `consistency, task ${i}`));
  const repeated = tasks.filter((t) => t.n > 1);
  const m = repeated.length;
  const disagreement = repeated.map(({ n, k }) => 2 * k * (n - k) / (n * (n - 1)));
  const betweenTasks = alpha(sumsOf(repeated));
  return {
    tasks: m,
    leftOut: tasks.length - m,
    always: repeated.filter((t) => t.k === t.n).length,
    sometimes: repeated.filter((t) => t.k > 0 && t.k < t.n).length,
    never: repeated.filter((t) => t.k === 0).length,
    agreement: m === 0 ? null : 1 - disagreement.reduce((a, b) => a + b, 0) / m,
    betweenTasks,
    ...interval(repeated, betweenTasks),
  };
}

interface Sums {
  n: number;
  k: number;
  /** Pairs of a task that disagree, over its tries less one. */
  within: number;
}

function sumsOf(tasks: readonly Trials[]): Sums {
  return tasks.reduce<Sums>(
    (sum, { n, k }) => ({ n: sum.n + n, k: sum.k + k, within: sum.within + 2 * k * (n - k) / (n - 1) }),
    { n: 0, k: 0, within: 0 },
  );
}

/** 1 - observed / expected disagreement, tasks weighted by their tries. */
function alpha({ n, k, within }: Sums): number | null {
  const expected = n > 1 ? 2 * k * (n - k) / (n * (n - 1)) : 0;
  return expected === 0 ? null : 1 - within / n / expected;
}

function interval(tasks: readonly Trials[], estimate: number | null): { lo: number | null; hi: number | null } {
  const m = tasks.length, all = sumsOf(tasks);
  const left = m < 3 || estimate === null || Math.abs(estimate) >= 1 ? [] : tasks.map((task) => {
    const own = sumsOf([task]);
    return alpha({ n: all.n - own.n, k: all.k - own.k, within: all.within - own.within });
  });
  const known = left.filter((v): v is number => v !== null && Math.abs(v) < 1).map(Math.atanh);
  if (known.length < Math.max(3, m)) return { lo: null, hi: null };
  const centre = known.reduce((a, b) => a + b, 0) / m;
  const stdError = Math.sqrt((m - 1) / m * known.reduce((sum, v) => sum + (v - centre) ** 2, 0));
  const [z, reach] = [Math.atanh(estimate!), studentTQuantile(0.975, m - 1) * stdError];
  return { lo: Math.tanh(z - reach), hi: Math.tanh(z + reach) };
}
