import type { Cell, Dataset, Session } from "../../model/mod.ts";
import {
  type Interval,
  newcombe,
  pairedDifference,
  type PairedTrials,
  stratifiedFisher,
  stratifiedNewcombe,
  type Trials,
  type TwoRates,
} from "../../stats/mod.ts";
import { cellValue, checkFields, conditionsOf, isCellName, valueOf } from "./filter.ts";
import { needSessions } from "./need_sessions.ts";
import { groupBy } from "./tally.ts";

/** Two sides of a comparison: one field with two of its values, and what is held fixed. */
export type ComparisonOf =
  & { [side in string]: readonly [first: string, second: string] | string | readonly string[] | undefined }
  & {
    /**
     * `task`: on the tasks that both sides tried, each task of equal weight. Fields (benchmark, model, ...): within each of
     * their values, weighted by how many sessions both sides have there. Without it all sessions of the two sides together.
     */
    by?: string | readonly string[];
  };

/** A side's sessions that count. */
export interface ComparedSide extends Trials {
  /** Its value of the field compared. */
  name: string;
  /** k / n of these sessions, all of equal weight. */
  rate: number;
}

/** The difference of two sides' success. */
export interface Comparison extends Interval {
  /** First less second, as a share: 0.1 is 10 points. */
  estimate: number;
  /** Ends of the 95% interval. */
  lo: number;
  /** The upper end. */
  hi: number;
  /** Two-sided. */
  pValue: number;
  /** What the p-value is of, in words. */
  test: string;
  /** What the interval is, in words. */
  interval: string;
  /** The side that the other is taken from. */
  first: ComparedSide;
  /** The side that is taken from it. */
  second: ComparedSide;
  /** Scored sessions that count, of both sides. */
  n: number;
  /** Tasks or strata that both sides have; null where neither was asked for. */
  pairs: number | null;
  /** Scored sessions of the two sides that say nothing here: their task or stratum has one side only, or is not known. */
  leftOut: number;
  /** Fields that were not held fixed although the sides differ in them, so that a difference may be theirs. */
  notHeld: string[];
}

/** Fields that a comparison is checked for. */
const FIXED = ["benchmark", "harness", "model"] as const;

/**
 * Compares two harnesses, models or values of any other field: first less second.
 *
 * By `task` on the tasks that both tried (needs sessions with a `taskId`): the exact test over the signs of the tasks'
 * differences, which with one try each is McNemar's, and an interval over tasks, so that repeats of a task are not taken for
 * more tasks. Otherwise Fisher's exact test and Newcombe's interval, within the strata that `by` names.
 *
 * @throws {TypeError} for a field or a value that is not there, with the nearest ones; for two sides that are one
 * @throws {Error} where the two sides share no task or stratum, or a side has no scored session
 * @throws {NotKnown} where sessions are needed and stay in an engine
 *
 * @example
 * ```ts
 * import { compare, datasetOf } from "agent-trace-lab/analysis";
 * const info = { name: "mine", sha256: "", sessions: 0, sentence: "", caption: "mine" };
 * try {
 *   compare(datasetOf(info, []), { harness: ["a", "b"], by: "benchmark" });
 * } catch (error) {
 *   (error as Error).message; // mine: no harness "a"; no harness is known
 * }
 * ```
 */
export function compare(dataset: Dataset, { by, ...sides }: ComparisonOf): Comparison {
  const named = Object.entries(sides).filter(([, pair]) => pair !== undefined);
  const [entry] = named;
  const pair = entry?.[1];
  if (named.length !== 1 || !entry || !Array.isArray(pair) || pair.length !== 2 || pair[0] === pair[1]) {
    throw new TypeError(
      `compare: expected one field with two values, such as { harness: ["a", "b"] }, found ${JSON.stringify(sides)}`,
    );
  }
  const [field] = entry;
  conditionsOf({ [field]: pair }, dataset.info.name, dataset.cells, dataset.sessions);
  const names = pair as [string, string];
  const strata = by === undefined ? [] : [by].flat();
  if (strata.includes("task") && strata.length > 1) {
    throw new TypeError('compare: by "task" stands alone; choose what else is fixed by where()');
  }
  if (strata[0] !== "task") checkFields(strata, dataset);
  return strata[0] === "task" ? byTask(dataset, field, names) : byStrata(dataset, field, names, strata);
}

/** What a comparison is of: scored sessions, one by one or counted. */
interface Counted {
  side: 0 | 1;
  /** The task or stratum; null where it is not known. */
  stratum: string | null;
  n: number;
  k: number;
  fixed: string[];
}

function byTask(dataset: Dataset, field: string, names: [string, string]): Comparison {
  const rows = needSessions(dataset).flatMap((s): Counted[] => {
    const side = names.indexOf(String(valueOf(s, field)));
    if (side < 0 || s.success === null) return [];
    const stratum = s.taskId === null ? null : JSON.stringify([s.benchmark, s.taskId]);
    return [{ side: side as 0 | 1, stratum, n: 1, k: s.success, fixed: fixedOf(s) }];
  });
  const { told, common, pairs } = shared(
    dataset,
    rows,
    field,
    names,
    "task",
    'give the sessions a taskId, or compare by "benchmark"',
  );
  const trials = [...groupBy(told, (row) => row.stratum!)].map(([task, of]): PairedTrials => ({
    task,
    first: trialsOf(of, 0),
    second: trialsOf(of, 1),
  }));
  const found = pairedDifference(trials);
  const single = trials.every(({ first, second }) => first.n === 1 && second.n === 1);
  return {
    estimate: found.estimate,
    lo: found.lo,
    hi: found.hi,
    pValue: found.pValue,
    test: found.pValueFrom === "t"
      ? "Student's t of the tasks' differences"
      : single
      ? "McNemar's exact test"
      : "exact test over the signs of the tasks' differences",
    interval: "95%, over tasks",
    ...common,
    pairs,
    notHeld: notHeld(told, field, ["benchmark"]),
  };
}

