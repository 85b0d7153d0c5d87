import { setTimeout } from "node:timers/promises";
import type { ClickHouseServer } from "./client.ts";
import { clickHouseDialect } from "./clickhouse.ts";
import { TABLES_IN_ZOOKEEPER } from "./schema.ts";
import { EngineError, type EngineRow, ServerError } from "../engine.ts";

/** Pause between two looks. */
const LOOK_MS = 50;

/** The replicas of a table. */
export interface Replicas {
  /**
   * Asks once every replica that is alive has every row that any replica of its shard has been given, so that it does not
   * matter which of them answers. A server that has just died counts as alive until ZooKeeper notices.
   *
   * @throws {EngineError} when one does not get there in time
   */
  rows(sql: string): Promise<EngineRow[]>;
}

/**
 * The replicas of a table on all shards, as ZooKeeper lists them; null where the server's own part of it is not replicated.
 *
 * @param table that holds the rows on a shard
 * @param limitS seconds to wait for replicas
 */
export async function replicasOf(
  server: ClickHouseServer,
  { name, database, table, limitS }: { name: string; database: string; table: string; limitS: number },
): Promise<Replicas | null> {
  const text = clickHouseDialect.text;
  const own = await server.rows(
    `SELECT zookeeper_path FROM system.replicas WHERE database = ${text(database)} AND table = ${text(table)}`,
  );
  if (own.length === 0) return null;

  const nodes = async (path: string) =>
    (await server.rows(`SELECT name, value FROM system.zookeeper WHERE path = ${text(path)}`))
      .map((row) => ({ name: String(row["name"]), value: String(row["value"]) }));
  const has = async (path: string, child: string) => (await nodes(path)).some((node) => node.name === child);

  const shards: { shard: string; path: string }[] = [];
  for (const { name: shard } of await nodes(TABLES_IN_ZOOKEEPER)) {
    const folder = `${TABLES_IN_ZOOKEEPER}/${shard}`;
    if (await has(folder, database) && await has(`${folder}/${database}`, table)) {
      shards.push({ shard, path: `${folder}/${database}/${table}` });
    }
  }

  /** The live replicas that lack rows of others, in words. */
  async function behind(): Promise<string[]> {
    const found: string[] = [];
    for (const { shard, path } of shards) {
      const end = Math.max(0, ...(await nodes(`${path}/log`)).map((entry) => Number(entry.name.slice(4)) + 1));
      for (const { name: replica } of await nodes(`${path}/replicas`)) {
        const state = new Map((await nodes(`${path}/replicas/${replica}`)).map((node) => [node.name, node.value]));
        if (!state.has("is_active")) continue;
        const read = state.get("is_lost") !== "1" && Number(state.get("log_pointer")) >= end;
        const waiting = read &&
          (await nodes(`${path}/replicas/${replica}/queue`)).some((entry) => entry.value.includes("\nget\n"));
        if (!read || waiting) found.push(`replica ${replica} of shard ${shard}`);
      }
    }
    return found;
  }

  return {
    rows: async (sql) => {
      const until = performance.now() + 1000 * limitS;
      for (;; await setTimeout(LOOK_MS)) {
        const late = await behind();
        const isLast = performance.now() > until;
        if (late.length && isLast) {
          throw new EngineError(
            name,
            `${late.join(", ")} still lacks rows of "${table}" after ${limitS} s (CLICKHOUSE_TIMEOUT_S); start the ` +
              "replicas that are stopped, which may hold them, and run this again",
          );
        }
        if (late.length) continue;
        try {
          return await server.rows(sql);
        } catch (error) {
          // All replicas of a shard have just come back: that passes.
          if (isLast || !(error instanceof ServerError && error.code === "369")) throw error;
        }
      }
    },
  };
}
