import { configName, type Session } from "../model/mod.ts";
import { newcombe, type PairedDifference, pairedDifference } from "../stats/mod.ts";

/** A config's sessions with a verdict, and how many of them are solved. */
export interface ConfigCount {
  config: string;
  n: number;
  k: number;
}

/** One task that both configs tried: how often, how often it was solved, and a session of each. */
export interface TaskPair {
  benchmark: string;
  task: string;
  a: { n: number; k: number; id: string };
  b: { n: number; k: number; id: string };
}

/** Two configs beside each other. */
export interface ConfigsCompared {
  a: ConfigCount;
  b: ConfigCount;
  /** The difference over all sessions of each; null where one has none. */
  unpaired: { estimate: number; lo: number; hi: number } | null;
  /** The same on the tasks that both tried, each of equal weight; null where there are fewer than two. */
  paired: Pick<PairedDifference, "estimate" | "lo" | "hi" | "pValue" | "tasks"> | null;
  /** Tasks that both tried, those on which they differ most first. */
  pairs: TaskPair[];
}

/** Two configs on the tasks that both tried, however often, and all their sessions beside each other. */
export function compareConfigs(a: string, b: string, sessions: readonly Session[]): ConfigsCompared {
  const of = (config: string) =>
    sessions.filter((s) => configName(s.harness, s.model) === config && s.success !== null);
  const [first, second] = [of(a), of(b)];
  const others = byTask(second);
  const pairs = [...byTask(first)].flatMap(([key, rows]): TaskPair[] => {
    const there = others.get(key);
    const [benchmark = "", task = ""] = JSON.parse(key) as string[];
    return there ? [{ benchmark, task, a: tried(rows), b: tried(there) }] : [];
  }).sort((x, y) => apart(y) - apart(x) || (x.task < y.task ? -1 : 1));
  const [one, two] = [counted(a, first), counted(b, second)];
  return {
    a: one,
    b: two,
    unpaired: one.n && two.n ? newcombe({ k1: one.k, n1: one.n, k2: two.k, n2: two.n }) : null,
    paired: pairs.length > 1
      ? pairedDifference(pairs.map(({ benchmark, task, a, b }) => ({
        task: `${benchmark} · ${task}`,
        first: { n: a.n, k: a.k },
        second: { n: b.n, k: b.k },
      })))
      : null,
    pairs,
  };
}

function byTask(sessions: readonly Session[]): Map<string, Session[]> {
  const known = sessions.filter(({ taskId }) => taskId !== null);
  return Map.groupBy(known, (s) => JSON.stringify([s.benchmark, s.taskId]));
}

function counted(config: string, sessions: readonly Session[]): ConfigCount {
  return { config, n: sessions.length, k: solved(sessions) };
}

function tried(sessions: readonly Session[]): TaskPair["a"] {
  return { n: sessions.length, k: solved(sessions), id: sessions[0]!.sessionId };
}

const solved = (sessions: readonly Session[]) => sessions.filter(({ success }) => success === 1).length;

const apart = ({ a, b }: TaskPair) => Math.abs(a.k / a.n - b.k / b.n);