function byStrata(dataset: Dataset, field: string, names: [string, string], strata: readonly string[]): Comparison {
  const rows = countsOf(dataset, [field, ...strata]).flatMap(({ value, n, k, fixed }): Counted[] => {
    const side = names.indexOf(String(value(field)));
    if (side < 0 || n === 0) return [];
    const of = strata.map((name) => value(name) ?? null);
    return [{ side: side as 0 | 1, stratum: of.includes(null) ? null : JSON.stringify(of), n, k, fixed }];
  });
  const { told, common, pairs } = shared(
    dataset,
    rows,
    field,
    names,
    strata.join(" and ") || "field",
    "compare by less",
  );
  const rates = [...groupBy(told, (row) => row.stratum!).values()].map((of): TwoRates => {
    const [a, b] = [trialsOf(of, 0), trialsOf(of, 1)];
    return { k1: a.k, n1: a.n, k2: b.k, n2: b.n };
  });
  const { pValue, from } = stratifiedFisher(rates);
  const whole = strata.length === 0;
  const { estimate, lo, hi } = whole ? newcombe(rates[0]!) : stratifiedNewcombe(rates);
  const within = whole ? "" : ` within ${strata.join(" and ")}`;
  return {
    estimate,
    lo,
    hi,
    pValue,
    test: from === "exact" ? `Fisher's exact test${within}` : `${from} test${within}`,
    interval: `95%, Newcombe's${within}`,
    ...common,
    pairs: whole ? null : pairs,
    notHeld: notHeld(told, field, strata),
  };
}

/** Sessions counted by fields: from cells where these have them, else one by one. */
function countsOf(
  dataset: Dataset,
  fields: readonly string[],
): { value: (name: string) => unknown; n: number; k: number; fixed: string[] }[] {
  if (fields.every(isCellName)) {
    return dataset.cells.map((cell) => ({
      value: (name) => cellValue(cell, name),
      n: cell.verdict === null ? 0 : cell.sessions,
      k: cell.verdict === 1 ? cell.sessions : 0,
      fixed: fixedOf(cell),
    }));
  }
  return needSessions(dataset).map((s) => ({
    value: (name) => valueOf(s, name),
    n: s.success === null ? 0 : 1,
    k: s.success ?? 0,
    fixed: fixedOf(s),
  }));
}

/** The rows whose stratum both sides have, and what is the same of every comparison. */
function shared(
  { info }: Dataset,
  rows: readonly Counted[],
  field: string,
  names: [string, string],
  what: string,
  advice: string,
) {
  const total = (of: readonly Counted[]) => of.reduce((sum, row) => sum + row.n, 0);
  for (const side of [0, 1] as const) {
    if (total(rows.filter((row) => row.side === side)) === 0) {
      throw new Error(`${info.name}: ${field} "${names[side]}" has no scored session, so there is nothing to compare`);
    }
  }
  const known = rows.filter((row) => row.stratum !== null);
  const groups = groupBy(known, (row) => row.stratum!);
  const both = [...groups.values()].filter((of) =>
    ([0, 1] as const).every((side) => of.some((row) => row.side === side))
  );
  if (both.length === 0) {
    const unknown = total(rows) - total(known);
    throw new Error(
      `${info.name}: "${names[0]}" and "${names[1]}" have no ${what} in common` +
        `${unknown ? ` (of ${unknown} of ${total(rows)} sessions it is not known)` : ""}; ${advice}`,
    );
  }
  const told = both.flat();
  const sideOf = (side: 0 | 1): ComparedSide => {
    const { n, k } = trialsOf(told, side);
    return { name: names[side], n, k, rate: k / n };
  };
  const common = { first: sideOf(0), second: sideOf(1), n: total(told), leftOut: total(rows) - total(told) };
  return { told, common, pairs: both.length };
}

function trialsOf(rows: readonly Counted[], side: 0 | 1): Trials {
  const own = rows.filter((row) => row.side === side);
  return { n: own.reduce((sum, row) => sum + row.n, 0), k: own.reduce((sum, row) => sum + row.k, 0) };
}

const fixedOf = (row: Pick<Session, typeof FIXED[number]> | Pick<Cell, typeof FIXED[number]>) =>
  FIXED.map((name) => row[name]);

/** Fields in which the two sides' sessions are not mixed alike. */
function notHeld(rows: readonly Counted[], field: string, held: readonly string[]): string[] {
  return FIXED.filter((name, i) => {
    if (name === field || held.includes(name) || (field === "config" && name !== "benchmark")) return false;
    const shares = ([0, 1] as const).map((side) => {
      const own = rows.filter((row) => row.side === side);
      const n = trialsOf(own, side).n;
      return new Map([...groupBy(own, (row) => row.fixed[i]!)].map(([value, of]) => [value, trialsOf(of, side).n / n]));
    });
    const values = new Set(shares.flatMap((of) => [...of.keys()]));
    return [...values].some((value) => Math.abs((shares[0]!.get(value) ?? 0) - (shares[1]!.get(value) ?? 0)) > 1e-9);
  });
}
