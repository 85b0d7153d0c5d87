import { type Cell, configName, type Dataset } from "../../model/mod.ts";
import {
  comparisonPower,
  consistency,
  detectableDifference,
  type OutcomeSpread,
  tasksForEquivalence,
  tasksNeeded,
  type Trials,
} from "../../stats/mod.ts";
import { trialsByTask } from "./paired.ts";
import { plural } from "../../model/plural.ts";

/** Scored sessions of each config from which a plan is made: what outcomes differ by is taken from them. */
export const MIN_PLAN_N = 5;

/** What is to be planned. */
export interface PlanQuestion {
  /** Two configs (`harness · model`); the two with most scored sessions unless given. */
  configs?: readonly [string, string] | undefined;
  /** The difference in rates to be told, such as 0.05 for 5 points. */
  difference: number;
  /** Chance of finding it where it is there; 0.8 by default. */
  power?: number;
}

/** Sizes of a comparison for one number of tries a task. */
export interface PlanRow {
  tries: number;
  /** Tasks of each config where each has its own; null where no number is enough. */
  unpaired: number | null;
  /** Tasks that both try; null where no number is enough, or these sessions do not say what pairing gains. */
  paired: number | null;
  /** Runs of each config below which no number of tasks is enough; 1 where runs are alike. */
  runs: number;
  /** Tasks for saying that two that do not differ are the same but for the difference, unpaired and paired. */
  equivalence: number | null;
  equivalence_paired: number | null;
}

/** How many sessions an answer takes. */
export interface Plan {
  configs: [string, string];
  /** Success rate of both together, and the scored sessions it is of. */
  rate: number;
  n: number;
  difference: number;
  power: number;
  /** What outcomes differ by, from these sessions. */
  spread: OutcomeSpread;
  /** Tasks that both configs tried; null where sessions name no tasks or are not held. */
  tasks: number | null;
  /** Whether tasks were tried more than once, so that what they differ by is measured, not assumed. */
  repeated: boolean;
  rows: PlanRow[];
  /** The smallest difference that so many tasks find, each tried once; null where none that is possible, or not known. */
  curve: { tasks: number; unpaired: number | null; paired: number | null }[];
  /** The smallest difference that as many sessions as each has now would find; null where none that is possible. */
  detectable: number | null;
  /** Power of as many sessions as each has now for the difference asked for. */
  power_now: number;
  sentence: string;
}

/** Tries a task that a plan is made for. */
const TRIES = [1, 2, 4];
/** Numbers of tasks that the curve is worked out for. */
const CURVE = [25, 50, 100, 200, 400, 800, 1600, 3200, 6400];
/** A share of variance between runs below this is none. */
const NO_SHARE = 1e-3;

/**
 * How many tasks it takes to tell two configs apart by a number of points, or to say that they are the same but for it: from
 * their rate, from how alike tries of a task and of a run are in these sessions, and from how alike the two are on tasks that
 * both tried. About new tasks like these, a run for each session; `runs` says with how few it can be done at all.
 *
 * Null where fewer than two configs have {@link MIN_PLAN_N} scored sessions, or every session has the same outcome.
 *
 * ```ts
 * import { datasetOf, planComparison } from "agent-trace-lab/analysis";
 * import { equal } from "node:assert/strict";
 * const info = { name: "mine", sha256: "", sessions: 0, sentence: "", caption: "mine" };
 * equal(planComparison(datasetOf(info, []), { difference: 0.05 }), null);
 * ```
 *
 * @throws {RangeError} for a config that has no scored session, with those that have
 */
export function planComparison(dataset: Dataset, { configs, difference, power = 0.8 }: PlanQuestion): Plan | null {
  const counts = new Map<string, Trials>();
  for (const cell of dataset.cells) {
    if (cell.verdict === null) continue;
    const name = configName(cell.harness, cell.model), own = counts.get(name) ?? { n: 0, k: 0 };
    counts.set(name, { n: own.n + cell.sessions, k: own.k + (cell.verdict === 1 ? cell.sessions : 0) });
  }
  const ordered = [...counts].sort(([a, x], [b, y]) => y.n - x.n || (a < b ? -1 : 1)).map(([name]) => name);
  const missing = configs?.find((name) => !counts.has(name));
  if (missing !== undefined) {
    throw new RangeError(`"${missing}" has no scored session; there are ${ordered.join(", ")}`);
  }
  const [first, second] = configs ?? ordered;
  if (first === undefined || second === undefined) return null;
  const [a, b] = [counts.get(first)!, counts.get(second)!];
  const n = a.n + b.n, rate = (a.k + b.k) / n;
  if (Math.min(a.n, b.n) < MIN_PLAN_N || rate === 0 || rate === 1) return null;
  // Rates too near an end leave no room for the difference on both sides of it.
  const centre = Math.min(1 - difference / 2, Math.max(difference / 2, rate));
  const { spread, tasks, repeated } = spreadOf(dataset, [first, second], centre);
  const sized = (tries: number, paired: boolean) => tasksNeeded(spread, { tries, paired }, difference, { power });
  const same = (tries: number, paired: boolean) =>
    tasksForEquivalence(spread, { tries, paired }, difference, { power });
  const pairs = tasks !== null;
  const rows = TRIES.filter((tries) => tries === 1 || repeated).map((tries): PlanRow => ({
    tries,
    unpaired: sized(tries, false),
    paired: pairs ? sized(tries, true) : null,
    runs: fewestRuns((runs) => tasksNeeded(spread, { tries, paired: pairs, runs }, difference, { power }) !== null),
    equivalence: same(tries, false),
    equivalence_paired: pairs ? same(tries, true) : null,
  }));
  const now = { tasks: Math.max(2, Math.floor(Math.min(a.n, b.n))), paired: false };
  const plan: Omit<Plan, "sentence"> = {
    configs: [first, second],
    rate,
    n,
    difference,
    power,
    spread,
    tasks,
    repeated,
    rows,
    curve: CURVE.map((tasks) => ({
      tasks,
      unpaired: detectableDifference(spread, { tasks, paired: false }, { power }),
      paired: pairs ? detectableDifference(spread, { tasks, paired: true }, { power }) : null,
    })),
    detectable: detectableDifference(spread, now, { power }),
    power_now: comparisonPower(spread, now, difference),
  };
  return { ...plan, sentence: sentenceOf(plan) };
}

