import { deepEqual, equal, ok, rejects, throws } from "node:assert/strict";
import type { Cell, TraceRow } from "../../lib/model/mod.ts";
import { cellsOf } from "../../lib/analysis/mod.ts";
import {
  braintrustClient,
  type BraintrustRow,
  cellsFromBraintrust,
  folderRows,
  pushRows,
  queryRows,
  sessionsFromBraintrust,
  writeBackRows,
} from "../../lib/braintrust/mod.ts";
import { insertRows } from "../../lib/braintrust/insert.ts";
import { quoted } from "../../lib/braintrust/query.ts";
import { conditionOf } from "../../lib/braintrust/where.ts";
import { loadDataset } from "../../lib/engines/mod.ts";
import { isFault, openTraces } from "../../lib/sources/mod.ts";
import { conversationOf, sessionOf } from "../../lib/traces/mod.ts";
import type { BraintrustServed } from "../support/braintrust_server.ts";
import { smallSession } from "../support/sessions.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";
import { type Given, givenServer, PROJECT, rowsOf, withServer, writeFolder } from "./given.ts";

/** Sums of doubles depend on their order in the last bits alone. */
const DURATION_RTOL = 1e-12;

function sameCells(actual: readonly Cell[], expected: readonly Cell[]): void {
  const exact = (cell: Cell) => ({ ...cell, durationS: 0, recordedUsd: cell.recordedUsd === null ? null : 0 });
  deepEqual(actual.map(exact), expected.map(exact));
  for (const [i, { durationS, recordedUsd }] of expected.entries()) {
    ok(Math.abs(actual[i]!.durationS! - durationS!) <= DURATION_RTOL * durationS!, `durationS of cell ${i}`);
    ok(Math.abs((actual[i]!.recordedUsd ?? 0) - (recordedUsd ?? 0)) <= DURATION_RTOL * (recordedUsd ?? 0));
  }
}

const BENCHMARKS = ["appworld", "swe'bench", "tau2"];

/** Sessions of several benchmarks and runs, graded 1, 0 or not at all; some do not say their tokens. */
function manySessions(n: number): TraceRow[] {
  return Array.from({ length: n }, (_, i) => {
    const plain = smallSession(i, { benchmark: BENCHMARKS[i % 3]!, models: [`acme/m-${i % 2}`] });
    const spans = i % 11 === 0 ? plain.spans.map((span) => ({ ...span, inputTokens: null })) : plain.spans;
    const success = ([0, 1, null] as const)[(i >> 1) % 3]!;
    return {
      ...plain,
      spans,
      grades: { origin: null, success, score: null, status: null, agentUsd: 0.1 * i, benchmarkUsd: null },
    };
  });
}

const inMemory = (rows: readonly TraceRow[]) => rows.map((row) => sessionOf(row, conversationOf(row)));

async function stored({ client, project, dir }: Given, rows: readonly BraintrustRow[]): Promise<void> {
  await writeFolder(dir, rows);
  const journal = { sent: () => undefined, accepted: () => Promise.resolve() };
  await pushRows(folderRows(dir), (batch) => insertRows(client, { projectLogs: project.id }, batch), journal);
}

for (
  const [how, served] of [
    ["in one page", {}],
    ["in pages asked for inside the query", { pageRows: 7 }],
  ] as [string, BraintrustServed][]
) {
  withServer(`cells counted by the service are those counted in memory, ${how}`, served, async (given) => {
    const sessions = manySessions(150);
    await stored(given, rowsOf(sessions));
    const cells = await cellsFromBraintrust(given.client, given.project);
    ok(cells.length > 40, `${cells.length} cells`);
    sameCells(cells, cellsOf(inMemory(sessions)));
  });

  withServer(`sessions read by SQL are those in memory, ${how}`, served, async (given) => {
    const sessions = manySessions(40);
    await stored(given, rowsOf(sessions));
    const read = await sessionsFromBraintrust(given.client, given.project);
    deepEqual(read, inMemory(sessions).sort((a, b) => a.sessionId < b.sessionId ? -1 : 1));
  });
}

withServer("a service that names no next page of groups is asked run by run, and nothing is lost", {
  groupCursors: false,
}, async (given) => {
  const sessions = manySessions(1400).map((row, i) => ({
    ...row,
    sessionId: `run${i >> 1}_${i}`,
    run: `run${i >> 1}`,
  }));
  await stored(given, rowsOf(sessions));
  const cells = await cellsFromBraintrust(given.client, given.project);
  ok(cells.length > 1000, `${cells.length} cells do not fit one page`);
  sameCells(cells, cellsOf(inMemory(sessions)));
});

