import { sqlLiteral } from "../../model/escape.ts";
import { columnsOf, type ColumnType } from "../columns.ts";
import type { ClickHouseAccess } from "./access.ts";
import { connectClickHouse } from "./client.ts";
import { parseClickHouse } from "./spec.ts";
import { sqlEngine } from "../counted.ts";
import { ChangedError, type Dialect, type Engine, ServerError, type SqlEngine } from "../engine.ts";
import { tableQueries } from "../tables.ts";

/** ClickHouse's SQL, but for the names of columns; 18.16 knows all of it. */
export const clickHouseDialect = {
  text: (value) => sqlLiteral(value, { backslashes: true }),
  distinct: (column) => `count(DISTINCT ${column})`,
  // Of n values the exact quantile at (rank + 0.5) / n is the one of that rank. The rows asked for have no nulls.
  ranks: (column, ranks, n, condition) => {
    const levels = ranks.map((rank) => (rank + 0.5) / n).join(", ");
    const value = `assumeNotNull(${column})`;
    return condition === null
      ? `quantilesExact(${levels})(${value})`
      : `quantilesExactIf(${levels})(${value}, ${condition})`;
  },
} satisfies Omit<Dialect, "column">;

/** Ids that are checked for repeats at a time: the server holds a hash of each in memory while it does. */
const IDS_AT_A_TIME = 20_000_000;

/**
 * Opens the table `sessions` of a database on ClickHouse (a server, or a cluster through a Distributed table).
 *
 * @param spec `clickhouse:http://HOST:PORT/DATABASE`
 * @throws {EngineError} when the server does not answer or refuses, or a column is missing or of another type
 */
export async function openClickHouse(spec: string, access: ClickHouseAccess): Promise<SqlEngine & Engine> {
  const { name, origin, database } = parseClickHouse(spec);
  const server = await connectClickHouse(name, origin, database, access);
  const written = `"${database}"."sessions"`;
  // Rows that a load wrote in the place of others stand beside them until parts merge. Where there are any, all is read with
  // FINAL, which takes the one that came last, and longer.
  let final = false;
  const table = () => final ? `${written} FINAL` : written;
  const column = await server.rows(`DESCRIBE TABLE ${written}`).then((described) =>
    columnsOf(name, new Map(described.map((row) => [String(row["name"]), columnType(String(row["type"]))])))
  ).catch(async (error) => {
    await server.close();
    throw error;
  });
  const id = `cityHash64(${column("sessionId")})`;
  const distinctIds = async (rows: number) => {
    const parts = Math.ceil(rows / IDS_AT_A_TIME);
    let distinct = 0;
    for (let part = 0; part < parts; part++) {
      const which = parts === 1 ? "" : ` WHERE ${id} % ${parts} = ${part}`;
      const [row] = await server.rows(`SELECT uniqExact(${id}) AS n FROM ${table()}${which}`);
      distinct += Number(row?.["n"]);
    }
    return distinct;
  };
  return sqlEngine({
    name,
    dialect: { ...clickHouseDialect, column },
    ...tableQueries({
      name,
      column,
      table,
      shuffled: (id) => `lower(hex(MD5(${id})))`,
      stream: (sql) => server.stream(sql),
    }),
    rows: (sql) => server.rows(sql),
    fingerprint: async () => {
      const said = (["judgeModel", "judgeConfidence", "judgeReliability"] as const).map((field) =>
        `ifNull(${column(field)}, '')`
      );
      const tokens = column("totalTokens");
      const counts = [`ifNull(${column("success")}, 2)`, `ifNull(${tokens}, 0)`, `isNull(${tokens})`, column("calls")];
      const row = `cityHash64(${[column("sessionId"), ...counts, ...said].join(", ")})`;
      return JSON.stringify(await server.rows(`SELECT count(*) AS n, sum(${row}) AS h FROM ${table()}`));
    },
    repeatedIds: async (sessions) => {
      const repeated = sessions - await distinctIds(sessions);
      if (repeated === 0 || final) return repeated;
      final = await server.rows(`SELECT ${column("sessionId")} FROM ${written} FINAL LIMIT 1`).then(
        () => true,
        (error) => {
          // What does not know FINAL has these ids twice.
          if (error instanceof ServerError && error.code === "181") return false;
          throw error;
        },
      );
      if (!final) return repeated;
      throw new ChangedError(name, `${repeated} rows are there in an older version too`);
    },
    close: () => server.close(),
  });
}

function columnType(type: string): ColumnType {
  const inner = type.replace(/^(LowCardinality|Nullable)\(/, "").replace(/^Nullable\(/, "");
  if (inner.startsWith("Nothing")) return { kind: "nulls", type };
  if (/^(String|FixedString|Enum)/.test(inner)) return { kind: "text", type };
  return { kind: /^(U?Int|Float|Decimal)/.test(inner) ? "number" : "other", type };
}
