import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { braintrustClient, projectNamed, SESSION_FIELDS } from "../../lib/braintrust/mod.ts";
import { insertRows } from "../../lib/braintrust/insert.ts";
import type { Session } from "../../lib/model/mod.ts";
import { redactedJson, redactValue } from "../../lib/traces/mod.ts";
import type { GroupQuery, SqlEngine } from "../../lib/engines/engine.ts";
import { loadDataset } from "../../lib/engines/mod.ts";
import { type Filter, where } from "../../lib/analysis/mod.ts";
import { ALL_IN_ENGINE, inMemory, realSessions, resultsWithoutSource } from "../support/engines.ts";
import { generatedSession } from "../support/generated.ts";
import { onRecorded } from "../support/shared.ts";
import { type Given, givenServer, PROJECT, withServer } from "../braintrust/given.ts";

const SPEC = `braintrust:${PROJECT}`;
const generated = (count: number) => Array.from({ length: count }, (_, i) => generatedSession(i));

/** The row of a session: nothing but what its fields say. */
function rowOf(session: Session): Record<string, unknown> {
  const row: Record<string, Record<string, unknown>> = { metadata: {}, scores: {} };
  for (const [field, path] of SESSION_FIELDS) {
    const [object, key] = path.split(".");
    const value = session[field];
    if (key !== undefined && value !== null) row[object!]![key] = value;
  }
  return { ...row, id: session.id, span_id: session.id, root_span_id: session.id, created: "2026-02-01T00:00:00.000Z" };
}

async function store({ client, project }: Pick<Given, "client" | "project">, sessions: readonly Session[]) {
  for (let at = 0; at < sessions.length; at += 1000) {
    const rows = sessions.slice(at, at + 1000).map((session) => ({
      text: redactedJson(redactValue(rowOf(session)).value),
    }));
    await insertRows(client, { projectLogs: project.id }, rows);
  }
}

/** Loads the project as a notebook does, by a client that may ask as often as it likes. */
async function load({ server }: Given, limits: Partial<typeof ALL_IN_ENGINE> = ALL_IN_ENGINE, slice: Filter = {}) {
  const env = (name: string) =>
    ({ BRAINTRUST_API_KEY: server.key, BRAINTRUST_API_URL: server.url })[name as "BRAINTRUST_API_KEY"];
  const client = braintrustClient({ apiKey: server.key, apiUrl: server.url, queriesPerMinute: 1000 });
  return await loadDataset(SPEC, { env, client, limits, where: slice });
}

async function engineOf({ server }: Given): Promise<SqlEngine> {
  const { braintrustEngine } = await import("../../lib/engines/braintrust/braintrust.ts");
  const client = braintrustClient({ apiKey: server.key, apiUrl: server.url, queriesPerMinute: 1000 });
  return braintrustEngine(SPEC, client, await projectNamed(client, PROJECT));
}

withServer("a project counted by the service gives the results.json of its sessions in memory", {}, async (given) => {
  const sessions = generated(3000);
  await store(given, sessions);
  given.server.seen.length = 0;
  const dataset = await load(given);
  equal(dataset.held, "none");
  deepEqual(await resultsWithoutSource(dataset), await resultsWithoutSource(inMemory(sessions)));
  match(dataset.info.sentence, /^3,000 sessions of braintrust:agents, counted by the engine into \d+ cells/);
  const queries = given.server.seen.filter(({ path }) => path === "/btql");
  ok(queries.length <= 20, `${queries.length} queries: more than the service allows in a minute`);
  const longest = Math.max(...queries.map(({ body }) => body.length));
  ok(longest < 200_000, `a query of ${longest} characters`);
  ok(queries.every(({ body }) => !/total_tokens AS totalTokens/.test(body)), "no session was fetched");
});

onRecorded("traces/real-sessions", "104 real sessions give the same results.json, fetched and counted", async () => {
  const sessions = await realSessions();
  equal(sessions.length, 104);
  await using given = await givenServer();
  await store(given, sessions);
  const memory = await resultsWithoutSource(inMemory(sessions));
  deepEqual(await resultsWithoutSource(await load(given)), memory);
  deepEqual(await resultsWithoutSource(await load(given, { sessions: 104 })), memory);
});

withServer("sessions that are few are fetched, with the same results", {}, async (given) => {
  const sessions = generated(500);
  await store(given, sessions);
  const dataset = await load(given, { sessions: 500 });
  equal(dataset.held, "all");
  deepEqual(await resultsWithoutSource(dataset), await resultsWithoutSource(inMemory(sessions)));
});

withServer(
  "groups come whole from a service that names no next page of them",
  { groupCursors: false },
  async (given) => {
    const sessions = generated(1200).map((session, i) => ({ ...session, run: `run${i >> 1}` }));
    await store(given, sessions);
    const dataset = await load(given);
    ok(dataset.cells.length > 1000, `${dataset.cells.length} cells do not fit one page`);
    deepEqual(await resultsWithoutSource(dataset), await resultsWithoutSource(inMemory(sessions)));
  },
);

