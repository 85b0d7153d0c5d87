import { deepEqual, equal, rejects } from "node:assert/strict";
import { cellsOf } from "../../lib/analysis/mod.ts";
import { type Session } from "../../lib/model/mod.ts";
import { compareSessions } from "../../lib/model/session.ts";
import { clickHouseTables } from "../../lib/engines/clickhouse/schema.ts";
import { parseClickHouse } from "../../lib/engines/clickhouse/spec.ts";
import { loadDataset, SCHEMA_VERSION } from "../../lib/engines/mod.ts";
import {
  ACCESS,
  type ClickHouseCluster,
  type ClickHouseNode,
  onClickHouse,
  onReplicas,
  startClickHouse,
  startReplicas,
} from "../support/clickhouse.ts";
import { type Cut, cuttingProxy } from "../support/cutting_proxy.ts";
import { allRedacted } from "../support/redacted.ts";
import { ALL_IN_ENGINE } from "../support/engines.ts";
import { smallSession } from "../support/sessions.ts";

const env = () => undefined;
const access = { ...ACCESS, timeoutS: 30 };
const ROWS = Array.from({ length: 60 }, (_, i) => smallSession(i));
const NO_ANSWER = /a shard of the cluster does not answer, so nothing was computed; start it and ask again/;

import { answerOf } from "../../lib/engines/counted.ts";

const engines = () => import("../../lib/engines/mod.ts");

/** Loads the first `count` sessions and their calls, in batches of 10; `onRow` is called before each. */
async function load(
  spec: string,
  count: number,
  onRow: (i: number) => Promise<void> = () => Promise.resolve(),
  timeoutS = access.timeoutS,
) {
  const { openSink } = await engines();
  const { loadTraces } = await import("../../tasks/import/load.ts");
  const sink = await openSink(spec, { access: { ...access, timeoutS } });
  const traces = {
    async *rows() {
      for (const [i, row] of ROWS.slice(0, count).entries()) {
        await onRow(i);
        yield row;
      }
    },
  };
  try {
    const { sessions, spans, there, faults } = await loadTraces(traces, sink, { batchSessions: 10, texts: true });
    return { sessions, spans, there, faults };
  } finally {
    await sink.close();
  }
}

async function inMemory(count: number): Promise<Session[]> {
  const { sessionOf } = await import("../../lib/traces/mod.ts");
  return ROWS.slice(0, count).map((row) => sessionOf(row)).sort(compareSessions);
}

/** A server's answer is that of memory: the sessions one by one, and what the engine counts. */
async function readsAsMemory(spec: string, count: number): Promise<void> {
  const sessions = await inMemory(count);
  deepEqual((await loadDataset(spec, { env, access })).sessions, sessions);
  deepEqual((await loadDataset(spec, { env, access, limits: ALL_IN_ENGINE })).cells, cellsOf(sessions));
}

/** The rows that a server itself holds, as text. */
async function held(node: ClickHouseNode, database: string): Promise<string[]> {
  const of = (table: string, key: string) => node.sql(`SELECT * FROM ${database}.${table} ORDER BY ${key}`);
  return [await of("sessions_shard", "session_id"), await of("spans_shard", "id")];
}

/**
 * Waits until every server takes part again and the replicas of each shard hold the same rows; says how many sessions and
 * calls the shards have in all. A server that comes back waits for ZooKeeper to forget who it was.
 */
async function levelRows({ nodes }: ClickHouseCluster, database: string): Promise<[sessions: number, spans: number]> {
  const deadline = performance.now() + 40_000;
  const away = "SELECT sum(is_readonly OR is_session_expired OR queue_size > 0) FROM system.replicas";
  const wait = () => new Promise((done) => setTimeout(done, 100));
  for (const node of nodes) while (await node.sql(away) !== "0" && performance.now() < deadline) await wait();
  const all = () => Promise.all(nodes.map((node) => held(node, database)));
  const differ = (rows: string[][]) => [0, 2].some((i) => rows[i]!.join() !== rows[i + 1]!.join());
  let rows = await all();
  while (differ(rows) && performance.now() < deadline) {
    await wait();
    rows = await all();
  }
  deepEqual([rows[0], rows[2]], [rows[1], rows[3]]);
  const count = (table: number) => [rows[0]!, rows[2]!].reduce((sum, one) => sum + one[table]!.split("\n").length, 0);
  return [count(0), count(1)];
}

async function withReplicas(
  test: (cluster: ClickHouseCluster, specOf: (node: ClickHouseNode, database?: string) => string) => Promise<void>,
) {
  const cluster = await startReplicas(2, 2);
  try {
    await test(cluster, (node, database = "traces") => `clickhouse:${node.url}/${database}?cluster=two&replicated`);
  } finally {
    await cluster.close();
  }
}

