import { deepEqual, equal } from "node:assert/strict";
import { cellsOf } from "../../lib/analysis/mod.ts";
import type { Verdict } from "../../lib/model/mod.ts";
import { loadDataset } from "../../lib/engines/mod.ts";
import type { LoadCounts } from "../../tasks/import/load.ts";
import {
  ACCESS,
  type ClickHouseCluster,
  onClickHouse,
  onReplicas,
  startClickHouse,
  startReplicas,
} from "../support/clickhouse.ts";
import { ALL_IN_ENGINE } from "../support/engines.ts";
import { smallSession } from "../support/sessions.ts";
import { judgeVerdict } from "../support/verdict.ts";

const access = { ...ACCESS, timeoutS: 30 };
const ROWS = Array.from({ length: 40 }, (_, i) => smallSession(i));
const ids = ROWS.map(({ sessionId }) => sessionId);

/** Loads the sessions, all of them with the same verdict. */
async function load(spec: string, success: Verdict): Promise<LoadCounts> {
  const { openSink } = await import("../../lib/engines/mod.ts");
  const { loadTraces } = await import("../../tasks/import/load.ts");
  const { panelVerdicts } = await import("../../lib/judge/mod.ts");
  const panels = panelVerdicts(ids.map((id) => judgeVerdict(id, success)));
  const sink = await openSink(spec, { access });
  const traces = {
    async *rows() {
      yield* ROWS;
    },
  };
  try {
    const verdicts = new Map(panels.map((panel) => [panel.sessionId, panel]));
    return await loadTraces(traces, sink, { batchSessions: 15, verdicts });
  } finally {
    await sink.close();
  }
}

/** Every session has the verdict, read one by one and counted, on each server. */
async function hasVerdict({ nodes }: ClickHouseCluster, success: Verdict): Promise<void> {
  for (const { url } of nodes) {
    const read = (limits: typeof ALL_IN_ENGINE) =>
      loadDataset(`clickhouse:${url}/judged`, { env: () => undefined, access, limits });
    const { sessions } = await read({ ...ALL_IN_ENGINE, sessions: 100 });
    deepEqual(sessions!.map((s) => [s.sessionId, s.success]), ids.toSorted().map((id) => [id, success]));
    const { cells, distributions } = await read(ALL_IN_ENGINE);
    deepEqual(cells, cellsOf(sessions!));
    equal(distributions.judge?.reduce((sum, { n }) => sum + n, 0), 40);
  }
}

async function judgedAgain(cluster: ClickHouseCluster, spec: string, merging: boolean): Promise<void> {
  const none = {
    sessions: 0,
    spans: 0,
    there: 40,
    judged: 0,
    faults: 0,
    unknown: 0,
    redacted: {},
    notes: { leftOut: {}, unreadable: {}, repaired: {}, unknown: {} },
  };
  try {
    for (const { sql } of merging ? [] : cluster.nodes) await sql("SYSTEM STOP MERGES");
    deepEqual(await load(spec, 0), { ...none, sessions: 40, spans: 120, there: 0 });
    await hasVerdict(cluster, 0);
    deepEqual(await load(spec, 0), none);
    // There and back again: the rows of a later load are those of an earlier one, to the byte.
    for (const success of [1, 0, null, 1] as const) {
      deepEqual(await load(spec, success), { ...none, judged: 40 });
      await hasVerdict(cluster, success);
    }
  } finally {
    await cluster.close();
  }
}

for (const merging of [true, false]) {
  const how = merging ? "while parts merge" : "before parts merge";
  onClickHouse(`on one server later verdicts take the place of earlier ones, ${how}`, async () => {
    const cluster = await startClickHouse(1);
    await judgedAgain(cluster, `clickhouse:${cluster.nodes[0]!.url}/judged`, merging);
  });

  onClickHouse(`on two shards later verdicts take the place of earlier ones, ${how}`, async () => {
    const cluster = await startClickHouse(2);
    const [first, second] = cluster.nodes;
    await judgedAgain(cluster, `clickhouse:${first!.url}/judged?cluster=two&nodes=${second!.url}`, merging);
  });

  onReplicas(`on replicated shards later verdicts take the place of earlier ones, ${how}`, async () => {
    const cluster = await startReplicas(2, 2);
    await judgedAgain(cluster, `clickhouse:${cluster.nodes[0]!.url}/judged?cluster=two&replicated`, merging);
  });
}
