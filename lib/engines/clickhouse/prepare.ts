import type { ClickHouseAccess } from "./access.ts";
import { type ClickHouseServer, connectClickHouse } from "./client.ts";
import { clickHouseDialect } from "./clickhouse.ts";
import { type ClickHouseTables, clickHouseTables } from "./schema.ts";
import type { ClickHouseSpec } from "./spec.ts";
import { EngineError, ServerError } from "../engine.ts";
import { otherVersion, SCHEMA_VERSION } from "../schema.ts";

/**
 * Makes the tables of a spec on all servers, unless the one spoken to has a version: then all have them. When it was
 * interrupted, the next run makes what is missing.
 *
 * @throws {EngineError} when a server has tables of another version, or such as this does not make, or does not answer
 */
export async function prepareTables(
  server: ClickHouseServer,
  where: ClickHouseSpec,
  access: ClickHouseAccess,
): Promise<void> {
  const { name, origin, database, nodes } = where;
  if (await isPrepared(server, where)) return;
  const tables = clickHouseTables(where, server.version);
  // Less than the client waits, so that the server has the time to say which of the others is missing.
  const waitS = Math.max(1, Math.floor(access.timeoutS * 0.8));
  const run = async (one: ClickHouseServer, statements: readonly string[]) => {
    for (const sql of statements) {
      await one.command(sql, sql.includes(" ON CLUSTER ") ? { distributed_ddl_task_timeout: `${waitS}` } : {});
    }
  };
  const servers = [server];
  try {
    for (const node of new Set(nodes)) {
      if (node !== origin) servers.push(await connectClickHouse(name, node, "default", access));
    }
    for (const one of servers) {
      await refuseOthers(one, name, database, tables);
      await run(one, tables.everywhere);
    }
    for (const one of servers) await run(one, tables.last);
  } catch (error) {
    if (!(error instanceof ServerError && error.code === "159")) throw error;
    throw new EngineError(
      name,
      `not every server of the cluster "${where.cluster}" made its tables within ${waitS} s; start those that are ` +
        "stopped and run this again (CLICKHOUSE_TIMEOUT_S sets how long to wait)",
      { cause: error },
    );
  } finally {
    for (const one of servers) if (one !== server) await one.close();
  }
}

/** Whether a version is there, and it is ours. */
async function isPrepared(server: ClickHouseServer, { name, database, cluster }: ClickHouseSpec): Promise<boolean> {
  const there = await server.rows(
    `SELECT name FROM system.tables WHERE database = ${clickHouseDialect.text(database)} AND name = 'schema_version'`,
  );
  if (there.length === 0) return false;
  const versions = (await server.rows(`SELECT version FROM "${database}"."schema_version"`)).map((r) => r["version"]);
  if (versions.length === 0) {
    throw new EngineError(name, 'holds a table "schema_version" without a row; drop it, or give another database');
  }
  if (!versions.every((version) => Number(version) === SCHEMA_VERSION)) {
    throw new EngineError(name, otherVersion(versions));
  }
  const [sessions] = await server.rows(
    `SELECT engine FROM system.tables WHERE database = ${clickHouseDialect.text(database)} AND name = 'sessions'`,
  );
  if ((sessions?.["engine"] === "Distributed") !== (cluster !== null)) {
    throw new EngineError(
      name,
      cluster === null
        ? "holds the tables of a cluster; name it by ?cluster=NAME as when they were made"
        : "holds the tables of one server, made without ?cluster; leave it out, or give another database",
    );
  }
  return true;
}

/** Tables without a version are those of a run that was interrupted, or someone else's: these look different. */
async function refuseOthers(
  server: ClickHouseServer,
  name: string,
  database: string,
  { made }: ClickHouseTables,
): Promise<void> {
  const text = clickHouseDialect.text;
  const names = [...made.keys()].map(text).join(", ");
  const ask = (columns: string, source: string, column: string) =>
    server.rows(`SELECT ${columns} FROM ${source} WHERE database = ${text(database)} AND ${column} IN (${names})`);
  const tables = await ask("name, engine", "system.tables", "name");
  const columns = await ask("table, name, type", "system.columns", "table");
  for (const { name: table, engine } of tables) {
    const found = columns.filter((row) => row["table"] === table).map((row) => `${row["name"]} ${row["type"]}`);
    const ours = made.get(String(table));
    if (!ours || ours.engine !== engine || ours.columns.toSorted().join() !== found.sort().join()) {
      throw new EngineError(name, `holds a table "${table}" that this did not make; give another database`);
    }
  }
}
