import { type Dataset, type DatasetInMemory, type Session, SESSION_FIELDS } from "../../model/mod.ts";
import { datasetOf } from "./dataset_of.ts";
import type { Stated } from "./distributions.ts";
import { CELL_NAMES } from "./filter.ts";
import { NotKnown } from "./need_sessions.ts";

/** What a column of one's own may hold. */
export type ColumnValue = string | number | boolean | null;

/**
 * A dataset whose sessions have a column more, worked out from each of them: to slice by (`where`), to group by (`ratesBy`),
 * to compare by (`compare`), and in tables.
 *
 * @param of the value for a session; null where it is not known
 * @throws {TypeError} for a name that sessions have already
 * @throws {NotKnown} where not all sessions are in memory
 *
 * @example
 * ```ts
 * import { datasetOf, withColumn } from "agent-trace-lab/analysis";
 * const info = { name: "mine", sha256: "", sessions: 0, sentence: "", caption: "mine" };
 * const bySize = withColumn(datasetOf(info, []), "size", (s) => s.calls > 20 ? "long" : "short");
 * console.log(bySize.sessions?.length); // 0; of sessions with a verdict, ratesBy(bySize, ["size"]) has the rates
 * ```
 */
export function withColumn<N extends string, V extends ColumnValue>(
  dataset: Dataset,
  name: N,
  of: (session: Session) => V,
): DatasetInMemory & { sessions: (Session & Record<N, V>)[] } {
  const taken = [...CELL_NAMES, "success", ...SESSION_FIELDS.map(([field]) => field)];
  if (taken.includes(name)) {
    throw new TypeError(`withColumn: sessions have a field "${name}" already; give another name`);
  }
  if (dataset.held !== "all") {
    throw new NotKnown(
      dataset.info.name,
      "a column of one's own needs each session, and not all are in memory",
      `set TRACES_SESSIONS=${dataset.info.sessions} to hold them`,
    );
  }
  const sessions = dataset.sessions.map((session) => ({ ...session, [name]: of(session) } as Session & Record<N, V>));
  const { families } = dataset;
  const whole = datasetOf(dataset.info, sessions, statedOf(dataset));
  return Object.assign(whole, families ? { families } : {}) as DatasetInMemory & { sessions: typeof sessions };
}

function statedOf({ distributions }: Dataset): Stated {
  return Object.fromEntries(distributions.stated.map((name) => [name, distributions[name]]));
}
