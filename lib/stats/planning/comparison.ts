import { normalCdf, normalQuantile } from "../distributions/normal.ts";

/** How outcomes vary: what a comparison of two agents has to see through. */
export interface OutcomeSpread {
  /** Success rate between the two agents'. */
  rate: number;
  /**
   * Share of the variance of a try that lies between tasks, for one agent (`betweenTasks` of {@link consistency}); 0 by
   * default: tasks are all alike.
   */
  betweenTasks?: number;
  /**
   * Share of the variance of a try that a task has in common for both agents: their covariance over tasks divided by
   * rate (1 - rate). At most `betweenTasks`; 0 by default: what is hard for one says nothing of the other.
   */
  sharedByTasks?: number;
  /** Share of the variance of a try that lies between runs of one agent; 0 by default: runs are all alike. */
  betweenRuns?: number;
}

/** Sessions of a comparison of two agents, each side the same. */
export interface ComparisonSize {
  /** Tasks of each agent. */
  tasks: number;
  /** Tries of each task by each agent; 1 by default. */
  tries?: number;
  /** Runs of each agent over which its sessions are spread; a run for each session by default. */
  runs?: number;
  /** Whether both agents try the same tasks. */
  paired: boolean;
  /** What the answer is about: `new tasks` like these (default), or `these tasks` alone. */
  estimand?: "new tasks" | "these tasks";
}

/** Error rates of a test. */
export interface ErrorRatesOfTest {
  /** Chance of a difference where there is none, two-sided; 0.05 by default. */
  level?: number;
  /** Chance of finding the difference where there is one; 0.8 by default. */
  power?: number;
}

/**
 * The standard error of the difference of two agents' rates: with v the variance of a try and b, s, g its shares between
 * tasks, shared by agents, between runs, 2 v [b/m + g/R + (1 - b - g)/(m r)] for m tasks of r tries in R runs, less 2 v s/m
 * where tasks are the same. About these tasks alone the terms in b/m and s/m are not there.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { comparisonError } from "agent-trace-lab/stats";
 * const spread = { rate: 0.5, betweenTasks: 0.6, sharedByTasks: 0.5 };
 * const error = (paired: boolean) => comparisonError(spread, { tasks: 100, tries: 4, paired });
 * ok(error(true) < 0.6 * error(false));
 * ```
 *
 * @throws {RangeError} when a share or a size is impossible
 */
export function comparisonError(spread: OutcomeSpread, size: ComparisonSize, difference = 0): number {
  return Math.sqrt(variances(spread, size, difference).alternative);
}

/**
 * The chance that a two-sided test tells two agents apart that differ by `difference`. With one try a task this is the
 * textbook power of two proportions (unpaired) and of McNemar's test (paired, Connor).
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { comparisonPower } from "agent-trace-lab/stats";
 * const power = comparisonPower({ rate: 0.525 }, { tasks: 1565, paired: false }, 0.05);
 * equal(power.toFixed(2), "0.80");
 * ```
 *
 * @throws {RangeError} when a share, a size or a rate is impossible
 * @see Fleiss, Levin, Paik (2003), Statistical Methods for Rates and Proportions, ch. 4; Connor (1987), Biometrics 43, 207-211
 */
export function comparisonPower(
  spread: OutcomeSpread,
  size: ComparisonSize,
  difference: number,
  { level = 0.05 }: ErrorRatesOfTest = {},
): number {
  const { none, alternative } = variances(spread, size, difference);
  const cut = normalQuantile(1 - level / 2) * Math.sqrt(none), d = Math.abs(difference), error = Math.sqrt(alternative);
  return normalCdf((d - cut) / error) + normalCdf((-d - cut) / error);
}

/**
 * The fewest tasks with which two agents that differ by `difference` are told apart with the power asked for; null where no
 * number of tasks does it, because runs differ by too much: then only more runs help.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { tasksNeeded } from "agent-trace-lab/stats";
 * const spread = { rate: 0.525, betweenTasks: 0.8, sharedByTasks: 0.75 };
 * equal(tasksNeeded(spread, { paired: false }, 0.05), 1565);
 * equal(tasksNeeded(spread, { paired: true }, 0.05), 396);
 * ```
 *
 * @throws {RangeError} when a share, a size or a rate is impossible, or the difference is 0
 */
export function tasksNeeded(
  spread: OutcomeSpread,
  size: Omit<ComparisonSize, "tasks">,
  difference: number,
  { level = 0.05, power = 0.8 }: ErrorRatesOfTest = {},
): number | null {
  if (difference === 0) {
    throw new RangeError("tasksNeeded: expected a difference other than 0; equality takes a margin");
  }
  const enough = (tasks: number) => comparisonPower(spread, { ...size, tasks }, difference, { level }) >= power;
  return fewest(enough);
}

