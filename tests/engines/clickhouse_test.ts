import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { cellsOf } from "../../lib/analysis/mod.ts";
import { type Dataset } from "../../lib/model/mod.ts";
import { compareSessions } from "../../lib/model/session.ts";
import type { GroupQuery } from "../../lib/engines/engine.ts";
import { loadDataset } from "../../lib/engines/mod.ts";
import {
  ACCESS,
  type Certificate,
  type ClickHouseCluster,
  clickHouseIsHere,
  onClickHouse,
  startClickHouse,
} from "../support/clickhouse.ts";
import {
  ALL_IN_ENGINE,
  duckDb,
  generatedQuery,
  inMemory,
  realSessions,
  resultsWithoutSource,
} from "../support/engines.ts";
import { CLICKHOUSE_ROWS, generatedSession, tableColumns } from "../support/generated.ts";
import { allRedacted } from "../support/redacted.ts";
import { onRecorded } from "../support/shared.ts";
import { smallSession } from "../support/sessions.ts";

const env = () => undefined;
const MILLIONS = 2_000_000;

/** Two servers with the tables of a load on both, and a database's name for each use. */
async function withCluster(test: (cluster: ClickHouseCluster, specOf: (database: string) => string) => Promise<void>) {
  const cluster = await startClickHouse(2);
  const [first, second] = cluster.nodes;
  try {
    await test(cluster, (database) => `clickhouse:${first!.url}/${database}?cluster=two&nodes=${second!.url}`);
  } finally {
    await cluster.close();
  }
}

import { answerOf } from "../../lib/engines/counted.ts";

const engines = () => import("../../lib/engines/mod.ts");
const load = (spec: string, limits = ALL_IN_ENGINE): Promise<Dataset> =>
  loadDataset(spec, { env, access: ACCESS, limits });

async function makeTables(spec: string): Promise<void> {
  const { openSink } = await engines();
  await (await openSink(spec, { access: ACCESS })).close();
}

/** Generated sessions spread over the shards. */
function fill({ nodes }: ClickHouseCluster, database: string, count: number, over: Record<string, string> = {}) {
  const columns = tableColumns(CLICKHOUSE_ROWS, over);
  return Promise.all(nodes.map((node, shard) =>
    node.sql(
      `INSERT INTO ${database}.sessions_shard (${columns.map(({ name }) => name).join(", ")}) ` +
        `SELECT ${columns.map(({ expression }) => expression).join(", ")} FROM numbers(${count}) ` +
        `WHERE number % ${nodes.length} = ${shard}`,
    )
  ));
}