withServer("a where keeps what it names", {}, async (given) => {
  const sessions = manySessions(60);
  await stored(given, rowsOf(sessions));
  const cells = await cellsFromBraintrust(given.client, given.project, {
    benchmark: "swe'bench",
    deployment: ["acme/m-1"],
  });
  const kept = inMemory(sessions).filter((s) => s.benchmark === "swe'bench" && s.deployment === "acme/m-1");
  ok(kept.length > 5);
  sameCells(cells, cellsOf(kept));
  deepEqual(await cellsFromBraintrust(given.client, given.project, { to: "2001-01-01" }), []);
});

withServer(
  "queries keep to 20 a minute, and a 429 is waited out",
  { pageRows: 1, queriesPerMinute: 1000 },
  async (given) => {
    await stored(given, rowsOf(manySessions(30)));
    given.server.faults.push({ on: "/btql", status: 429, retryAfter: "2" });
    const { clock } = given;
    const began = clock.now();
    const sessions = await sessionsFromBraintrust(given.client, given.project);
    equal(sessions.length, 30);
    const minutes = (clock.now() - began) / 60_000;
    ok(minutes >= 1 && minutes < 2, `31 queries took ${minutes} minutes`);
  },
);

withServer("a server that repeats a page is found out", {}, async ({ server, project }) => {
  const fixed = braintrustClient({ apiKey: server.key, apiUrl: server.url });
  const client = { ...fixed, call: () => Promise.resolve({ data: [{ a: 1 }], cursor: "same" }) };
  await rejects(queryRows(client, `SELECT 1 AS a FROM project_logs('${project.id}')`), /the cursor of an earlier page/);
});

withServer("a score that is no verdict is named, not rounded", {}, async (given) => {
  await stored(
    given,
    rowsOf(manySessions(1)).map((row) => row.is_root ? { ...row, scores: { task_success: 0.5 } } : row),
  );
  await rejects(cellsFromBraintrust(given.client, given.project), /field "success".*found 0\.5 in 1 session$/);
});

withServer("loadDataset reads a project as any other source, and says what it is", {}, async (given) => {
  const sessions = manySessions(12);
  await stored(given, rowsOf(sessions));
  const env = (name: string) =>
    ({ BRAINTRUST_API_KEY: given.server.key, BRAINTRUST_API_URL: given.server.url })[name as "BRAINTRUST_API_KEY"];
  const { info, sessions: read } = await loadDataset(`braintrust:${PROJECT}`, { env });
  sameCells(cellsOf(read!), cellsOf(inMemory(sessions)));
  equal(info.name, `braintrust:${PROJECT}`);
  ok(/^12 sessions of braintrust:agents/.test(info.sentence), info.sentence);
  await rejects(loadDataset(`braintrust:${PROJECT}@2001-01-01..2002-01-01`, { env }), /no session there; push some/);
  await rejects(loadDataset("braintrust:none", { env }), /no project "none"/);
  await rejects(loadDataset("braintrust:none", { env: () => undefined }), /BRAINTRUST_API_KEY is not set/);
});

onRecorded(
  "traces/real-sessions",
  "real sessions, pushed, judged and written back, count the same as in memory",
  async () => {
    const stream = await openTraces(sharedPath("traces/real-sessions/data"));
    const traces: TraceRow[] = [];
    for await (const row of stream.rows()) if (!isFault(row)) traces.push(row);
    equal(traces.length, 104);
    await using given = await givenServer();
    await stored(given, rowsOf(traces));
    // A verdict that depends on nothing but the id, with some that could not be told.
    const success = (id: string) => ([0, 1, null] as const)[id.charCodeAt(id.length - 1) % 3]!;
    const verdicts = new Map(traces.map(({ sessionId }) => [sessionId, {
      success: success(sessionId),
      metadata: { judge_model: "gpt-4.1", judge_confidence: "high", judge_reasoning: "-", judge_reliability: "weak" },
    }]));
    await pushRows(
      writeBackRows(folderRows(given.dir), verdicts),
      (batch) => insertRows(given.client, { projectLogs: given.project.id }, batch),
      { sent: () => undefined, accepted: () => Promise.resolve() },
    );
    const judged = inMemory(traces).map((s) => ({ ...s, success: success(s.sessionId) }));
    sameCells(await cellsFromBraintrust(given.client, given.project), cellsOf(judged));
    sameCells(cellsOf(await sessionsFromBraintrust(given.client, given.project)), cellsOf(judged));
  },
);

Deno.test("created is bounded on both sides, whatever is asked", () => {
  const day = Date.UTC(2026, 0, 31);
  equal(conditionOf({}, day), "created >= '1970-01-01T00:00:00.000Z' AND created < '2026-02-01T00:00:00.000Z'");
  equal(
    conditionOf({ from: "2026-01-01", to: "2026-01-02", run: ["a", "b'c"] }, day),
    "created >= '2026-01-01T00:00:00.000Z' AND created < '2026-01-02T00:00:00.000Z' AND metadata.run IN ('a', 'b''c')",
  );
  throws(() => conditionOf({ from: "yesterday" }, day), /from: expected a date/);
  equal(quoted("it's"), "'it''s'");
});
