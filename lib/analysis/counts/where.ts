import type { Cell, Dataset, DatasetFacts, FailureThresholds, Session, Verdict } from "../../model/mod.ts";
import { failureThresholds } from "../failure/failures.ts";
import { nameOf } from "./tally.ts";

/** One value, or any of several. */
type Either<T> = T | readonly T[];

/** What a slice keeps; a field that is not given keeps everything. */
export interface Filter {
  benchmark?: Either<string>;
  harness?: Either<string>;
  model?: Either<string>;
  deployment?: Either<string>;
  config?: Either<string>;
  run?: Either<string>;
  verdict?: Either<Verdict>;
}

/**
 * A slice of a dataset: the sessions that match every field of the filter, and its caption says which. The thresholds
 * of failure modes stay those of the whole, so a session keeps its mode. Counts that the source states apart from its
 * sessions are sliced where they have the column, and null where they have not. Where sessions stay in an engine the
 * slice has its cells, and those of a sample that fit.
 */
export function where(dataset: Dataset, filter: Filter): Dataset {
  const wanted = (Object.keys(filter) as (keyof Filter)[]).filter((field) => filter[field] !== undefined);
  if (wanted.length === 0) return dataset;
  const keeps = (session: Session) =>
    wanted.every((field) => matches(filter[field], field === "verdict" ? session.success : nameOf(session, field)));
  const words = wanted.map((field) => `${field} ${[filter[field]].flat().join(" or ")}`).join(", ");
  const facts = slicedFacts(dataset, filter, wanted);
  const info = (n: number) => ({
    ...dataset.info,
    sessions: n,
    sentence: `${dataset.info.sentence} Here only ${words}: ${n.toLocaleString("en")} sessions.`,
    caption: `${dataset.info.caption}, only ${words}`,
  });
  if (dataset.counted && dataset.counted.held !== "all") {
    const cells = dataset.counted.cells.filter((c) => isOf(c, filter, wanted));
    return {
      info: info(cells.reduce((sum, c) => sum + c.sessions, 0)),
      get sessions() {
        return dataset.sessions.filter(keeps);
      },
      facts,
      counted: { cells, distributions: null, held: dataset.counted.held },
    };
  }
  const sessions = dataset.sessions.filter(keeps);
  return { info: info(sessions.length), sessions, facts };
}

function isOf(cell: Cell, filter: Filter, wanted: readonly (keyof Filter)[]): boolean {
  return wanted.every((field) => matches(filter[field], field === "verdict" ? cell.verdict : nameOf(cell, field)));
}

function slicedFacts(dataset: Dataset, filter: Filter, wanted: (keyof Filter)[]): DatasetFacts {
  const { thresholds, judgeCounts, termCounts } = dataset.facts;
  const only = (...known: (keyof Filter)[]) => wanted.every((field) => known.includes(field));
  return {
    thresholds: thresholds ?? thresholdsOf(dataset),
    judgeCounts: only("benchmark") ? judgeCounts?.filter((r) => matches(filter.benchmark, r.benchmark)) ?? null : null,
    termCounts: only("benchmark", "harness")
      ? termCounts?.filter((r) => matches(filter.benchmark, r.benchmark) && matches(filter.harness, r.harness)) ?? null
      : null,
    shortlisting: null,
    duplicates: dataset.facts.duplicates?.filter((c) => isOf(c, filter, wanted)) ?? null,
  };
}

function thresholdsOf(dataset: Dataset): FailureThresholds | null {
  const { counted } = dataset;
  return counted ? counted.distributions?.thresholds ?? null : failureThresholds(dataset.sessions);
}

function matches<T>(wanted: Either<T> | undefined, value: T): boolean {
  if (wanted === undefined) return true;
  return Array.isArray(wanted) ? wanted.includes(value) : wanted === value;
}
