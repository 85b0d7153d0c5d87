import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { clickHouseTables } from "../../lib/engines/clickhouse/schema.ts";
import { parseClickHouse } from "../../lib/engines/clickhouse/spec.ts";
import { SCHEMA_VERSION } from "../../lib/engines/schema.ts";

Deno.test("a spec names server, database, cluster and the servers to make tables on", () => {
  const spec = "clickhouse:https://ch.example:8443/traces?cluster=all&nodes=https://b.example:8443&replicated";
  deepEqual(parseClickHouse(spec), {
    name: spec,
    origin: "https://ch.example:8443",
    database: "traces",
    cluster: "all",
    nodes: ["https://b.example:8443"],
    replicated: true,
  });
  equal(parseClickHouse("clickhouse:http://localhost:8123").database, "default");
});

Deno.test("a password in a spec is refused and not repeated", () => {
  for (
    const spec of [
      "clickhouse:http://bob:hunter2@h:8123/db",
      "clickhouse:bob:hunter2@h:8123/db",
      "clickhouse:http://h:8123/db?cluster=a&nodes=http://bob:hunter2@h2:8123",
    ]
  ) {
    throws(() => parseClickHouse(spec), (error: Error) => !error.message.includes("hunter2"), spec);
  }
  throws(() => parseClickHouse("clickhouse:http://bob:hunter2@h:8123/db"), /CLICKHOUSE_USER and CLICKHOUSE_PASSWORD/);
});

for (
  const spec of [
    "clickhouse:",
    "clickhouse:localhost",
    "clickhouse:http://h/a/b",
    "clickhouse:http://h/a'b",
    "clickhouse:http://h/db?x=1",
  ]
) {
  Deno.test(`"${spec}" is an error that shows what is expected`, () => {
    throws(() => parseClickHouse(spec), /expected clickhouse:http:\/\/HOST:PORT\/DATABASE/);
  });
}

const tables = (over: Partial<Parameters<typeof clickHouseTables>[0]>, version: number[]) =>
  clickHouseTables({ database: "db", cluster: null, nodes: [], replicated: false, ...over }, version);

Deno.test("one server gets plain tables; rows with the same id merge", () => {
  const { everywhere } = tables({}, [18, 16]);
  equal(everywhere.length, 3);
  match(everywhere[1]!, /"db"\."sessions" \(.*ENGINE = ReplacingMergeTree\(\) ORDER BY \("session_id"\)/);
  ok(!everywhere.join().includes("CODEC"), "18.16 knows no codecs of columns");
});

Deno.test("a cluster gets tables for the rows and tables over the shards, through ZooKeeper or server by server", () => {
  const { everywhere } = tables({ cluster: "two" }, [24, 8]);
  match(everywhere[0]!, /CREATE DATABASE IF NOT EXISTS "db" ON CLUSTER "two"/);
  match(
    everywhere[1]!,
    /"db"\."sessions_shard" ON CLUSTER "two".*"judge_reasoning" Nullable\(String\) CODEC\(ZSTD\(3\)\)/,
  );
  match(everywhere[3]!, /Distributed\('two', 'db', 'sessions_shard', cityHash64\("session_id"\)\)/);
  match(everywhere[4]!, /Distributed\('two', 'db', 'spans_shard', cityHash64\("session_id"\)\)/);
  ok(!tables({ cluster: "two", nodes: ["http://h"] }, [24, 8]).everywhere.join().includes("ON CLUSTER"));
});

Deno.test("replicated tables are named by shard and replica", () => {
  const { everywhere } = tables({ cluster: "two", replicated: true }, [24, 8]);
  match(
    everywhere[1]!,
    /ReplicatedReplacingMergeTree\('\/clickhouse\/tables\/\{shard\}\/db\/sessions_shard', '\{replica\}'\)/,
  );
});

Deno.test("the version is a view, made last and in the same places as the tables", () => {
  const view = (onCluster: string) =>
    `CREATE VIEW IF NOT EXISTS "db"."schema_version"${onCluster} AS SELECT toUInt32(${SCHEMA_VERSION}) AS version`;
  deepEqual(tables({}, [18, 16]).last, [view("")]);
  deepEqual(tables({ cluster: "two", nodes: ["http://h"] }, [18, 16]).last, [view("")]);
  deepEqual(tables({ cluster: "two", replicated: true }, [18, 16]).last, [view(' ON CLUSTER "two"')]);
});

Deno.test("what the tables look like is known, to tell those of an interrupted load from someone else's", () => {
  const { made } = tables({ cluster: "two", replicated: true }, [24, 8]);
  deepEqual([...made].map(([name, { engine }]) => [name, engine]), [
    ["sessions_shard", "ReplicatedReplacingMergeTree"],
    ["spans_shard", "ReplicatedReplacingMergeTree"],
    ["sessions", "Distributed"],
    ["spans", "Distributed"],
  ]);
  ok(made.get("sessions")!.columns.includes("judge_reasoning Nullable(String)"));
});
