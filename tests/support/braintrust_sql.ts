/**
 * Answers the SQL of the tests' Braintrust server: the query's own text, run by DuckDB over the stored rows. Only what
 * differs between the dialects is rewritten: the table function, paths into JSON, and the cursor.
 *
 * @module
 */
import type { DuckDBConnection } from "@duckdb/node-api";

/** A stored row. */
export type StoredRow = Record<string, unknown>;

/** One page of an answer. */
export interface SqlPage {
  data: StoredRow[];
  cursor: string | null;
}

/** A query that the service would not take. */
export class SqlError extends Error {
  override readonly name = "SqlError";
}

/** Rows of an object, such as `project_logs` and its id, and something that changes when they do. */
export type StoredObject = (type: string, id: string) => { rows: StoredRow[]; version: string } | undefined;

/** How the service answers. */
export interface SqlServed {
  /** Most rows of a page. */
  pageRows?: number;
  /** Whether an answer of groups names its next page. */
  groupCursors?: boolean;
  /** Parts of SQL that are refused, such as `CASE`. */
  unknown?: string[];
}

/** The service's SQL. */
export interface SqlService extends Disposable {
  answer(query: string): Promise<SqlPage>;
}

const TEXTS = ["id", "span_id", "root_span_id", "created", "_xact_id"];
const OBJECTS = ["metadata", "scores", "metrics", "span_attributes"];
const ANY = ["input", "output", "expected", "error", "span_parents", "tags"];

/** Rows an answer holds at most. */
export const MAX_PAGE_ROWS = 1000;

/** Starts answering; what was stored is read again only when it changed. */
export function sqlService(
  stored: StoredObject,
  { pageRows = MAX_PAGE_ROWS, groupCursors = true, unknown = [] }: SqlServed = {},
): SqlService {
  const loaded = new Map<string, Loaded>();
  let last: Promise<unknown> = Promise.resolve();

  async function loadedOf(type: string, id: string): Promise<Loaded> {
    const object = stored(type, id);
    if (!object) throw new SqlError(`there is no ${type} ${id}`);
    const before = loaded.get(`${type} ${id}`);
    if (before?.version === object.version) return before;
    before?.close();
    const now = await load(object.rows, object.version);
    loaded.set(`${type} ${id}`, now);
    return now;
  }

  async function answer(query: string): Promise<SqlPage> {
    const from = /\bFROM\s+(project_logs|dataset|experiment)\(\s*'([^']+)'\s*(?:,\s*shape\s*=>\s*'spans'\s*)?\)/i
      .exec(query);
    if (!from) throw new SqlError("expected FROM project_logs('ID'), dataset('ID') or experiment('ID')");
    const refused = unknown.find((part) => query.includes(part));
    if (refused) throw new SqlError(`unexpected ${refused}`);
    const [table, type, id] = from as unknown as [string, string, string];
    if (type.toLowerCase() === "project_logs" && (query.match(/\bcreated\s*(<|>)=?/gi)?.length ?? 0) < 2) {
      throw new SqlError("created is not bounded on both sides: the query would scan the whole project");
    }
    const offset = /\s+OFFSET\s+'([^']*)'\s*$/i.exec(query);
    const limit = /\s+LIMIT\s+(\d+)\s*$/i.exec(query.replace(/\s+OFFSET\s+'[^']*'\s*$/i, ""));
    const body = query.replace(/\s+OFFSET\s+'[^']*'\s*$/i, "").replace(/\s+LIMIT\s+\d+\s*$/i, "").replace(
      table,
      "FROM rows",
    );
    // Pages are cut from whole answers, so these have to come in the same order each time.
    const ordered = /\bORDER BY\b/i.test(body) ? body : `${body} ORDER BY ALL`;
    const all = await run(await loadedOf(type.toLowerCase(), id), ordered);
    const start = offset ? Number(atob(offset[1]!).replace("at ", "")) : 0;
    const size = Math.min(Number(limit?.[1] ?? pageRows), pageRows);
    const end = start + size;
    const named = groupCursors || !/\bGROUP BY\b/i.test(query);
    return { data: all.slice(start, end), cursor: end < all.length && named ? btoa(`at ${end}`) : null };
  }

  return {
    // One after the other: what one query adds to the tables is there for the next.
    answer: (query) => {
      const next = last.then(() => answer(query));
      last = next.catch(() => {});
      return next;
    },
    [Symbol.dispose]() {
      for (const one of loaded.values()) one.close();
    },
  };
}