onReplicas(
  "two shards of two replicas, made ON CLUSTER: any server loads and reads, and one that stops is done without",
  () =>
    withReplicas(async (cluster, specOf) => {
      const [a, b, c, d] = cluster.nodes as [ClickHouseNode, ClickHouseNode, ClickHouseNode, ClickHouseNode];
      deepEqual(await load(specOf(a), 20), { sessions: 20, spans: 60, there: 0, faults: 0 });
      const after = await Promise.all(cluster.nodes.map((node) => held(node, "traces")));
      deepEqual(
        [after[0], after[2]],
        [after[1], after[3]],
        "a load ends when every replica that is alive has its rows",
      );
      deepEqual(await load(specOf(a), 20), { sessions: 0, spans: 0, there: 20, faults: 0 });
      for (const node of cluster.nodes) {
        equal(await node.sql("SELECT version FROM traces.schema_version"), String(SCHEMA_VERSION));
        await readsAsMemory(specOf(node), 20);
      }

      // A replica stops while rows are written, another while they are read.
      deepEqual(await load(specOf(d), 40, async (i) => i === 25 ? await b.kill() : undefined), {
        sessions: 20,
        spans: 60,
        there: 20,
        faults: 0,
      });
      for (const node of [a, c, d]) await readsAsMemory(specOf(node), 40);
      const { openSqlEngine } = await engines();
      const during = async (stop: () => Promise<unknown>) => {
        const engine = await openSqlEngine(specOf(a), { access });
        let stopped = false;
        const disturbed = {
          ...engine,
          // The cells have been counted; the distributions have not.
          repeatedIds: async (sessions: number) => {
            await stop();
            stopped = true;
            return await engine.repeatedIds(sessions);
          },
        };
        const answer = await answerOf(disturbed, ALL_IN_ENGINE).finally(async () => {
          equal(stopped, true);
          await engine.close();
        });
        return answer.cells;
      };
      deepEqual(await during(() => d.kill()), cellsOf(await inMemory(40)));

      // They come back, and have what the others have; the one that was away goes on loading.
      await Promise.all([b.start(), d.start()]);
      deepEqual(await levelRows(cluster, "traces"), [40, 120]);
      for (const node of cluster.nodes) await readsAsMemory(specOf(node), 40);
      deepEqual(await load(specOf(b), 50), { sessions: 10, spans: 30, there: 40, faults: 0 });
      await readsAsMemory(specOf(c), 50);

      // Without any replica of a shard there are no figures, and nothing is written by halves.
      await rejects(during(() => Promise.all([c.kill(), d.kill()])), NO_ANSWER);
      await rejects(loadDataset(specOf(b), { env, access }), NO_ANSWER);
      await rejects(load(specOf(b), 60), NO_ANSWER);
      await Promise.all([c.start(), d.start()]);
      deepEqual(await levelRows(cluster, "traces"), [50, 150]);
      await readsAsMemory(specOf(d), 50);
      deepEqual(await load(specOf(d), 60), { sessions: 10, spans: 30, there: 50, faults: 0 });
      deepEqual(await levelRows(cluster, "traces"), [60, 180]);
      await readsAsMemory(specOf(a), 60);
    }),
);

onReplicas(
  "tables are not made by halves: a server that is down is named, and the next run makes the rest",
  () =>
    withReplicas(async (cluster, specOf) => {
      const [a, b, c] = cluster.nodes as [ClickHouseNode, ClickHouseNode, ClickHouseNode];
      const { openSink } = await engines();
      await b.kill();
      const open = (spec: string, timeoutS: number) => openSink(spec, { access: { ...access, timeoutS } });
      await rejects(
        open(specOf(a), 5),
        /not every server of the cluster "two" made its tables within 4 s; start those that are stopped and run this/,
      );
      await rejects(a.sql("SELECT version FROM traces.schema_version"));
      await b.start();
      deepEqual(await load(specOf(b), 10), { sessions: 10, spans: 30, there: 0, faults: 0 });
      await readsAsMemory(specOf(c), 10);

      // Interrupted after any statement: whichever server is asked next, the rest is made.
      const spec = parseClickHouse(specOf(a));
      for (const kept of [1, 2, 4, 5]) {
        const database = `kept${kept}`;
        const { everywhere } = clickHouseTables({ ...spec, database }, [18, 16]);
        for (const sql of everywhere.slice(0, kept)) await a.sql(sql);
        await (await openSink(specOf(c, database), { access })).close();
        for (const node of cluster.nodes) {
          equal(await node.sql(`SELECT version FROM ${database}.schema_version`), String(SCHEMA_VERSION));
        }
      }

      // While a replica lacks rows that another has, nobody can say which are there: nothing is written.
      await b.sql("SYSTEM STOP FETCHES traces.sessions_shard");
      await a.sql("INSERT INTO traces.sessions_shard (session_id) VALUES ('only here')");
      const [first] = await inMemory(1);
      const sink = await open(specOf(c), 3);
      await rejects(
        sink.add("sessions", allRedacted([first!])),
        /replica r2 of shard 1 still lacks rows of "sessions_shard" after 3 s.*start the replicas that are stopped/,
      );
      await b.sql("SYSTEM START FETCHES traces.sessions_shard");
      await sink.close();
      const later = await open(specOf(c), 60);
      equal(await later.add("sessions", allRedacted([{ ...first!, sessionId: "another" }])), 1);
      equal(await later.count("sessions"), 12);
      await later.close();
    }),
);