withServer("a sample is the same each time, counts are of all, and the caption says so", {}, async (given) => {
  await store(given, generated(2500));
  const limits = { ...ALL_IN_ENGINE, sample: 1100 };
  const [first, second] = [await load(given, limits), await load(given, limits)];
  equal(first.sessions!.length, 1100);
  equal(new Set(first.sessions!.map(({ id }) => id)).size, 1100);
  deepEqual(first.sessions, second.sessions);
  equal(first.cells.reduce((sum, c) => sum + c.sessions, 0), 2500);
  match(first.info.caption, /a sample of 1,100 of 2,500/);
});

withServer(
  "a service whose SQL has no CASE is found out before anything is counted",
  { unknown: ["CASE"] },
  async (given) => {
    const sessions = generated(60);
    await store(given, sessions);
    given.server.seen.length = 0;
    await rejects(
      load(given),
      /braintrust:agents: the service does not take what counting there needs .*unexpected CASE.*TRACES_SESSIONS/,
    );
    const queries = given.server.seen.filter(({ path }) => path === "/btql");
    equal(queries.length, 2, "the number of sessions, and what was refused");
    const fetched = await load(given, { sessions: 60 });
    deepEqual(await resultsWithoutSource(fetched), await resultsWithoutSource(inMemory(sessions)));
  },
);

withServer("where groups cannot be chosen by their count, the sentence says what was not checked", {
  unknown: ["HAVING"],
}, async (given) => {
  await store(given, generated(60));
  match((await load(given)).info.sentence, /Whether a session id is there twice was not checked/);
});

withServer("a session id that two rows have is an error", {}, async (given) => {
  const sessions = generated(50);
  await store(given, [...sessions, { ...sessions[7]!, id: "another" }]);
  await rejects(load(given), /1 row has a session id that another row has too/);
});

withServer("fields that no session has are named", {}, async (given) => {
  await store(given, generated(50).map((s, i) => i === 3 ? { ...s, success: 0.5 as 0 } : s));
  await rejects(load(given), /field "success": expected a verdict of 0, 1 or null, found 0.5 in 1 session/);
});

withServer("tokens that are no whole numbers are named, not rounded", {}, async (given) => {
  await store(given, generated(400).map((s) => ({ ...s, totalTokens: s.totalTokens! + 0.5 })));
  await rejects(load(given), /field "totalTokens": expected whole numbers/);
});

withServer("a project that is written to while it is read is read again, or gives no figure", {}, async (given) => {
  const { answerOf } = await import("../../lib/engines/counted.ts");
  await store(given, generated(100));
  const engine = await engineOf(given);
  let [asked, writes] = [0, 1];
  const disturbed: SqlEngine = {
    ...engine,
    async *groups(query: GroupQuery, limit?: number) {
      // The cells have been counted; now a session arrives.
      if (query.select.includes("n_mode_0") && asked++ < writes) {
        await store(given, [generatedSession(100 + asked)]);
      }
      yield* engine.groups(query, limit);
    },
  };
  const answer = await answerOf(disturbed, ALL_IN_ENGINE);
  equal(answer.cells.reduce((sum, c) => sum + c.sessions, 0), 101);
  [asked, writes] = [0, 99];
  await rejects(answerOf(disturbed, ALL_IN_ENGINE), /written to each of the 3 times it was read, so no figure/);
});

withServer("names beyond the limit are refused by their field", {}, async (given) => {
  await store(given, generated(3000).map((s, i) => ({ ...s, harness: `h${i}` })));
  await rejects(
    load(given, { ...ALL_IN_ENGINE, cells: 500 }),
    /more than 500 cells .*: "harness" has 3,000 different values/,
  );
});

withServer(
  "a slice of a project is asked of the service, also by the model, which it does not store to group by",
  {},
  async (given) => {
    await store(given, generated(600));
    const whole = inMemory(generated(600));
    for (const filter of [{ model: ["kimi-k2.5", "gpt-4.1"] }, { benchmark: /^tau2/, verdict: 0 as const }]) {
      const expected = where(whole, filter);
      const away = await load(given, ALL_IN_ENGINE, filter);
      deepEqual(away.cells, expected.cells);
      deepEqual(away.distributions.failureModes, expected.distributions.failureModes);
      deepEqual(away.distributions.failedTokensByHarness, expected.distributions.failedTokensByHarness);
      const few = await load(given, { ...ALL_IN_ENGINE, sample: 7 }, filter);
      ok(few.sessions!.every((s) => expected.sessions.some(({ sessionId }) => sessionId === s.sessionId)));
      deepEqual((await load(given, { sessions: 600 }, filter)).cells, expected.cells);
    }
  },
);