/** The fewest runs that are enough; a thousand stand for more than anybody has. */
function fewestRuns(enough: (runs: number) => boolean): number {
  let [low, high] = [0, 1000];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** What outcomes differ by: tasks from repeats and from what both tried, runs from runs of one cell. */
function spreadOf(
  dataset: Dataset,
  configs: readonly [string, string],
  rate: number,
): { spread: OutcomeSpread; tasks: number | null; repeated: boolean } {
  const betweenRuns = runShare(dataset.cells.filter((c) => configs.includes(configName(c.harness, c.model))));
  const trials = dataset.sessions === null ? [] : [...trialsByTask(dataset.sessions).values()];
  const shares: { both: number; between: number | null; covariance: number }[] = [];
  for (const byConfig of trials) {
    const [first, second] = configs.map((name) => byConfig.get(name));
    if (!first || !second) continue;
    const common = [...first.keys()].filter((task) => second.has(task));
    if (common.length < 2) continue;
    const rates = common.map((task) =>
      [first, second].map((side) => side.get(task)!.k / side.get(task)!.n) as [number, number]
    );
    const mean = (i: 0 | 1) => rates.reduce((sum, r) => sum + r[i], 0) / rates.length;
    const [m1, m2] = [mean(0), mean(1)];
    const between = [first, second].map((side) => consistency([...side.values()]).betweenTasks).filter((v) =>
      v !== null
    );
    shares.push({
      both: common.length,
      between: between.length ? between.reduce((x, y) => x + y, 0) / between.length : null,
      covariance: rates.reduce((sum, r) => sum + (r[0] - m1) * (r[1] - m2), 0) / (rates.length - 1),
    });
  }
  const tasks = shares.reduce((sum, s) => sum + s.both, 0);
  if (tasks === 0) return { spread: { rate, betweenRuns }, tasks: null, repeated: false };
  const weighted = (of: (s: typeof shares[number]) => number | null) => {
    const known = shares.filter((s) => of(s) !== null), all = known.reduce((sum, s) => sum + s.both, 0);
    return all === 0 ? null : known.reduce((sum, s) => sum + of(s)! * s.both, 0) / all;
  };
  const room = 1 - betweenRuns;
  const between = weighted((s) => s.between);
  const shared = Math.min(room, Math.max(0, weighted((s) => s.covariance)! / (rate * (1 - rate))));
  const betweenTasks = Math.min(room, Math.max(shared, between ?? shared));
  return { spread: { rate, betweenTasks, sharedByTasks: shared, betweenRuns }, tasks, repeated: between !== null };
}

/** Share of the variance of outcomes that lies between runs of one benchmark and config; 0 where no cell has two runs. */
function runShare(cells: readonly Cell[]): number {
  const strata = new Map<string, Map<string, Trials>>();
  for (const { benchmark, harness, model, run, verdict, sessions } of cells) {
    if (verdict === null) continue;
    const key = JSON.stringify([benchmark, harness, model]), runs = strata.get(key) ?? new Map<string, Trials>();
    strata.set(key, runs);
    const own = runs.get(run) ?? { n: 0, k: 0 };
    runs.set(run, { n: own.n + sessions, k: own.k + (verdict === 1 ? sessions : 0) });
  }
  let [weight, share] = [0, 0];
  for (const runs of strata.values()) {
    const several = [...runs.values()].filter((r) => r.n > 1), found = several.length > 1 ? consistency(several) : null;
    if (found?.betweenTasks == null) continue;
    weight += several.length - 1;
    share += found.betweenTasks * (several.length - 1);
  }
  const mean = weight > 0 ? share / weight : 0;
  return mean > NO_SHARE ? Math.min(0.5, mean) : 0;
}

function sentenceOf(plan: Omit<Plan, "sentence">): string {
  const { configs: [first, second], difference, power, rate, rows, tasks, repeated } = plan;
  const count = (value: number) => value.toLocaleString("en-US");
  const points = `${Number((100 * difference).toFixed(1))} point${difference === 0.01 ? "" : "s"}`;
  const [one] = rows, many = rows.at(-1)!;
  const options = [
    one!.unpaired === null ? null : `${plural(one!.unpaired, "task")} each`,
    one!.paired === null ? null : `${count(one!.paired)} that both try`,
    repeated && many.paired !== null && many.tries > 1
      ? `${count(many.paired)} that both try ${plural(many.tries, "time")}`
      : null,
  ].filter((text) => text !== null);
  const answer = options.length === 0
    ? "no number of tasks is enough: runs differ by too much, so it takes more runs"
    : options.join(", or ");
  const pairing = tasks === null
    ? " What pairing would save these sessions do not say: they name no task that both tried."
    : "";
  const runs = one!.runs > 1 ? `, in at least ${plural(one!.runs, "run")} each` : "";
  return `To tell ${first} and ${second} apart by ${points} (both near ${(100 * rate).toFixed(0)}%, power ` +
    `${(100 * power).toFixed(0)}%): ${answer}${runs}.${pairing}`;
}
