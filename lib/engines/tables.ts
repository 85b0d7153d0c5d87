import { checkRow, type Session, sessionSchema } from "../model/mod.ts";
import { quotedName, SESSION_COLUMNS } from "./columns.ts";
import type { Engine, EngineRow, GroupQuery } from "./engine.ts";

/** What an engine with tables brings of its own. */
export interface TableAccess {
  name: string;
  /** What stands after FROM. */
  table(): string;
  /** Sorts rows into an order that depends on their ids alone. */
  shuffled(id: string): string;
  /** The answer of a query in pieces. */
  stream(sql: string): AsyncIterable<EngineRow[]>;
}

/** How a table of sessions, one column a field, is asked. */
export function tableQueries(
  { name, table, shuffled, stream }: TableAccess,
): Pick<Engine, "from" | "groups" | "sessions"> {
  const from = (condition: string | null) => `FROM ${table()}${condition === null ? "" : ` WHERE ${condition}`}`;
  return {
    from,
    groups: ({ select, where, groupBy }: GroupQuery, limit?: number) =>
      stream(
        `SELECT ${select} ${from(where)} GROUP BY ${groupBy}${limit === undefined ? "" : ` LIMIT ${limit}`}`,
      ),
    async *sessions(sample: number | null) {
      const columns = Object.keys(SESSION_COLUMNS).map(quotedName).join(", ");
      const some = sample === null ? "" : ` ORDER BY ${shuffled(quotedName("sessionId"))} LIMIT ${sample}`;
      for await (const rows of stream(`SELECT ${columns} ${from(null)}${some}`)) {
        yield rows.map((row) => sessionOf(row, name));
      }
    },
  };
}

const columns = Object.entries(SESSION_COLUMNS);

/** A row of the table as a session: 64-bit numbers come as text or big integers. */
export function sessionOf(row: EngineRow, source: string): Session {
  const fields = columns.map(([name, { kind }]) => {
    const value = row[name] ?? null;
    return [name, value === null || kind === "text" ? value : Number(value)];
  });
  return checkRow(sessionSchema, Object.fromEntries(fields) as Session, source, String(row["sessionId"]));
}
