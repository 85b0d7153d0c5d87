import { setTimeout } from "node:timers/promises";
import type { ClickHouseAccess } from "./clickhouse_access.ts";
import { connectClickHouse } from "./clickhouse_client.ts";
import { clickHouseDialect } from "./clickhouse.ts";
import { prepareTables } from "./clickhouse_prepare.ts";
import { replicasOf } from "./clickhouse_replicas.ts";
import { rowTable } from "./clickhouse_schema.ts";
import { parseClickHouse } from "./clickhouse_spec.ts";
import { verdictWriter } from "./clickhouse_verdicts.ts";
import { quotedName } from "./columns.ts";
import { ConnectionLost, EngineError } from "./engine.ts";
import { type TableName, TABLES } from "./schema.ts";
import type { EngineSink } from "./sink.ts";

/** How often a batch is tried again whose connection broke, or that a replica did not take; pause before, for each. */
const RETRIES = 2;
const PAUSE_MS = 300;

/**
 * Opens the tables of a ClickHouse database for writing; they are made where they are not there. A row that goes to a
 * cluster is on its shard when `add` returns, and on each replica of it that is alive.
 */
export async function openClickHouseSink(spec: string, access: ClickHouseAccess): Promise<EngineSink> {
  const where = parseClickHouse(spec);
  const { name, database, cluster } = where;
  const server = await connectClickHouse(name, where.origin, "default", access);
  const replicas = async (table: TableName) =>
    await replicasOf(server, { name, database, table: rowTable(table, cluster), limitS: access.timeoutS });
  const prepare = async () => {
    await prepareTables(server, where, access);
    return { sessions: await replicas("sessions"), spans: await replicas("spans") };
  };
  const copies = await prepare().catch(async (error) => {
    await server.close();
    throw error;
  });
  const tableOf = (table: TableName) => `"${database}"."${table}"`;
  const ask = (table: TableName, sql: string) => (copies[table] ?? server).rows(sql);

  async function known(table: TableName, ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const key = quotedName(TABLES[table].key);
    const list = ids.map(clickHouseDialect.text).join(", ");
    const rows = await ask(table, `SELECT ${key} AS id FROM ${tableOf(table)} WHERE ${key} IN (${list})`);
    return new Set(rows.map((row) => String(row["id"])));
  }

  async function add(table: TableName, rows: readonly object[]): Promise<number> {
    const key = TABLES[table].key;
    const byId = new Map(rows.map((row) => [String((row as Record<string, unknown>)[key]), row]));
    let [written, taken] = [-1, false];
    for (let attempt = 0;; attempt++) {
      const there = await known(table, [...byId.keys()]);
      const fresh = [...byId].filter(([id]) => !there.has(id)).map(([, row]) => row);
      if (written < 0) written = fresh.length;
      if (fresh.length === 0) return written;
      if (taken) {
        // A replica leaves out a block that was written before, also where the one that had it is gone for good.
        throw new EngineError(
          name,
          `took ${fresh.length} rows for "${table}" and does not have them: they were written before, to a replica that ` +
            "is gone; bring it back, or load into another database",
        );
      }
      try {
        await server.insert(tableOf(table), fresh, { insert_distributed_sync: 1 });
        if (copies[table] === null) return written;
        taken = true;
      } catch (error) {
        // What arrived before it broke is known the next time round, and not sent twice.
        if (attempt >= RETRIES || !(error instanceof ConnectionLost || copies[table])) throw error;
        await setTimeout(PAUSE_MS * (attempt + 1));
      }
    }
  }

  return {
    name,
    known: (ids) => known("sessions", ids),
    add,
    ...verdictWriter(name, server, tableOf("sessions"), (sql) => ask("sessions", sql)),
    count: async (table) => {
      // Sessions may be there in an older version too.
      const rows = table === "sessions"
        ? `count("sessionId") AS n FROM ${tableOf(table)} FINAL`
        : `count(*) AS n FROM ${tableOf(table)}`;
      return Number((await ask(table, `SELECT ${rows}`))[0]?.["n"]);
    },
    close: () => server.close(),
  };
}
