import { configName, type Session } from "../../model/mod.ts";
import {
  consistency,
  holm,
  type Item,
  itemResponse,
  type PairedDifference,
  pairedDifference,
  passRates,
  type Trials,
} from "../../stats/mod.ts";

/** Two configs on the tasks of one benchmark that both tried. */
export interface PairedRow extends Pick<PairedDifference, "estimate" | "lo" | "hi" | "tasks" | "worth"> {
  benchmark: string;
  /** The config with the higher rate on these tasks. */
  first: string;
  second: string;
  first_rate: number;
  second_rate: number;
  p: number;
  /** Over all pairs of configs of the benchmark. */
  p_holm: number;
}

/** How one config does when it tries tasks again. */
export interface RepeatRow {
  benchmark: string;
  config: string;
  /** Tasks tried at least {@link RepeatRow.tries} times. */
  tasks: number;
  /** Tries of a task: the most that half of the repeated tasks have. */
  tries: number;
  /** One try: pass@1. */
  once: Share;
  /** pass@tries: the share of tasks that one of so many tries solves. */
  any: Share;
  /** pass^tries: the share of tasks that all of so many tries solve. */
  all: Share;
  /** Of the tasks tried at least twice: solved by every try, by some, by none. */
  always: number;
  sometimes: number;
  never: number;
  /** The probability that two tries of a task end the same way. */
  agreement: number;
  /** Share of the variance of outcomes that lies between tasks; null where every try ended the same way. */
  between_tasks: number | null;
}

/** A share of tasks with the interval for new tasks like these; its ends are null for a single task. */
export interface Share {
  rate: number;
  lo: number | null;
  hi: number | null;
}

/** A task as an instrument: what it says of who tries it. */
export interface TaskRow extends Item {
  benchmark: string;
}

/** Tasks that both sides of a pair need; with fewer there is nothing to compare. */
export const FEWEST_PAIRED_TASKS = 5;
/** Configs and tasks from which tasks are judged as instruments. */
export const FEWEST_AGENTS = 3;

/**
 * Every two configs of a benchmark on the tasks that both tried (five at least): paired differences, each task of equal weight
 * however often it was tried, corrected by Holm over the benchmark's pairs. Sessions without a task or a verdict say nothing.
 *
 * ```ts
 * import { pairedConfigs } from "agent-trace-lab/analysis";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(pairedConfigs([]), []);
 * ```
 */
export function pairedConfigs(sessions: readonly Session[]): PairedRow[] {
  return [...trialsByTask(sessions)].flatMap(([benchmark, configs]) => {
    const names = [...configs.keys()].sort();
    const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b] as const)).flatMap(([a, b]) => {
      const found = paired(configs.get(a)!, configs.get(b)!);
      return found === null ? [] : [{ a, b, found }];
    });
    const p = holm(pairs.map(({ found }) => found.pValue));
    return pairs.map(({ a, b, found }, i): PairedRow => {
      const turned = found.estimate < 0;
      const { estimate, lo, hi, tasks, worth, pValue, first, second } = found;
      return {
        benchmark,
        first: turned ? b : a,
        second: turned ? a : b,
        first_rate: turned ? second : first,
        second_rate: turned ? first : second,
        estimate: Math.abs(estimate),
        lo: turned ? -hi : lo,
        hi: turned ? -lo : hi,
        tasks,
        worth,
        p: pValue,
        p_holm: p[i]!,
      };
    }).sort((x, y) => x.p_holm - y.p_holm || x.p - y.p || y.estimate - x.estimate || byText(x.first, y.first));
  });
}

function paired(a: ReadonlyMap<string, Trials>, b: ReadonlyMap<string, Trials>): PairedDifference | null {
  const tasks = [...a.keys()].filter((task) => b.has(task)).sort();
  if (tasks.length < FEWEST_PAIRED_TASKS) return null;
  return pairedDifference(tasks.map((task) => ({ task, first: a.get(task)!, second: b.get(task)! })));
}