/** Rows in a database of their own. */
interface Loaded {
  version: string;
  connection: DuckDBConnection;
  /** Paths into JSON that are columns by now. */
  paths: Set<string>;
  close(): void;
}

async function load(rows: readonly StoredRow[], version: string): Promise<Loaded> {
  // Loaded here, because it needs permissions that a test run may not have.
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const db = await DuckDBInstance.create(":memory:");
  const connection = await db.connect();
  const file = await Deno.makeTempFile({ suffix: ".jsonl" });
  try {
    const columns = [
      ...TEXTS.map((name) => `${name}: 'VARCHAR'`),
      "is_root: 'BOOLEAN'",
      ...[...OBJECTS, ...ANY].map((name) => `${name}: 'JSON'`),
    ];
    await Deno.writeTextFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    const read = `read_json('${file}', format = 'newline_delimited', maximum_object_size = 100000000, ` +
      `columns = {${columns.join(", ")}})`;
    await connection.run(
      `CREATE TABLE rows AS SELECT * FROM ${rows.length ? read : `(SELECT * FROM ${read} LIMIT 0)`}`,
    );
    await connection.run("CREATE MACRO count_distinct(x) AS count(DISTINCT x)");
  } finally {
    await Deno.remove(file);
  }
  return {
    version,
    connection,
    paths: new Set(),
    close() {
      connection.closeSync();
      db.closeSync();
    },
  };
}

async function run({ connection, paths }: Loaded, sql: string): Promise<StoredRow[]> {
  try {
    const result = await connection.runAndReadAll(await withColumns(sql));
    const names = result.columnNames();
    const types = result.columnTypes().map((type) => type.alias ?? String(type));
    return result.getRowsJson().map((row) =>
      Object.fromEntries(row.map((cell, i) => [names[i]!, plain(cell, types[i]!)]))
    );
  } catch (error) {
    throw new SqlError((error as Error).message.split("\n")[0]!);
  }

  /** The query with each path, such as `metadata.a`, as a column of the type that its values have. */
  async function withColumns(sql: string): Promise<string> {
    const found = new Set<string>();
    const literals: string[] = [];
    const bare = sql.replace(/'(?:[^']|'')*'/g, (literal) => `'${literals.push(literal) - 1}'`)
      .replace(new RegExp(`(?<![\\w."])(${OBJECTS.join("|")})\\.(\\w+)`, "g"), (path) => {
        found.add(path);
        return `"${path}"`;
      });
    for (const path of found) {
      const summed = new RegExp(`\\b(sum|min|max)\\("${path}"\\)`).test(bare);
      if (!paths.has(path)) await addColumn(path, summed ? "DOUBLE" : "VARCHAR");
    }
    return bare.replace(/'(\d+)'/g, (_, i: string) => literals[Number(i)]!);
  }

  async function addColumn(path: string, unset: string): Promise<void> {
    const [object, key] = path.split(".") as [string, string];
    const types = (await connection.runAndReadAll(`SELECT DISTINCT json_type(${object}, '$.${key}') FROM rows`))
      .getRows().flat().filter((type) => type !== null && type !== "NULL").map(String);
    const only = (...some: string[]) => types.every((type) => some.includes(type));
    const type = types.length === 0
      ? unset
      : only("VARCHAR")
      ? "VARCHAR"
      : only("UBIGINT", "BIGINT")
      ? "BIGINT"
      : only("UBIGINT", "BIGINT", "DOUBLE")
      ? "DOUBLE"
      : only("BOOLEAN")
      ? "BOOLEAN"
      : "JSON";
    const value = type === "JSON" ? `json_extract(${object}, '$.${key}')` : `CAST(${object}->>'$.${key}' AS ${type})`;
    await connection.run(`ALTER TABLE rows ADD COLUMN "${path}" ${type}`);
    await connection.run(`UPDATE rows SET "${path}" = ${value} WHERE json_type(${object}, '$.${key}') != 'NULL'`);
    paths.add(path);
  }
}

/** DuckDB's JSON form writes 64-bit integers and JSON values as text. */
function plain(cell: unknown, type: string): unknown {
  if (typeof cell !== "string") return cell;
  if (type === "JSON") return JSON.parse(cell);
  return type === "VARCHAR" || !/^-?\d+$/.test(cell) ? cell : Number(cell);
}
