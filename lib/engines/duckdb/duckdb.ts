import { statSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { localFiles } from "../../io/files.ts";
import { sqlLiteral } from "../../model/escape.ts";
import { columnsOf, type ColumnType } from "../columns.ts";
import { sqlEngine } from "../counted.ts";
import { type Dialect, type Engine, EngineError, type EngineRow, type SqlEngine } from "../engine.ts";
import { tableQueries } from "../tables.ts";

const text = (value: string) => sqlLiteral(value);

/** DuckDB's SQL, but for the names of columns. */
export const duckDbDialect: Omit<Dialect, "column"> = {
  text,
  distinct: (column) => `count(DISTINCT ${column})`,
  // Of n values the discrete quantile at (rank + 0.5) / n is the one of that rank.
  ranks: (column, ranks, n, condition) =>
    `quantile_disc(${column}, [${ranks.map((rank) => (rank + 0.5) / n).join(", ")}])` +
    (condition === null ? "" : ` FILTER (WHERE ${condition})`),
};

/**
 * Opens the table of sessions at a path: a DuckDB database with a table `sessions`, or Parquet files of sessions (a file, a
 * folder, a glob, or several of these between commas) as `deno task import` writes them. Nothing is written.
 *
 * @throws {EngineError} when there is no such database or file, the database is being written, or a column is missing or of
 * another type
 */
export async function openDuckDb(path: string): Promise<SqlEngine & Engine> {
  const name = `duckdb:${path}`;
  const files = parquetFiles(path, name);
  const instance = await (files ? DuckDBInstance.create(":memory:") : DuckDBInstance.create(path, {
    access_mode: "READ_ONLY",
  })).catch((error: Error) => {
    throw new EngineError(name, explainedDuckDb(error), { cause: error });
  });
  const connection = await instance.connect();
  // One snapshot for all queries: what another connection commits in between is not seen.
  if (!files) await connection.run("BEGIN TRANSACTION READ ONLY");
  const table = files ? `read_parquet([${files.map(text).join(", ")}])` : `"sessions"`;

  async function* stream(sql: string): AsyncGenerator<EngineRow[]> {
    try {
      const result = await connection.stream(sql);
      const names = result.deduplicatedColumnNames();
      for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        yield chunk.getRowObjects(names).map(plain);
      }
    } catch (error) {
      throw error instanceof EngineError
        ? error
        : new EngineError(name, explainedDuckDb(error as Error), { cause: error });
    }
  }
  const rows = async (sql: string) => (await Array.fromAsync(stream(sql))).flat();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
    return Promise.resolve();
  };
  const column = await rows(`DESCRIBE SELECT * FROM ${table}`).then((described) =>
    columnsOf(
      name,
      new Map(described.map((row) => [String(row["column_name"]), columnType(String(row["column_type"]))])),
    )
  ).catch(async (error) => {
    await close();
    throw error;
  });

  return sqlEngine({
    name,
    dialect: { ...duckDbDialect, column },
    ...tableQueries({ name, column, table: () => table, shuffled: (id) => `md5(${id})`, stream }),
    rows,
    fingerprint: () => Promise.resolve(files ? files.map(stateOf).join("\n") : "one transaction"),
    repeatedIds: async (sessions) => {
      const [row] = await rows(`SELECT count(DISTINCT hash(${column("sessionId")})) AS n FROM ${table}`);
      return sessions - Number(row?.["n"]);
    },
    close,
  });
}

/** The Parquet files of a path; null when it is a database. */
function parquetFiles(path: string, name: string): string[] | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() && !/\.parquet$/i.test(path)) return null;
  let files: string[];
  try {
    files = localFiles(path);
  } catch {
    throw new EngineError(name, "no such database, Parquet file, folder or glob");
  }
  const parquet = files.filter((file) => /\.parquet$/i.test(file));
  if (parquet.length === 0) {
    throw new EngineError(name, "no Parquet file there; give a folder or glob of sessions tables");
  }
  return parquet;
}

function stateOf(path: string): string {
  const { size, mtimeMs, ino } = statSync(path);
  return `${path} ${size} ${mtimeMs} ${ino}`;
}

function columnType(type: string): ColumnType {
  if (type === `"NULL"`) return { kind: "nulls", type };
  if (/^(VARCHAR|ENUM)/.test(type)) return { kind: "text", type };
  if (type === "BOOLEAN") return { kind: "flag", type };
  return {
    kind: /^(U?(TINY|SMALL|BIG|HUGE)?INT|INTEGER|UINTEGER|DOUBLE|FLOAT|DECIMAL)/.test(type) ? "number" : "other",
    type,
  };
}

/** Values as plain ones, in place: lists as arrays, decimals as numbers. */
function plain(row: Record<string, unknown>): EngineRow {
  for (const key in row) {
    const value = row[key];
    if (value === null || typeof value !== "object") continue;
    if ("items" in value) row[key] = value.items;
    else if ("toDouble" in value) row[key] = (value as { toDouble(): number }).toDouble();
  }
  return row;
}

/** DuckDB's own words, with what to do where that is known. */
export function explainedDuckDb({ message }: Error): string {
  const [first = ""] = message.split("\n");
  if (/lock/i.test(message)) return `another program is writing this database; ask again when it is done (${first})`;
  if (/Table with name sessions does not exist/.test(message)) {
    return "the database has no table of sessions; load one by `deno task import SOURCE --to duckdb:PATH`";
  }
  return first;
}