onClickHouse(
  "two million sessions on two shards give the results.json of memory and of DuckDB; a shard that stops gives none",
  () =>
    withCluster(async (cluster, specOf) => {
      const folder = await Deno.makeTempDir();
      try {
        const spec = specOf("millions");
        await makeTables(spec);
        await Promise.all([
          fill(cluster, "millions", MILLIONS),
          duckDb(`${folder}/g.duckdb`, `CREATE TABLE sessions AS ${generatedQuery(MILLIONS)}`),
        ]);
        const clickHouse = await resultsWithoutSource(await load(spec));
        const duck = await resultsWithoutSource(await load(`duckdb:${folder}/g.duckdb`));
        deepEqual(clickHouse, duck);
        const sessions = Array.from({ length: MILLIONS }, (_, i) => generatedSession(i));
        deepEqual(clickHouse, await resultsWithoutSource(inMemory(sessions)));
        ok((clickHouse["failures"] as { n: number }).n > 500_000);
        const slice = { benchmark: /^tau2/, harness: ["claude_code", "it's \\odd"], verdict: [0, null] as const };
        const part = (of: string) => loadDataset(of, { env, access: ACCESS, limits: ALL_IN_ENGINE, where: slice });
        const [shards, one] = [await part(spec), await part(`duckdb:${folder}/g.duckdb`)];
        deepEqual([shards.cells, shards.distributions], [one.cells, one.distributions]);

        const { openSqlEngine } = await engines();
        const engine = await openSqlEngine(spec, { access: ACCESS });
        const second = cluster.nodes[1]!;
        let stopped = false;
        const dying = {
          ...engine,
          async *groups(query: GroupQuery, limit?: number) {
            // The cells have been counted; now a shard is gone.
            if (query.select.includes("n_mode_0") && !stopped) {
              stopped = true;
              await second.kill();
            }
            yield* engine.groups(query, limit);
          },
        };
        const gone = /a shard of the cluster does not answer, so nothing was computed; start it and ask again/;
        await rejects(answerOf(dying, ALL_IN_ENGINE), gone);
        equal(stopped, true);
        await engine.close();
        await rejects(load(spec), gone);
        // A profile that would leave shards out without a word is overruled, or refused.
        const as = (user: string) => loadDataset(spec, { env, access: { ...ACCESS, user }, limits: ALL_IN_ENGINE });
        await rejects(as("careless"), gone);
        await rejects(as("hopeless"), /skip_unavailable_shards = 1 and may not change it/);
        await rejects(as("bound"), gone);
        await second.start();
        deepEqual(await resultsWithoutSource(await load(spec)), clickHouse);
        deepEqual(await resultsWithoutSource(await as("bound")), clickHouse);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    }),
);

onClickHouse(
  "what is odd is said: columns, verdicts, an empty table, a million names, writing while reading, wrong doors",
  () =>
    withCluster(async (cluster, specOf) => {
      const [first, second] = cluster.nodes;
      const spec = specOf("odd");
      await makeTables(spec);
      await rejects(load(spec), /holds no session; load some by/);

      await fill(cluster, "odd", 1000);
      const counted = cellsOf(Array.from({ length: 1000 }, (_, i) => generatedSession(i)));
      const held = await load(spec, { ...ALL_IN_ENGINE, sessions: 1000 });
      deepEqual(held.cells, counted);
      deepEqual(cellsOf(held.sessions!), counted);
      match(
        held.info.sentence,
        /^1,000 sessions of clickhouse:http:\/\/127\.0\.0\.1:\d+\/odd\S*, counted by the engine/,
      );

      const { openSqlEngine } = await engines();
      const engine = await openSqlEngine(spec, { access: ACCESS });
      let [asked, writes] = [0, 1];
      const disturbed = {
        ...engine,
        async *groups(query: GroupQuery, limit?: number) {
          if (query.select.includes("n_mode_0") && asked++ < writes) {
            await fill(cluster, "odd", 1, { sessionId: `'late_${asked}_${writes}'` });
          }
          yield* engine.groups(query, limit);
        },
      };
      const answer = await answerOf(disturbed, { ...ALL_IN_ENGINE, sessions: 5000 });
      equal(answer.cells.reduce((sum, c) => sum + c.sessions, 0), 1001);
      equal(answer.sessions?.length, 1001);
      [asked, writes] = [0, 99];
      await rejects(answerOf(disturbed, ALL_IN_ENGINE), /written to each of the 3 times it was read, so no figure/);
      await engine.close();

      const countOf = async () => (await load(spec)).cells.reduce((sum, c) => sum + c.sessions, 0);
      await first!.sql("SYSTEM STOP MERGES");
      const again = "INSERT INTO odd.sessions_shard SELECT * FROM odd.sessions WHERE session_id = 'late_1_1'";
      await first!.sql(again);
      equal(await countOf(), 1004, "a row that was written again on its shard counts once");
      await second!.sql(again);
      await rejects(countOf(), /\d rows? ha(s|ve) a session id that another row has too.*remove them, or give a view/);

      const view = async (database: string, over: Record<string, string | null>, rows: number) => {
        const columns = tableColumns(CLICKHOUSE_ROWS, over).map(({ name, expression }) => `${expression} AS ${name}`);
        await first!.sql(`CREATE DATABASE ${database}`);
        await first!.sql(`CREATE VIEW ${database}.sessions AS SELECT ${columns.join(", ")} FROM numbers(${rows})`);
        return await load(`clickhouse:${first!.url}/${database}`);
      };
      await rejects(view("without", { calls: null }, 5), /needs the column calls too; load it with/);
      await rejects(
        view("words", { success: "'yes'" }, 5),
        /column "success": expected a number \(0, 1 or null\), found String/,
      );
      await rejects(
        view("names", { harness: "('h' || CAST(number AS String))" }, 1_000_000),
        /"harness" has 1,000,000 different/,
      );
      await rejects(load(`clickhouse:${first!.url}/nowhere`), /no such table or database; load one by/);

      const secretless = (error: Error) => {
        equal(error.message.includes(ACCESS.password), false);
        return /the server refuses the user "analyst"; set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD/.test(error.message);
      };
      const wrongPassword = { ...ACCESS, password: "wrong" };
      await rejects(loadDataset(spec, { env, access: wrongPassword, limits: ALL_IN_ENGINE }), secretless);
      await rejects(
        load("clickhouse:http://127.0.0.1:1/db"),
        /no answer from http:\/\/127\.0\.0\.1:1; is the server there\?/,
      );
    }),
);

onClickHouse(
  "traces are loaded over the shards by id: once, whatever is run again, and over https where openssl is here",
  async () => {
    const folder = await Deno.makeTempDir();
    const tls = await certificate(folder);
    const cluster = await startClickHouse(2, tls);
    try {
      const [first, second] = cluster.nodes;
      const urls = [first!, second!].map((node) => tls ? node.httpsUrl : node.url);
      const spec = `clickhouse:${urls[0]}/traces?cluster=two&nodes=${urls[1]}`;
      const { openSink } = await engines();
      if (tls) {
        await rejects(
          openSink(spec, { access: ACCESS }),
          /certificate of https:.* is not known here; CLICKHOUSE_CA_FILE/,
        );
      }
      const access = { ...ACCESS, caFile: tls?.certificate ?? null };
      const { loadTraces } = await import("../../tasks/import/load.ts");
      const rows = Array.from({ length: 40 }, (_, i) => smallSession(i));
      const run = async (count: number) => {
        const sink = await openSink(spec, { access });
        try {
          const traces = {
            async *rows() {
              yield* rows.slice(0, count);
            },
          };
          return await loadTraces(traces, sink, { batchSessions: 15, texts: true });
        } finally {
          await sink.close();
        }
      };
      deepEqual(await run(20), {
        sessions: 20,
        spans: 60,
        there: 0,
        judged: 0,
        faults: 0,
        redacted: {},
        notes: { leftOut: {}, unreadable: {}, repaired: {}, unknown: {} },
      });
      deepEqual(await run(40), {
        sessions: 20,
        spans: 60,
        there: 20,
        judged: 0,
        faults: 0,
        redacted: {},
        notes: { leftOut: {}, unreadable: {}, repaired: {}, unknown: {} },
      });
      deepEqual(await run(40), {
        sessions: 0,
        spans: 0,
        there: 40,
        judged: 0,
        faults: 0,
        redacted: {},
        notes: { leftOut: {}, unreadable: {}, repaired: {}, unknown: {} },
      });
      const shards = await Promise.all(cluster.nodes.map(async (node) => ({
        sessions: Number(await node.sql("SELECT count() FROM traces.sessions_shard")),
        apart: Number(
          await node.sql(
            "SELECT count() FROM traces.spans_shard WHERE session_id NOT IN (SELECT session_id FROM traces.sessions_shard)",
          ),
        ),
      })));
      equal(shards.reduce((sum, s) => sum + s.sessions, 0), 40);
      ok(shards.every((s) => s.sessions > 5 && s.apart === 0), "both shards hold sessions, each with its calls");
      const { sessionOf } = await import("../../lib/traces/mod.ts");
      const dataset = await loadDataset(spec, { env, access });
      deepEqual(dataset.sessions, rows.map((row) => sessionOf(row)).sort(compareSessions));
    } finally {
      await cluster.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
);

/** A certificate that signs itself; undefined where there is no openssl to make one. */
async function certificate(folder: string): Promise<Certificate | undefined> {
  const tls = { certificate: `${folder}/cert.pem`, key: `${folder}/key.pem` };
  const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"];
  const made = await new Deno.Command("openssl", {
    args: [...args, "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", tls.key, "-out", tls.certificate],
    stderr: "null",
  }).output().catch(() => null);
  return made?.success ? tls : undefined;
}

onRecorded(
  "traces/real-sessions",
  "104 real sessions give the results.json of memory in DuckDB and on two shards",
  async (t) => {
    const sessions = await realSessions();
    equal(sessions.length, 104);
    const memory = await resultsWithoutSource(inMemory(sessions));
    const { openSink } = await engines();
    const check = async (spec: string) => {
      const sink = await openSink(spec, { access: ACCESS });
      equal(await sink.add("sessions", allRedacted(sessions)), 104);
      equal(await sink.add("sessions", allRedacted(sessions)), 0);
      await sink.close();
      deepEqual(await resultsWithoutSource(await load(spec)), memory);
    };
    const folder = await Deno.makeTempDir();
    await check(`duckdb:${folder}/real.duckdb`).finally(() => Deno.remove(folder, { recursive: true }));
    const here = clickHouseIsHere();
    await t.step({
      name: here ? "on two shards" : "on two shards (skipped: clickhouse-server is not installed)",
      ignore: !here,
      fn: () => withCluster((_, specOf) => check(specOf("real"))),
    });
  },
);
