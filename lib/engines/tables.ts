import { SESSION_FIELDS, sessionOfRow } from "../model/mod.ts";
import type { Dialect, EngineRow, GroupQuery, SqlEngine } from "./engine.ts";

/** What an engine with tables brings of its own. */
export interface TableAccess {
  /** The spec, without secrets. */
  name: string;
  /** A session's field in SQL; null where the rows do not have it. */
  column: Dialect["column"];
  /** What stands after FROM. */
  table(): string;
  /** Sorts rows into an order that depends on their ids alone. */
  shuffled(id: string): string;
  /** The answer of a query in pieces. */
  stream(sql: string): AsyncIterable<EngineRow[]>;
}

/** How a table of sessions, one column a field, is asked. */
export function tableQueries(
  { name, column, table, shuffled, stream }: TableAccess,
): Pick<SqlEngine, "from" | "groups" | "sessions"> {
  const from = (condition: string | null) => `FROM ${table()}${condition === null ? "" : ` WHERE ${condition}`}`;
  return {
    from,
    groups: ({ select, where, groupBy }: GroupQuery, limit?: number) =>
      stream(
        `SELECT ${select} ${from(where)} GROUP BY ${groupBy}${limit === undefined ? "" : ` LIMIT ${limit}`}`,
      ),
    async *sessions(sample: number | null, where: string | null = null) {
      const columns = SESSION_FIELDS.flatMap(([field]) => column(field) ?? []).join(", ");
      const some = sample === null ? "" : ` ORDER BY ${shuffled(column("sessionId")!)} LIMIT ${sample}`;
      for await (const rows of stream(`SELECT ${columns} ${from(where)}${some}`)) {
        yield rows.map((row) => sessionOfRow(row, name, String(row["session_id"] ?? row["sessionId"])));
      }
    },
  };
}