/**
 * What tries are worth, by benchmark and config: pass@k, pass^k and how often two tries of a task agree, from tasks that were
 * tried at least twice. Configs without such tasks have no row.
 *
 * ```ts
 * import { repeats } from "agent-trace-lab/analysis";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(repeats([]), []);
 * ```
 */
export function repeats(sessions: readonly Session[]): RepeatRow[] {
  return [...trialsByTask(sessions)].flatMap(([benchmark, configs]) =>
    [...configs].sort(([a], [b]) => byText(a, b)).flatMap(([config, tasks]): RepeatRow[] => {
      const tried = [...tasks.entries()].sort(([a], [b]) => byText(a, b)).map(([, trials]) => trials);
      const repeated = tried.filter((t) => t.n > 1);
      if (repeated.length === 0) return [];
      const counts = repeated.map((t) => t.n).sort((a, b) => a - b), tries = counts[Math.floor(counts.length / 2)]!;
      const found = consistency(tried), many = passRates(tried, tries);
      const share = (r: { estimate: number; lo: number | null; hi: number | null }) => ({
        rate: r.estimate,
        lo: r.lo,
        hi: r.hi,
      });
      return [{
        benchmark,
        config,
        tasks: many.tasks,
        tries,
        once: share(passRates(tried, 1).anyOf!),
        any: share(many.anyOf!),
        all: share(many.allOf!),
        always: found.always,
        sometimes: found.sometimes,
        never: found.never,
        agreement: found.agreement!,
        between_tasks: found.betweenTasks,
      }];
    })
  );
}

/**
 * Tasks as instruments, by benchmark: how hard each is, how far it tells configs apart, and which measure nothing (always or
 * never solved, or solved more often by the weaker). A two-parameter model of item response; benchmarks with fewer than three
 * configs, or whose tasks are all always or never solved, have no rows.
 *
 * ```ts
 * import { taskItems } from "agent-trace-lab/analysis";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(taskItems([]), []);
 * ```
 */
export function taskItems(sessions: readonly Session[]): TaskRow[] {
  return [...trialsByTask(sessions)].flatMap(([benchmark, configs]): TaskRow[] => {
    const responses = [...configs].sort(([a], [b]) => byText(a, b)).flatMap(([agent, tasks]) =>
      [...tasks].sort(([a], [b]) => byText(a, b)).map(([task, { n, k }]) => ({ agent, task, n, k }))
    );
    const all = new Map<string, Trials>();
    for (const { task, n, k } of responses) all.set(task, plus(all.get(task), { n, k }));
    const varies = [...all.values()].some(({ n, k }) => k > 0 && k < n);
    if (configs.size < FEWEST_AGENTS || !varies) return [];
    return itemResponse(responses, { model: "2pl" }).items.map((item) => ({ benchmark, ...item }))
      .sort((a, b) => byText(a.task, b.task));
  });
}

/** Scored sessions with a task, counted by benchmark, config and task. */
export function trialsByTask(sessions: readonly Session[]): Map<string, Map<string, Map<string, Trials>>> {
  const found = new Map<string, Map<string, Map<string, Trials>>>();
  for (const { benchmark, harness, model, taskId, success } of sessions) {
    if (taskId === null || success === null) continue;
    const configs = found.get(benchmark) ?? new Map<string, Map<string, Trials>>();
    found.set(benchmark, configs);
    const config = configName(harness, model), tasks = configs.get(config) ?? new Map<string, Trials>();
    configs.set(config, tasks);
    tasks.set(taskId, plus(tasks.get(taskId), { n: 1, k: success }));
  }
  return new Map([...found].sort(([a], [b]) => byText(a, b)));
}

function plus(sum: Trials | undefined, { n, k }: Trials): Trials {
  return { n: (sum?.n ?? 0) + n, k: (sum?.k ?? 0) + k };
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
