import { type ColumnType, quotedName } from "./columns.ts";
import type { ClickHouseAccess } from "./clickhouse_access.ts";
import { connectClickHouse } from "./clickhouse_client.ts";
import { parseClickHouse } from "./clickhouse_spec.ts";
import type { Dialect, Engine } from "./engine.ts";
import { tableQueries } from "./tables.ts";

/** ClickHouse's SQL; 18.16 knows all of it. */
export const clickHouseDialect = {
  column: quotedName,
  text: (value) => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`,
  distinct: (column) => `count(DISTINCT ${column})`,
  // Of n values the exact quantile at (rank + 0.5) / n is the one of that rank. The rows asked for have no nulls.
  ranks: (column, ranks, n, condition) => {
    const levels = ranks.map((rank) => (rank + 0.5) / n).join(", ");
    const value = `assumeNotNull(${column})`;
    return condition === null
      ? `quantilesExact(${levels})(${value})`
      : `quantilesExactIf(${levels})(${value}, ${condition})`;
  },
} satisfies Dialect;

/** Rows up to which ids are checked for repeats: the server holds a hash of each in memory while it does. */
const CHECKED_IDS = 20_000_000;

/**
 * Opens the table `sessions` of a database on ClickHouse (a server, or a cluster through a Distributed table).
 *
 * @param spec `clickhouse:http://HOST:PORT/DATABASE`
 * @throws {EngineError} when the server does not answer or refuses
 */
export async function openClickHouse(spec: string, access: ClickHouseAccess): Promise<Engine> {
  const { name, origin, database } = parseClickHouse(spec);
  const server = await connectClickHouse(name, origin, database, access);
  const table = `"${database}"."sessions"`;
  return {
    name,
    dialect: clickHouseDialect,
    ...tableQueries({
      name,
      table,
      shuffled: (id) => `lower(hex(MD5(${id})))`,
      stream: (sql) => server.stream(sql),
    }),
    rows: (sql) => server.rows(sql),
    columns: async () =>
      new Map(
        (await server.rows(`DESCRIBE TABLE ${table}`)).map((
          row,
        ) => [String(row["name"]), columnType(String(row["type"]))]),
      ),
    fingerprint: async () => {
      const row = `cityHash64("sessionId", ifNull("success", 2), "totalTokens", "calls")`;
      return JSON.stringify(await server.rows(`SELECT count(*) AS n, sum(${row}) AS h FROM ${table}`));
    },
    repeatedIds: async (sessions) => {
      if (sessions > CHECKED_IDS) return null;
      const [row] = await server.rows(`SELECT uniqExact(cityHash64("sessionId")) AS n FROM ${table}`);
      return sessions - Number(row?.["n"]);
    },
    close: () => server.close(),
  };
}

function columnType(type: string): ColumnType {
  const inner = type.replace(/^(LowCardinality|Nullable)\(/, "").replace(/^Nullable\(/, "");
  if (inner.startsWith("Nothing")) return { kind: "nulls", type };
  if (/^(String|FixedString|Enum)/.test(inner)) return { kind: "text", type };
  return { kind: /^(U?Int|Float|Decimal)/.test(inner) ? "number" : "other", type };
}
