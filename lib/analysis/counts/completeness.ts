import { type Dataset, SESSION_FIELDS } from "../../model/mod.ts";

/** Of how many sessions a field is known. */
export interface CompletenessRow {
  /** The field, by its column's name. */
  field: string;
  /** Sessions that know it. */
  known: number;
  /** Sessions that do not. */
  unknown: number;
}

/**
 * What may be unknown, and of how many sessions it is, in the order of the columns. Where sessions stay in an engine, or are a
 * sample, the rows are of the verdict and of what cells sum, which is of all sessions.
 *
 * @example
 * ```ts
 * import { completeness, datasetOf } from "agent-trace-lab/analysis";
 * const info = { name: "mine", sha256: "", sessions: 0, sentence: "", caption: "mine" };
 * completeness(datasetOf(info, []))[0]; // { field: "task_id", known: 0, unknown: 0 }
 * ```
 */
export function completeness({ cells, held, sessions }: Dataset): CompletenessRow[] {
  const all = cells.reduce((sum, cell) => sum + cell.sessions, 0);
  return SESSION_FIELDS.filter(([, column]) => column.nullable).flatMap(([field, { name, cell: use }]) => {
    const known = held === "all"
      ? sessions.filter((session) => session[field] !== null).length
      : field === "success"
      ? cells.reduce((sum, { verdict, sessions }) => sum + (verdict === null ? 0 : sessions), 0)
      : use && "sum" in use && use.known !== null
      ? cells.reduce((sum, cell) => sum + Number(cell[use.known as keyof typeof cell]), 0)
      : null;
    return known === null ? [] : [{ field: name, known, unknown: all - known }];
  });
}
