import type { ClickHouseAccess } from "./clickhouse_access.ts";
import { type ClickHouseServer, connectClickHouse } from "./clickhouse_client.ts";
import { clickHouseDialect } from "./clickhouse.ts";
import { clickHouseTables, SHARD_TABLE } from "./clickhouse_schema.ts";
import { type ClickHouseSpec, parseClickHouse } from "./clickhouse_spec.ts";
import { quotedName } from "./columns.ts";
import { ConnectionLost, EngineError } from "./engine.ts";
import { SCHEMA_VERSION, type TableName, TABLES } from "./schema.ts";
import type { EngineSink } from "./sink.ts";

/** How often a batch is tried again whose connection broke. */
const RETRIES = 2;

/**
 * Opens the tables of a ClickHouse database for writing; they are made where they are not there. A row that goes to a
 * cluster is on its shard when `add` returns.
 */
export async function openClickHouseSink(spec: string, access: ClickHouseAccess): Promise<EngineSink> {
  const where = parseClickHouse(spec);
  const server = await connectClickHouse(where.name, where.origin, "default", access);
  try {
    await prepare(server, where, access);
  } catch (error) {
    await server.close();
    throw error;
  }
  const tableOf = (table: TableName) => `"${where.database}"."${table}"`;

  async function known(table: TableName, ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const key = quotedName(TABLES[table].key);
    const list = ids.map(clickHouseDialect.text).join(", ");
    const rows = await server.rows(`SELECT ${key} AS id FROM ${tableOf(table)} WHERE ${key} IN (${list})`);
    return new Set(rows.map((row) => String(row["id"])));
  }

  async function add(table: TableName, rows: readonly object[]): Promise<number> {
    const key = TABLES[table].key;
    const byId = new Map(rows.map((row) => [String((row as Record<string, unknown>)[key]), row]));
    for (let attempt = 0;; attempt++) {
      const there = await known(table, [...byId.keys()]);
      const fresh = [...byId].filter(([id]) => !there.has(id)).map(([, row]) => row);
      if (fresh.length === 0) return 0;
      try {
        await server.insert(tableOf(table), fresh, { insert_distributed_sync: 1 });
        return fresh.length;
      } catch (error) {
        // What arrived before the connection broke is known the next time round, and not sent twice.
        if (!(error instanceof ConnectionLost) || attempt === RETRIES) throw error;
      }
    }
  }

  return {
    name: where.name,
    known: (ids) => known("sessions", ids),
    add,
    count: async (table) => Number((await server.rows(`SELECT count(*) AS n FROM ${tableOf(table)}`))[0]?.["n"]),
    close: () => server.close(),
  };
}

async function prepare(server: ClickHouseServer, where: ClickHouseSpec, access: ClickHouseAccess): Promise<void> {
  const { name, origin, database, nodes } = where;
  const tables = await server.rows(
    `SELECT name FROM system.tables WHERE database = ${clickHouseDialect.text(database)} ` +
      `AND name IN ('sessions', 'spans', '${SHARD_TABLE.sessions}', 'schema_version')`,
  );
  if (tables.some((row) => row["name"] === "schema_version")) {
    const versions = (await server.rows(`SELECT version FROM "${database}"."schema_version"`)).map((r) => r["version"]);
    if (versions.length && !versions.every((version) => Number(version) === SCHEMA_VERSION)) {
      throw new EngineError(
        name,
        `holds tables of version ${versions}, this writes ${SCHEMA_VERSION}; give another database`,
      );
    }
    if (versions.length) return;
  } else if (tables.length) {
    throw new EngineError(name, "holds a table of sessions or spans that this did not make; give another database");
  }
  const { everywhere, last } = clickHouseTables(where, server.version);
  for (const node of new Set([origin, ...nodes])) {
    const one = node === origin ? server : await connectClickHouse(name, node, "default", access);
    try {
      for (const sql of everywhere) await one.command(sql);
    } finally {
      if (one !== server) await one.close();
    }
  }
  // The version is written last: tables without it are made again, which changes nothing.
  for (const sql of last) await server.command(sql);
  await server.insert(`"${database}"."schema_version"`, [{ version: SCHEMA_VERSION }]);
}
