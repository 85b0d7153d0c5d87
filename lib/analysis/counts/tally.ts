import { type Cell, configName } from "../../model/mod.ts";
import { wilson } from "../../stats/mod.ts";
import { acrossRuns } from "./across_runs.ts";

/** Successes out of scored sessions, with Wilson bounds. Groups without a scored session have no row. */
export interface Rate {
  /** Scored sessions. */
  n: number;
  /** Successes among them. */
  k: number;
  /** k / n. */
  rate: number;
  /** Lower end of the 95% interval. */
  lo: number;
  /** Upper end of the 95% interval. */
  hi: number;
}

/** What cells can be grouped by. `config` is harness and model family together. */
export type Dimension = "benchmark" | "harness" | "deployment" | "model" | "run" | "config";

/**
 * Counts and sums of a group: `n` scored sessions and `k` successes among them; sums over all `sessions` that know the
 * value, null where none does.
 */
export interface Tally {
  /** All sessions, scored or not. */
  sessions: number;
  /** Scored sessions. */
  n: number;
  /** Successes among them. */
  k: number;
  /** Sum of tokens; null where none are known. */
  tokens: number | null;
  /** Sessions whose tokens are known. */
  tokensKnown: number;
  /** Sum of model calls. */
  calls: number;
  /** Seconds; null where no session knows them. */
  durationS: number | null;
  /** Sessions whose duration is known. */
  durationKnown: number;
}

const EMPTY: Tally = {
  sessions: 0,
  n: 0,
  k: 0,
  tokens: null,
  tokensKnown: 0,
  calls: 0,
  durationS: null,
  durationKnown: 0,
};

/** The sum of what is known; null where neither is. */
export function sumKnown(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : a + b;
}

/** Mean of a sum over the `known` values it is of; null where there is none. */
export function meanKnown(sum: number | null, known: number): number | null {
  return sum === null || known === 0 ? null : sum / known;
}

/** A {@link Tally} with the names it was grouped by. */
export type Tallied<D extends Dimension> = Record<D, string> & Tally;

/** Sums cells by the dimensions given; groups sorted by name, in the order of `dimensions`. */
export function tally<D extends Dimension>(cells: readonly Cell[], dimensions: readonly D[]): Tallied<D>[] {
  const groups = new Map<string, Tallied<D>>();
  for (const cell of dimensions.some((d) => d === "run") ? cells : acrossRuns(cells)) {
    const names = dimensions.map((d) => nameOf(cell, d));
    const key = JSON.stringify(names);
    let group = groups.get(key);
    if (group === undefined) {
      const labels = Object.fromEntries(dimensions.map((d, i) => [d, names[i]])) as Record<D, string>;
      group = { ...labels, ...EMPTY };
      groups.set(key, group);
    }
    group.sessions += cell.sessions;
    if (cell.verdict !== null) group.n += cell.sessions;
    if (cell.verdict === 1) group.k += cell.sessions;
    group.tokens = sumKnown(group.tokens, cell.tokens);
    group.tokensKnown += cell.tokensKnown;
    group.calls += cell.calls;
    group.durationS = sumKnown(group.durationS, cell.durationS);
    group.durationKnown += cell.durationKnown;
  }
  return [...groups.values()].sort((a, b) => compareBy(a, b, dimensions));
}

/** The name of a cell (or session) along a dimension. */
export function nameOf(row: Pick<Cell, Exclude<Dimension, "config">>, dimension: Dimension): string {
  return dimension === "config" ? configName(row.harness, row.model) : row[dimension];
}

/** k / n with Wilson 95% bounds; `n` must be above 0. */
export function rateOf(n: number, k: number): Rate {
  const { lo, hi } = wilson(k, n);
  return { n, k, rate: k / n, lo, hi };
}

/** Mean of numbers; null for none. */
export function mean(values: readonly number[]): number | null {
  return values.length ? values.reduce((a, b) => a + b, 0) / values.length : null;
}

/** Rows by the value of a function, groups in order of first appearance. */
export function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const name = key(row);
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}

function compareBy<D extends string>(a: Record<D, string>, b: Record<D, string>, keys: readonly D[]): number {
  for (const key of keys) {
    if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1;
  }
  return 0;
}