for (const cut of ["request lost", "answer lost", "request late"] satisfies Cut[]) {
  onReplicas(
    `a batch whose connection breaks is written once on every replica (${cut})`,
    () =>
      withReplicas(async (cluster, specOf) => {
        const [a, b] = cluster.nodes as [ClickHouseNode, ClickHouseNode];
        const proxy = await cuttingProxy(a.url, 500);
        try {
          const spec = specOf({ ...a, url: proxy.url });
          let cuts: Promise<number | null>[] = [];
          const counts = await load(spec, 30, (i) => {
            if (i === 15) cuts = [proxy.cutNext('INSERT INTO "traces"."spans"', cut)];
            return Promise.resolve();
          }, 5);
          deepEqual(await Promise.all(cuts), [cut === "request lost" ? null : 200]);
          deepEqual(counts, { sessions: 30, spans: 90, there: 0, faults: 0 });
          deepEqual(await levelRows(cluster, "traces"), [30, 90]);
          await readsAsMemory(specOf(b), 30);
        } finally {
          await proxy.close();
        }
      }),
  );
}

onClickHouse("two shards without ZooKeeper: either server loads and reads, whichever the load began with", async () => {
  const cluster = await startClickHouse(2);
  const [first, second] = cluster.nodes as [ClickHouseNode, ClickHouseNode];
  const specOf = (by: ClickHouseNode, database = "traces") =>
    `clickhouse:${by.url}/${database}?cluster=two&nodes=${(by === first ? second : first).url}`;
  try {
    deepEqual(await load(specOf(first), 20), { sessions: 20, spans: 60, there: 0, faults: 0 });
    deepEqual(await load(specOf(second), 40), { sessions: 20, spans: 60, there: 20, faults: 0 });
    deepEqual(await load(specOf(first), 40), { sessions: 0, spans: 0, there: 40, faults: 0 });
    for (const node of cluster.nodes) await readsAsMemory(specOf(node), 40);

    // Interrupted after any statement on either server: the other goes on from there.
    const { openSink } = await engines();
    const spec = parseClickHouse(specOf(first));
    for (const kept of [1, 3, 5, 6]) {
      const database = `kept${kept}`;
      const { everywhere, last } = clickHouseTables({ ...spec, database }, [18, 16]);
      // The version comes to a server only when all have their tables.
      if (kept > everywhere.length) { for (const sql of everywhere) await second.sql(sql); }
      for (const sql of [...everywhere, ...last].slice(0, kept)) await first.sql(sql);
      await (await openSink(specOf(second, database), { access })).close();
      for (const node of cluster.nodes) {
        equal(await node.sql(`SELECT version FROM ${database}.schema_version`), String(SCHEMA_VERSION));
      }
    }

    // Tables that look different are someone else's, on whichever server they are.
    for (const [i, owner] of [first, second].entries()) {
      await owner.sql(`CREATE DATABASE other${i}`);
      await owner.sql(`CREATE TABLE other${i}.sessions_shard (sessionId String) ENGINE = Log`);
      await rejects(
        openSink(specOf(first, `other${i}`), { access }),
        /holds a table "sessions_shard" that this did not make; give another database/,
      );
      await rejects(first.sql(`SELECT version FROM other${i}.schema_version`));
    }
    await first.sql("CREATE DATABASE newer");
    await first.sql("CREATE VIEW newer.schema_version AS SELECT toUInt32(99) AS version");
    await rejects(openSink(specOf(first, "newer"), { access }), /holds tables of version 99, this writes 4/);
  } finally {
    await cluster.close();
  }
});
