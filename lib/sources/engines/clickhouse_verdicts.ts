import { type Session, type SessionVerdict, VERDICT_FIELDS } from "../../model/mod.ts";
import type { ClickHouseServer } from "./clickhouse_client.ts";
import { clickHouseDialect } from "./clickhouse.ts";
import { quotedName } from "./columns.ts";
import type { EngineRow } from "./engine.ts";
import type { EngineSink } from "./sink.ts";

/**
 * Sessions written in the place of others. A table here never changes a row: the new one is written beside the old one, and
 * the one that came last is kept when parts merge, or by FINAL.
 *
 * @param table of sessions
 * @param ask asks it
 */
export function verdictWriter(
  server: ClickHouseServer,
  table: string,
  ask: (sql: string) => Promise<EngineRow[]>,
): Pick<EngineSink, "verdicts" | "replace"> {
  const columns = ["sessionId", ...VERDICT_FIELDS].map(quotedName).join(", ");
  return {
    verdicts: async (ids) => {
      if (ids.length === 0) return new Map();
      const list = ids.map(clickHouseDialect.text).join(", ");
      const rows = await ask(`SELECT ${columns} FROM ${table} FINAL WHERE "sessionId" IN (${list})`);
      return new Map(rows.map((row) => [String(row["sessionId"]), verdictOf(row)]));
    },
    replace: async (sessions: readonly Session[]) => {
      if (sessions.length === 0) return;
      // A replicated table would leave out rows that are the same as some that were written a while ago: a verdict that goes
      // back to what it was.
      await server.insert(table, sessions, { insert_distributed_sync: 1, insert_deduplicate: 0 });
    },
  };
}

function verdictOf(row: EngineRow): SessionVerdict {
  const text = (field: keyof SessionVerdict) => row[field] as string | null;
  return {
    success: row["success"] === null ? null : Number(row["success"]) as 0 | 1,
    judgeModel: text("judgeModel"),
    judgeConfidence: text("judgeConfidence"),
    judgeReasoning: text("judgeReasoning"),
    judgeReliability: text("judgeReliability"),
  };
}
