import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { sessionOfRow } from "../../model/mod.ts";
import { storageOf } from "../../model/columns.ts";
import { quotedName } from "../columns.ts";
import { explainedDuckDb } from "./duckdb.ts";
import { EngineError } from "../engine.ts";
import { fieldsOf, keyColumn, otherVersion, SCHEMA_VERSION, type TableName, TABLES } from "../schema.ts";
import type { EngineSink } from "../sink.ts";

const TYPES = { text: "VARCHAR", integer: "BIGINT", real: "DOUBLE", boolean: "BOOLEAN" } as const;

const SESSION_ID = quotedName(keyColumn("sessions"));

/** Opens a DuckDB database for writing; it and its tables are made where they are not there. */
export async function openDuckDbSink(path: string): Promise<EngineSink> {
  const name = `duckdb:${path}`;
  const failed = (error: Error) => new EngineError(name, explainedDuckDb(error), { cause: error });
  // From this version of its files on DuckDB compresses long texts by ZSTD.
  const instance = await DuckDBInstance.create(path, { storage_compatibility_version: "v1.2.0" }).catch((error) => {
    throw failed(error);
  });
  const connection = await instance.connect();
  const rows = async (sql: string, values: string[] = []) =>
    (await connection.runAndReadAll(sql, values).catch((error) => {
      throw failed(error);
    })).getRows();
  await prepare(connection, name).catch((error) => {
    connection.closeSync();
    instance.closeSync();
    throw error instanceof EngineError ? error : failed(error);
  });
  const those = async (columns: readonly string[], ids: readonly string[]) => {
    if (ids.length === 0) return [];
    const list = ids.map((_, i) => `$${i + 1}`).join(", ");
    const selected = columns.map(quotedName).join(", ");
    return await rows(`SELECT ${selected} FROM sessions WHERE ${SESSION_ID} IN (${list})`, [...ids]);
  };
  async function write(
    table: TableName,
    added: readonly object[],
    conflict: "DO NOTHING" | "REPLACE",
  ): Promise<number> {
    if (added.length === 0) return 0;
    await connection.run("BEGIN TRANSACTION");
    try {
      await connection.run(`CREATE TEMP TABLE arriving AS SELECT * FROM ${table} LIMIT 0`);
      await append(connection, table, added as readonly Record<string, unknown>[]);
      const result = await connection.run(
        conflict === "REPLACE"
          ? `INSERT OR REPLACE INTO ${table} SELECT * FROM arriving`
          : `INSERT INTO ${table} SELECT * FROM arriving ON CONFLICT DO NOTHING`,
      );
      const written = result.rowsChanged;
      await connection.run("DROP TABLE arriving");
      await connection.run("COMMIT");
      return written;
    } catch (error) {
      await connection.run("ROLLBACK").catch(() => {});
      throw failed(error as Error);
    }
  }
  return {
    name,
    known: async (ids) => new Set((await those([keyColumn("sessions")], ids)).map(([id]) => `${id}`)),
    add: (table: TableName, added: readonly object[]) => write(table, added, "DO NOTHING"),
    sessions: async (ids) => {
      const columns = fieldsOf("sessions").map(([, column]) => column.name);
      const found = await those(columns, ids);
      return found.map((row) =>
        sessionOfRow(Object.fromEntries(columns.map((column, i) => [column, row[i]])), name, String(row[0]))
      );
    },
    replace: async (sessions) => void await write("sessions", sessions, "REPLACE"),
    count: async (table) => Number((await rows(`SELECT count(*) FROM ${table}`))[0]?.[0]),
    close: () => {
      connection.closeSync();
      instance.closeSync();
      return Promise.resolve();
    },
  };
}

async function prepare(connection: DuckDBConnection, name: string): Promise<void> {
  await connection.run("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER)");
  const found = (await connection.runAndReadAll("SELECT version FROM schema_version")).getRows().map(([v]) =>
    Number(v)
  );
  const tables = (await connection.runAndReadAll("SELECT table_name FROM duckdb_tables()")).getRows().flat();
  if (found.length === 0 && (tables.includes("sessions") || tables.includes("spans"))) {
    throw new EngineError(name, "holds a table of sessions or spans that this did not make; give another database");
  }
  if (found.some((version) => version !== SCHEMA_VERSION)) {
    throw new EngineError(name, otherVersion(found));
  }
  if (found.length) return;
  await connection.run("BEGIN TRANSACTION");
  for (const table of Object.keys(TABLES) as TableName[]) {
    const columns = fieldsOf(table).map(([, column]) =>
      `${quotedName(column.name)} ${TYPES[storageOf(column)]}${column.nullable ? "" : " NOT NULL"}`
    );
    const key = quotedName(keyColumn(table));
    await connection.run(`CREATE TABLE ${table} (${columns.join(", ")}, PRIMARY KEY (${key}))`);
  }
  await connection.run(`INSERT INTO schema_version VALUES (${SCHEMA_VERSION})`);
  await connection.run("COMMIT");
}

async function append(
  connection: DuckDBConnection,
  table: TableName,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const columns = fieldsOf(table).map(([field, column]) => ({ field, storage: storageOf(column) }));
  const appender = await connection.createAppender("arriving");
  for (const row of rows) {
    for (const { field, storage } of columns) {
      const value = row[field] ?? null;
      if (value === null) appender.appendNull();
      else if (storage === "integer") appender.appendBigInt(BigInt(value as number));
      else if (storage === "real") appender.appendDouble(value as number);
      else if (storage === "boolean") appender.appendBoolean(value as boolean);
      else appender.appendVarchar(value as string);
    }
    appender.endRow();
  }
  appender.closeSync();
}
