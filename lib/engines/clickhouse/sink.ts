import { setTimeout } from "node:timers/promises";
import type { ClickHouseAccess } from "./access.ts";
import { connectClickHouse } from "./client.ts";
import { clickHouseDialect } from "./clickhouse.ts";
import { prepareTables } from "./prepare.ts";
import { replicasOf } from "./replicas.ts";
import { rowTable } from "./schema.ts";
import { parseClickHouse } from "./spec.ts";
import { quotedName } from "../columns.ts";
import { ConnectionLost, EngineError, type EngineRow } from "../engine.ts";
import { fieldsOf, keyColumn, type TableName, TABLES } from "../schema.ts";
import type { EngineSink } from "../sink.ts";
import { sessionOfRow } from "../../model/mod.ts";
import { storageOf } from "../../model/columns.ts";

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

  async function found(
    table: TableName,
    columns: readonly string[],
    ids: readonly string[],
    final = "",
  ): Promise<EngineRow[]> {
    if (ids.length === 0) return [];
    const list = ids.map(clickHouseDialect.text).join(", ");
    const select = `SELECT ${columns.map(quotedName).join(", ")} FROM ${tableOf(table)}${final}`;
    return await ask(table, `${select} WHERE ${quotedName(keyColumn(table))} IN (${list})`);
  }

  async function known(table: TableName, ids: readonly string[]): Promise<Set<string>> {
    const key = keyColumn(table);
    return new Set((await found(table, [key], ids)).map((row) => String(row[key])));
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
        await server.insert(tableOf(table), fresh.map((row) => asWritten(table, row)), { insert_distributed_sync: 1 });
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
    // A table here never changes a row: the new one is written beside the old one, and the one that came last is kept when
    // parts merge, or by FINAL.
    sessions: async (ids) =>
      (await found("sessions", SESSION_NAMES, ids, " FINAL")).map((row) =>
        sessionOfRow(row, name, String(row[keyColumn("sessions")]))
      ),
    replace: async (sessions) => {
      if (sessions.length === 0) return;
      // A replicated table would leave out rows that are the same as some that were written a while ago: a verdict that goes
      // back to what it was.
      await server.insert(tableOf("sessions"), sessions.map((row) => asWritten("sessions", row)), {
        insert_distributed_sync: 1,
        insert_deduplicate: 0,
      });
    },
    count: async (table) => {
      const rows = table === "sessions"
        ? `count(${quotedName(keyColumn("sessions"))}) AS n FROM ${tableOf(table)} FINAL`
        : `count(*) AS n FROM ${tableOf(table)}`;
      return Number((await ask(table, `SELECT ${rows}`))[0]?.["n"]);
    },
    close: () => server.close(),
  };
}

const SESSION_NAMES = fieldsOf("sessions").map(([, { name }]) => name);

/** A row by the names of its columns; yes and no as 1 and 0. */
function asWritten(table: TableName, row: object): Record<string, unknown> {
  const values = row as Record<string, unknown>;
  return Object.fromEntries(
    fieldsOf(table).map(([field, column]) => {
      const value = values[field] ?? null;
      return [column.name, storageOf(column) === "boolean" ? Number(value) : value];
    }),
  );
}