/**
 * The fewest tasks with which two agents that do not differ are found the same but for `margin`, by two one-sided tests;
 * null where no number of tasks does it.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { tasksForEquivalence, tasksNeeded } from "agent-trace-lab/stats";
 * const sameness = tasksForEquivalence({ rate: 0.5 }, { paired: false }, 0.05)!;
 * ok(sameness > tasksNeeded({ rate: 0.5 }, { paired: false }, 0.05)!);
 * ```
 *
 * @throws {RangeError} when a share, a size or a rate is impossible
 */
export function tasksForEquivalence(
  spread: OutcomeSpread,
  size: Omit<ComparisonSize, "tasks">,
  margin: number,
  { level = 0.05, power = 0.8 }: ErrorRatesOfTest = {},
): number | null {
  const z = normalQuantile(1 - level);
  return fewest((tasks) => 2 * normalCdf(margin / comparisonError(spread, { ...size, tasks }) - z) - 1 >= power);
}

/**
 * The smallest difference that a comparison of this size finds with the power asked for; null where it finds none that is
 * possible at this rate.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { detectableDifference } from "agent-trace-lab/stats";
 * const of = (tasks: number) => detectableDifference({ rate: 0.5 }, { tasks, paired: false })!;
 * ok(of(100) > 0.18 && of(100) < 0.2);
 * ok(of(400) < of(100) / 1.9);
 * ```
 *
 * @throws {RangeError} when a share, a size or a rate is impossible
 */
export function detectableDifference(
  spread: OutcomeSpread,
  size: ComparisonSize,
  { level = 0.05, power = 0.8 }: ErrorRatesOfTest = {},
): number | null {
  const most = 2 * Math.min(spread.rate, 1 - spread.rate);
  let [low, high] = [0, most];
  if (comparisonPower(spread, size, most, { level }) < power) return null;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (comparisonPower(spread, size, middle, { level }) < power) low = middle;
    else high = middle;
  }
  return high;
}

/** Tasks beyond this are as good as never. */
const MOST_TASKS = 1e9;

function fewest(enough: (tasks: number) => boolean): number | null {
  let high = 2;
  while (!enough(high)) {
    high *= 2;
    if (high > MOST_TASKS) return null;
  }
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Variance of the estimated difference where there is none, and where there is this one. */
function variances(
  { rate, betweenTasks = 0, sharedByTasks = 0, betweenRuns = 0 }: OutcomeSpread,
  { tasks, tries = 1, runs = tasks * tries, paired, estimand = "new tasks" }: ComparisonSize,
  difference: number,
): { none: number; alternative: number } {
  const half = Math.abs(difference) / 2;
  if (!(rate - half >= 0 && rate + half <= 1)) {
    throw new RangeError(`rates ${rate} -/+ ${half}: expected both agents' rates from 0 to 1`);
  }
  for (const [name, share] of Object.entries({ betweenTasks, sharedByTasks, betweenRuns })) {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`${name}: expected a share from 0 to 1, found ${share}`);
  }
  if (betweenTasks + betweenRuns > 1) {
    throw new RangeError(`betweenTasks ${betweenTasks} and betweenRuns ${betweenRuns}: expected at most 1 together`);
  }
  for (const [name, count] of Object.entries({ tasks, tries, runs })) {
    if (!(count >= 1)) throw new RangeError(`${name}: expected at least 1, found ${count}`);
  }
  // What agents share of a task is part of what tasks differ by, known or not.
  const b = Math.max(betweenTasks, sharedByTasks);
  const ofTasks = estimand === "these tasks" ? 0 : (b - (paired ? sharedByTasks : 0)) / tasks;
  const within = (1 - b - betweenRuns) / (tasks * tries);
  const factor = 2 * (ofTasks + betweenRuns / runs + Math.max(0, within));
  const d = Math.abs(difference);
  // However alike two agents are on tasks, they end unlike on at least the share of pairs that makes the difference.
  const least = paired && tries === 1 ? (d - d * d) / tasks : 0;
  const alternative = Math.max(least, factor * (rate * (1 - rate) - half * half));
  // Under no difference the rates are pooled, and disagreements of pairs go either way alike.
  const pooled = difference * difference * (paired ? 1 : 0.5) / (tasks * tries);
  return { none: alternative + pooled, alternative };
}
