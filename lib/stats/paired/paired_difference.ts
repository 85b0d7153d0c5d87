import { studentTPValue, studentTQuantile } from "../distributions/student_t.ts";
import type { Estimate } from "../types.ts";
import { leastCommonMultiple, signFlipPValue } from "./sign_flips.ts";
import { checkTrials, type PairedTrials } from "./trials.ts";

/** Two sides compared on the tasks that both tried. */
export interface PairedDifference extends Estimate {
  /** Tasks that both tried. */
  tasks: number;
  /** Tasks that only the first side tried; they say nothing here. */
  onlyFirst: number;
  /** Tasks that only the second side tried. */
  onlySecond: number;
  /** Mean over these tasks of the first side's rate. */
  first: number;
  /** Mean over these tasks of the second side's rate. */
  second: number;
  /** How the p-value was computed: all signs of the tasks' differences, or Student's t where there are too many. */
  pValueFrom: "sign flips" | "t";
  /** Standard error that the same tries on different tasks would have had; null with a single task. */
  unpairedStdError: number | null;
  /** How many times as many tasks an unpaired comparison would take for the same width; null where that is not known. */
  worth: number | null;
}

/**
 * The difference of two success rates, first - second, on tasks that both sides tried, each task of equal weight, for new
 * tasks like these. However often a task was tried, it counts as one: tries of a task go together.
 *
 * - `pValue`: exact, over all signs of the tasks' differences (with one try each this is McNemar's exact test);
 * - `lo`, `hi`: mean of the differences with two more added, one try up and one try down, and Student's t (with one try
 *   each these are Bonett and Price's ends, with t for z): a few tasks that all agree do not make a point of it;
 * - `worth`: pairing removes what makes tasks differ in difficulty from the error; so many times as many tasks would an
 *   unpaired comparison need.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { pairedDifference } from "agent-trace-lab/stats";
 * const tasks = [[4, 3], [4, 4], [1, 0], [3, 1], [0, 0], [2, 1]].map(([a, b], i) => ({
 *   task: `t${i}`,
 *   first: { n: 4, k: a! },
 *   second: { n: 4, k: b! },
 * }));
 * const { estimate, pValue, worth } = pairedDifference(tasks);
 * ok(estimate > 0.2 && pValue === 0.125 && worth! > 4);
 * ```
 *
 * @throws {RangeError} when counts are not right, a task is there twice, or no task was tried by both
 * @see Bonett and Price (2012), JEBS 37, 479-488; Fisher (1935), The Design of Experiments, section 21
 */
export function pairedDifference(trials: readonly PairedTrials[]): PairedDifference {
  const seen = new Set<string>();
  for (const { task, first, second } of trials) {
    if (seen.has(task)) throw new RangeError(`pairedDifference: task "${task}" is there twice; add its tries up`);
    seen.add(task);
    checkTrials(first, `pairedDifference, task "${task}", first`);
    checkTrials(second, `pairedDifference, task "${task}", second`);
  }
  const both = trials.filter((t) => t.first.n > 0 && t.second.n > 0);
  const m = both.length;
  if (m === 0) throw new RangeError("pairedDifference: no task was tried by both sides");
  const [a, b] = [both.map((t) => t.first.k / t.first.n), both.map((t) => t.second.k / t.second.n)];
  const differences = a.map((rate, i) => rate - b[i]!);
  const [first, second, estimate] = [mean(a), mean(b), mean(differences)];

  // One try more up and one down, the size of a try being that of the harmonic mean number of tries.
  const step = mean(both.flatMap((t) => [1 / t.first.n, 1 / t.second.n]));
  const widened = [...differences, step, -step];
  const stdError = Math.sqrt(variance(widened) * (m + 1) / (m + 2) / (m + 2));
  const centre = mean(widened), reach = studentTQuantile(0.975, m + 1) * stdError;

  const denominator = leastCommonMultiple(both.flatMap((t) => [t.first.n, t.second.n]));
  const exact = signFlipPValue(differences, denominator);
  const plain = m > 1 ? Math.sqrt(variance(differences) / m) : NaN;
  const statistic = estimate === 0 ? 0 : estimate / plain;
  const unpaired = m > 1 ? Math.sqrt((variance(a) + variance(b)) / m) : null;
  return {
    estimate,
    stdError,
    statistic,
    pValue: exact ?? studentTPValue(statistic, m - 1),
    pValueFrom: exact === null ? "t" : "sign flips",
    lo: Math.max(-1, centre - reach),
    hi: Math.min(1, centre + reach),
    tasks: m,
    onlyFirst: trials.filter((t) => t.first.n > 0 && t.second.n === 0).length,
    onlySecond: trials.filter((t) => t.first.n === 0 && t.second.n > 0).length,
    first,
    second,
    unpairedStdError: unpaired,
    worth: unpaired !== null && plain > 0 ? (unpaired / plain) ** 2 : null,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, v) => sum + (v - centre) ** 2, 0) / (values.length - 1);
}
