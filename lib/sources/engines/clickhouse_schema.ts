import type { ClickHouseSpec } from "./clickhouse_spec.ts";
import { quotedName, type SessionColumn } from "./columns.ts";
import { type TableName, TABLES } from "./schema.ts";

/** Names of the tables that hold the rows on each shard of a cluster. */
export const SHARD_TABLE = { sessions: "sessions_shard", spans: "spans_shard" } as const;

const TYPES = { text: "String", integer: "Int64", real: "Float64" } as const;

/** Texts that are long: compressed more than the rest, where the server can choose by column. */
const LONG = ["judgeReasoning", "input", "output", "metadata"];

/** Order of the rows within a table: what looks for ids, or reads a session's calls, finds them together. */
const ORDER = { sessions: ["sessionId"], spans: ["sessionId", "position", "id"] } as const;

/**
 * The statements that make the tables: `everywhere` on each server, `last` on the one that is spoken to. On a cluster a
 * session and its calls are on the shard that the hash of its id names; rows with the same id merge into one.
 *
 * @param version of the server: before 20 columns have no codec of their own (all are compressed by LZ4)
 */
export function clickHouseTables(
  { database, cluster, nodes, replicated }: Pick<ClickHouseSpec, "database" | "cluster" | "nodes" | "replicated">,
  version: readonly number[],
): { everywhere: string[]; last: string[] } {
  const onCluster = cluster !== null && nodes.length === 0 ? ` ON CLUSTER "${cluster}"` : "";
  const codec = (version[0] ?? 0) >= 20;
  const names = Object.keys(TABLES) as TableName[];
  const rowsOf = (table: TableName) => cluster === null ? table : SHARD_TABLE[table];
  const columns = (table: TableName) =>
    Object.entries<SessionColumn>(TABLES[table].columns).map(([name, { kind, nullable }]) =>
      `${quotedName(name)} ${nullable ? `Nullable(${TYPES[kind]})` : TYPES[kind]}` +
      (codec && LONG.includes(name) ? " CODEC(ZSTD(3))" : "")
    ).join(", ");
  const engine = (table: TableName) =>
    replicated
      ? `ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/${database}/${rowsOf(table)}', '{replica}')`
      : "ReplacingMergeTree()";
  const make = (table: string, body: string) =>
    `CREATE TABLE IF NOT EXISTS "${database}"."${table}"${onCluster} ${body}`;
  return {
    everywhere: [
      `CREATE DATABASE IF NOT EXISTS "${database}"${onCluster}`,
      ...names.map((table) =>
        make(
          rowsOf(table),
          `(${columns(table)}) ENGINE = ${engine(table)} ORDER BY (${ORDER[table].map(quotedName).join(", ")})`,
        )
      ),
      ...(cluster === null ? [] : names.map((table) =>
        make(
          table,
          `(${columns(table)}) ENGINE = Distributed('${cluster}', '${database}', '${rowsOf(table)}', ` +
            `cityHash64("sessionId"))`,
        )
      )),
    ],
    last: [
      `CREATE TABLE IF NOT EXISTS "${database}"."schema_version" (version UInt32) ` +
      "ENGINE = ReplacingMergeTree() ORDER BY version",
    ],
  };
}
