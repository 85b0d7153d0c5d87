import type { Cell, Dataset, DatasetInMemory, Distributions, Held, Session } from "../../model/mod.ts";
import { datasetOf } from "./dataset_of.ts";
import type { Stated } from "./distributions.ts";
import { cellValue, type Condition, conditionsOf, type Filter, valueOf } from "./filter.ts";
import { plural } from "../../model/plural.ts";

export type { Filter, Wanted } from "./filter.ts";

/**
 * A slice of a dataset: what fits every field of the filter, and its caption says which. The thresholds of failure modes
 * stay those of the whole, so a session keeps its mode. What the source states apart from its sessions is sliced where it
 * has the column, and null where it has not; so are distributions where sessions stay in an engine, which has cells and
 * a sample that fit all the same.
 *
 * @param filter fields with what is wanted of them (a value, several, a regular expression, a test), or a test of sessions
 * @throws {TypeError} for a field or a value that is not there, with the nearest ones and what there is
 * @throws {Error} for a field that cells do not have, where not all sessions are held
 *
 * @example
 * ```ts
 * import { datasetOf, where } from "agent-trace-lab/analysis";
 * const info = { name: "mine", sha256: "", sessions: 0, sentence: "", caption: "mine" };
 * where(datasetOf(info, []), { calls: (n) => n > 10 }).info.caption; // "mine, only calls as chosen"
 * ```
 */
export function where(dataset: DatasetInMemory, filter: Filter | ((session: Session) => boolean)): DatasetInMemory;
/** A slice of a dataset of which any part of the sessions is held. */
export function where(dataset: Dataset, filter: Filter | ((session: Session) => boolean)): Dataset;
export function where(dataset: Dataset, filter: Filter | ((session: Session) => boolean)): Dataset {
  if (typeof filter === "function") {
    const whole: Condition = { key: "", ofCells: false, keeps: () => true, words: "sessions as chosen" };
    return sliced(dataset, [whole], filter);
  }
  const conditions = conditionsOf(filter, dataset.info.name, dataset.cells, dataset.sessions);
  if (conditions.length === 0) return dataset;
  return sliced(dataset, conditions, (session) => conditions.every(({ key, keeps }) => keeps(valueOf(session, key))));
}

function sliced(dataset: Dataset, conditions: readonly Condition[], keeps: (session: Session) => boolean): Dataset {
  const words = conditions.map((condition) => condition.words).join(", ");
  const { labels, families } = dataset;
  const kept = { ...(labels ? { labels } : {}), ...(families ? { families } : {}) };
  const info = (n: number) => ({
    ...dataset.info,
    sessions: n,
    sentence: `${dataset.info.sentence} Here only ${words}: ${plural(n, "session")}.`,
    caption: `${dataset.info.caption}, only ${words}`,
  });
  if (dataset.held === "all") {
    const sessions = dataset.sessions.filter(keeps);
    return Object.assign(
      datasetOf(info(sessions.length), sessions, statedOf(dataset.distributions, conditions)),
      kept,
    );
  }
  const apart = conditions.find(({ ofCells }) => !ofCells);
  if (apart) {
    throw new Error(
      `${dataset.info.name}: ${
        apart.key ? `"${apart.key}" is` : "a test of sessions needs what is"
      } not counted in cells, and ` +
        `not all sessions are held; set TRACES_SESSIONS=${dataset.info.sessions} to hold them`,
    );
  }
  const cells = dataset.cells.filter((cell) => conditions.every((one) => one.keeps(cellValue(cell, one.key))));
  const held: Held = dataset.sessions === null
    ? { held: "none", sessions: null }
    : { held: "sample", sessions: dataset.sessions.filter(keeps) };
  return {
    info: info(cells.reduce((sum, c) => sum + c.sessions, 0)),
    cells,
    distributions: slicedDistributions(dataset.distributions, conditions),
    ...held,
    ...(families ? { families } : {}),
  };
}

/** The rows that fit; null where they have not every column that a condition is about. */
function rowsOf<T extends object>(
  rows: T[] | null,
  conditions: readonly Condition[],
  ...columns: (keyof T & string)[]
): T[] | null {
  if (rows === null || !conditions.every(({ key }) => (columns as string[]).includes(key))) return null;
  return rows.filter((row) => conditions.every(({ key, keeps }) => keeps(row[key as keyof T])));
}

/** Repeated sessions that fit. */
function cellsThatFit(cells: Cell[] | null, conditions: readonly Condition[]): Cell[] | null {
  if (cells === null || conditions.some(({ ofCells }) => !ofCells)) return null;
  return cells.filter((cell) => conditions.every(({ key, keeps }) => keeps(cellValue(cell, key))));
}

/** What the source states, of the slice; what it does not is worked out from the sessions. */
function statedOf(found: Distributions, conditions: readonly Condition[]): Stated {
  const { stated, thresholds, judge, termCounts, duplicates } = found;
  return {
    thresholds,
    ...(stated.includes("judge") ? { judge: rowsOf(judge, conditions, "benchmark") } : {}),
    ...(stated.includes("termCounts") ? { termCounts: rowsOf(termCounts, conditions, "benchmark", "harness") } : {}),
    ...(stated.includes("duplicates") ? { duplicates: cellsThatFit(duplicates, conditions) } : {}),
  };
}

function slicedDistributions(found: Distributions, conditions: readonly Condition[]): Distributions {
  const byCell = rowsOf(found.failedTokensByCell, conditions, "benchmark", "harness");
  const single = byCell !== null && new Set(byCell.map((row) => row.benchmark)).size === 1;
  return {
    ...found,
    failureModes: rowsOf(found.failureModes, conditions, "benchmark", "harness"),
    toolErrorsUnknown: rowsOf(found.toolErrorsUnknown, conditions, "benchmark", "harness"),
    // Of one benchmark alone the boxes by harness are those of its cells.
    failedTokensByHarness: rowsOf(found.failedTokensByHarness, conditions, "harness") ??
      (single ? byCell.map(({ benchmark: _, ...row }) => row) : null),
    failedTokensByCell: byCell,
    mostTokens: rowsOf(found.mostTokens, conditions, "benchmark"),
    mostFailedTokens: rowsOf(found.mostFailedTokens, conditions, "benchmark", "harness"),
    toolErrorsByHarness: rowsOf(found.toolErrorsByHarness, conditions, "harness"),
    judge: rowsOf(found.judge, conditions, "benchmark"),
    termCounts: rowsOf(found.termCounts, conditions, "benchmark", "harness"),
    duplicates: cellsThatFit(found.duplicates, conditions),
  };
}
