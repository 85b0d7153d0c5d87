import type { Cell, Dataset } from "../../model/mod.ts";
import { checkFields, isCellName, valueOf } from "./filter.ts";
import { needSessions } from "./need_sessions.ts";
import { type Dimension, groupBy, type Rate, rateOf, tally } from "./tally.ts";

/** Counts of the whole source; calls and tokens over all sessions, scored or not. Tokens are null where none are known. */
export interface Totals {
  /** All sessions, scored or not. */
  sessions: number;
  /** Sessions with a verdict. */
  scored: number;
  /** Scored sessions that were solved. */
  successes: number;
  /** Model calls of all sessions. */
  llm_calls: number;
  /** Tokens of all sessions that know them. */
  tokens: number | null;
}

/** Success on a benchmark. */
export type BenchmarkRate = Rate & { benchmark: string };

/** Success under a harness. */
export type HarnessRate = Rate & { harness: string };

/** Success of a model family. */
export type ModelRate = Rate & { model: string };

/** Success of a deployment. */
export type DeploymentRate = Rate & { deployment: string };

/** Counts of the whole source. */
export function totals(cells: readonly Cell[]): Totals {
  const all = tally(cells, [])[0];
  return {
    sessions: all?.sessions ?? 0,
    scored: all?.n ?? 0,
    successes: all?.k ?? 0,
    llm_calls: all?.calls ?? 0,
    tokens: all ? all.tokens : 0,
  };
}

/**
 * Success rates over scored sessions along names of cells, or along any field of sessions or column of one's own; sorted by
 * them. Groups without a scored session have no row.
 *
 * @throws {TypeError} for a field that is not there, with the nearest ones
 * @throws {NotKnown} for what cells do not have, where sessions stay in an engine
 *
 * @example
 * ```ts
 * import { datasetOf, ratesBy } from "agent-trace-lab/analysis";
 * const info = { name: "mine", sha256: "", sessions: 0, sentence: "", caption: "mine" };
 * ratesBy(datasetOf(info, []), ["harness", "model"]); // []
 * ```
 */
export function ratesBy<D extends Dimension>(cells: readonly Cell[], by: readonly D[]): (Record<D, string> & Rate)[];
/** Along any field of sessions, or a column of one's own. */
export function ratesBy<D extends string>(dataset: Dataset, by: readonly D[]): (Record<D, unknown> & Rate)[];
export function ratesBy(of: Dataset | readonly Cell[], by: readonly string[]): Rate[] {
  if (!("cells" in of)) return ratesOfCells(of, by as Dimension[]);
  checkFields(by, of);
  if (by.every((name) => isCellName(name) && name !== "verdict" && name !== "success")) {
    return ratesOfCells(of.cells, by as Dimension[]);
  }
  const scored = needSessions(of).filter((s) => s.success !== null);
  const groups = groupBy(scored, (s) => JSON.stringify(by.map((name) => valueOf(s, name) ?? null)));
  return [...groups].map(([key, members]) => {
    const values = JSON.parse(key) as (string | number | boolean | null)[];
    const names = Object.fromEntries(by.map((name, i) => [name, values[i]]));
    return { values, row: { ...names, ...rateOf(members.length, members.filter((s) => s.success === 1).length) } };
  }).sort((a, b) => compareValues(a.values, b.values)).map(({ row }) => row);
}

/** Values by size or by name, what is not known last. */
function compareValues(a: readonly (string | number | boolean | null)[], b: typeof a): number {
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? null;
    if (x === y) continue;
    if (x === null || y === null) return x === null ? 1 : -1;
    return x < y ? -1 : 1;
  }
  return 0;
}

function ratesOfCells<D extends Dimension>(cells: readonly Cell[], dimensions: readonly D[]) {
  return tally(cells, dimensions).filter((t) => t.n > 0).map((t): Record<D, string> & Rate => {
    const names = Object.fromEntries(dimensions.map((d) => [d, t[d]])) as unknown as Record<D, string>;
    return { ...names, ...rateOf(t.n, t.k) };
  });
}
