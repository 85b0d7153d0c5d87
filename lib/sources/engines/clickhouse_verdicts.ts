import type { Session } from "../../model/mod.ts";
import type { ClickHouseServer } from "./clickhouse_client.ts";
import { clickHouseDialect } from "./clickhouse.ts";
import { quotedName, SESSION_COLUMNS } from "./columns.ts";
import type { EngineRow } from "./engine.ts";
import type { EngineSink } from "./sink.ts";
import { sessionOf } from "./tables.ts";

/**
 * Sessions written in the place of others. A table here never changes a row: the new one is written beside the old one, and
 * the one that came last is kept when parts merge, or by FINAL.
 *
 * @param name the spec, for messages
 * @param table of sessions
 * @param ask asks it
 */
export function verdictWriter(
  name: string,
  server: ClickHouseServer,
  table: string,
  ask: (sql: string) => Promise<EngineRow[]>,
): Pick<EngineSink, "sessions" | "replace"> {
  const columns = Object.keys(SESSION_COLUMNS).map(quotedName).join(", ");
  return {
    sessions: async (ids) => {
      if (ids.length === 0) return [];
      const list = ids.map(clickHouseDialect.text).join(", ");
      const rows = await ask(`SELECT ${columns} FROM ${table} FINAL WHERE "sessionId" IN (${list})`);
      return rows.map((row) => sessionOf(row, name));
    },
    replace: async (sessions: readonly Session[]) => {
      if (sessions.length === 0) return;
      // A replicated table would leave out rows that are the same as some that were written a while ago: a verdict that goes
      // back to what it was.
      await server.insert(table, sessions, { insert_distributed_sync: 1, insert_deduplicate: 0 });
    },
  };
}
