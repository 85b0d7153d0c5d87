import type { ClickHouseSpec } from "./spec.ts";
import { storageOf } from "../../model/columns.ts";
import { quotedName } from "../columns.ts";
import { fieldsOf, keyColumn, SCHEMA_VERSION, type TableName, TABLES } from "../schema.ts";

/** Names of the tables that hold the rows on each shard of a cluster. */
const SHARD_TABLE = { sessions: "sessions_shard", spans: "spans_shard" } as const;

/** Where ZooKeeper keeps what the replicas of a shard share: below this, SHARD/DATABASE/TABLE. */
export const TABLES_IN_ZOOKEEPER = "/clickhouse/tables";

const TYPES = { text: "String", integer: "Int64", real: "Float64", boolean: "UInt8" } as const;

/** Texts that are long: compressed more than the rest, where the server can choose by column. */
const LONG = ["judge_reasoning", "input", "output", "metadata"];

/** Order of the rows within a table: what looks for ids, or reads a session's calls, finds them together. */
const ORDER = { sessions: ["session_id"], spans: ["session_id", "position", "id"] } as const;

/** The tables of a load, and the statements that make them where they are not there. */
export interface ClickHouseTables {
  /** Makes the tables; runs on each server, or once where it says ON CLUSTER. */
  everywhere: string[];
  /**
   * Makes the view `schema_version`, whose one row is the version; in the same places, after `everywhere` has been run in
   * all of them. So whichever server has it, all servers have the tables.
   */
  last: string[];
  /** What the tables look like when they are there: the engine, and `name type` of each column. */
  made: Map<string, { engine: string; columns: string[] }>;
}

/** Name of the table that holds the rows on one server. */
export function rowTable(table: TableName, cluster: string | null): string {
  return cluster === null ? table : SHARD_TABLE[table];
}

/**
 * The tables of a spec. On a cluster a session and its calls are on the shard that the hash of its id names; rows with the
 * same id merge into one.
 *
 * @param version of the server: before 20 columns have no codec of their own (all are compressed by LZ4)
 */
export function clickHouseTables(
  { database, cluster, nodes, replicated }: Pick<ClickHouseSpec, "database" | "cluster" | "nodes" | "replicated">,
  version: readonly number[],
): ClickHouseTables {
  const onCluster = cluster !== null && nodes.length === 0 ? ` ON CLUSTER "${cluster}"` : "";
  const codec = (version[0] ?? 0) >= 20;
  const made: ClickHouseTables["made"] = new Map();
  const make = (table: TableName, name: string, engine: string, rest: string) => {
    const columns = fieldsOf(table).map(([, column]) => ({
      column: column.name,
      type: column.nullable ? `Nullable(${TYPES[storageOf(column)]})` : TYPES[storageOf(column)],
    }));
    made.set(name, { engine, columns: columns.map(({ column, type }) => `${column} ${type}`) });
    const body = columns.map(({ column, type }) =>
      `${quotedName(column)} ${type}${codec && LONG.includes(column) ? " CODEC(ZSTD(3))" : ""}`
    );
    return `CREATE TABLE IF NOT EXISTS "${database}"."${name}"${onCluster} (${
      body.join(", ")
    }) ENGINE = ${engine}${rest}`;
  };
  const rows = (table: TableName) => {
    const name = rowTable(table, cluster);
    const [engine, place] = replicated
      ? ["ReplicatedReplacingMergeTree", `('${TABLES_IN_ZOOKEEPER}/{shard}/${database}/${name}', '{replica}')`]
      : ["ReplacingMergeTree", "()"];
    return make(table, name, engine, `${place} ORDER BY (${ORDER[table].map(quotedName).join(", ")})`);
  };
  const overShards = (table: TableName) =>
    make(
      table,
      table,
      "Distributed",
      `('${cluster}', '${database}', '${SHARD_TABLE[table]}', cityHash64(${quotedName(keyColumn("sessions"))}))`,
    );
  const names = Object.keys(TABLES) as TableName[];
  return {
    everywhere: [
      `CREATE DATABASE IF NOT EXISTS "${database}"${onCluster}`,
      ...names.map(rows),
      ...(cluster === null ? [] : names.map(overShards)),
    ],
    last: [
      `CREATE VIEW IF NOT EXISTS "${database}"."schema_version"${onCluster} ` +
      `AS SELECT toUInt32(${SCHEMA_VERSION}) AS version`,
    ],
    made,
  };
}
