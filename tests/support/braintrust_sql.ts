/**
 * Answers the SQL of the tests' Braintrust server: the query's own text, run by DuckDB over the stored rows. Only what
 * differs between the dialects is rewritten: the table function, paths into JSON, and the cursor.
 *
 * @module
 */
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

const TEXTS = ["id", "span_id", "root_span_id", "created"];
const OBJECTS = ["metadata", "scores", "metrics", "span_attributes"];
const ANY = ["input", "output", "expected", "error", "span_parents", "tags"];

/** Rows an answer holds at most. */
export const MAX_PAGE_ROWS = 1000;

/**
 * @param rowsOf rows of an object, such as `project_logs` and its id; undefined when there is none
 * @param pageRows most rows of a page
 * @param groupCursors whether an answer of groups names its next page
 */
export async function answerSql(
  query: string,
  rowsOf: (type: string, id: string) => StoredRow[] | undefined,
  { pageRows = MAX_PAGE_ROWS, groupCursors = true }: { pageRows?: number; groupCursors?: boolean } = {},
): Promise<SqlPage> {
  const from = /\bFROM\s+(project_logs|dataset|experiment)\(\s*'([^']+)'\s*(?:,\s*shape\s*=>\s*'spans'\s*)?\)/i.exec(
    query,
  );
  if (!from) throw new SqlError("expected FROM project_logs('ID'), dataset('ID') or experiment('ID')");
  const [table, type, id] = from as unknown as [string, string, string];
  const rows = rowsOf(type.toLowerCase(), id);
  if (!rows) throw new SqlError(`there is no ${type} ${id}`);
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
  const all = await run(rewritePaths(ordered), rows);
  const start = offset ? Number(atob(offset[1]!).replace("at ", "")) : 0;
  const size = Math.min(Number(limit?.[1] ?? pageRows), pageRows);
  const end = start + size;
  const named = groupCursors || !/\bGROUP BY\b/i.test(query);
  return { data: all.slice(start, end), cursor: end < all.length && named ? btoa(`at ${end}`) : null };
}

/** `metadata.a` inside `sum(…)` is a number, in comparisons a text, elsewhere what it is. */
function rewritePaths(sql: string): string {
  const literals: string[] = [];
  const bare = sql.replace(/'(?:[^']|'')*'/g, (literal) => `'${literals.push(literal) - 1}'`);
  const path = `(${OBJECTS.join("|")})\\.(\\w+)`;
  const [head, conditions = "", tail = ""] = /^([\s\S]*?)(\bWHERE\b[\s\S]*?)?(\b(?:GROUP BY|ORDER BY)\b[\s\S]*)?$/i
    .exec(bare)!.slice(1);
  const value = (text: string) =>
    text.replace(new RegExp(`\\b(sum|avg|min|max)\\(${path}\\)`, "gi"), "$1(CAST($2->>'$.$3' AS DOUBLE))")
      .replace(new RegExp(`(?<!['$.\\w])${path}`, "g"), "value_at($1, '$.$2')");
  const text = (part: string) => part.replace(new RegExp(`(?<!['$.\\w])${path}`, "g"), "($1->>'$.$2')");
  // The paths just written are literals too, but not numbered ones.
  return [value(head!), text(conditions), value(tail)].join(" ")
    .replace(/'(\d+)'/g, (_, i: string) => literals[Number(i)]!);
}

async function run(sql: string, rows: readonly StoredRow[]): Promise<StoredRow[]> {
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
    await connection.run(
      "CREATE MACRO value_at(j, p) AS CASE WHEN json_type(j, p) = 'NULL' THEN NULL ELSE json_extract(j, p) END",
    );
    const result = await connection.runAndReadAll(sql);
    const names = result.columnNames();
    const json = result.columnTypes().map((type) => type.alias === "JSON" || String(type) === "JSON");
    return result.getRowsJson().map((row) =>
      Object.fromEntries(row.map((cell, i) => [names[i]!, plain(cell, json[i]!)]))
    );
  } catch (error) {
    throw new SqlError((error as Error).message.split("\n")[0]!);
  } finally {
    connection.closeSync();
    db.closeSync();
    await Deno.remove(file);
  }
}

/** DuckDB's JSON form writes 64-bit integers and JSON values as text. */
function plain(cell: unknown, json: boolean): unknown {
  if (typeof cell !== "string") return cell;
  if (json) return JSON.parse(cell);
  return /^-?\d+$/.test(cell) ? Number(cell) : cell;
}
