import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { auditVariants } from "../../lib/study/mod.ts";
import { cellsOf, duplicateCells, type Filter, needSessions, where } from "../../lib/analysis/mod.ts";
import { type Dataset, SESSION_FIELDS } from "../../lib/model/mod.ts";
import { isNew } from "../../lib/model/columns.ts";
import { compareSessions } from "../../lib/model/session.ts";
import type { GroupQuery } from "../../lib/engines/engine.ts";
import { replica } from "../../lib/study/sources/replica.ts";
import { loadDataset } from "../../lib/engines/mod.ts";
import { allRedacted } from "../support/redacted.ts";
import { ALL_IN_ENGINE, duckDb, generatedQuery, inMemory, resultsWithoutSource } from "../support/engines.ts";
import { generatedSession } from "../support/generated.ts";
import { needs } from "../support/needs.ts";

const env = () => undefined;
const generated = (count: number) => Array.from({ length: count }, (_, i) => generatedSession(i));
function inFolder(name: string, test: (folder: string) => Promise<void>): void {
  needs(["read", "write", "env", "ffi", "sys", "run"], name, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await test(folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

inFolder("the replica in a DuckDB database gives every key of results.json as in memory", async (folder) => {
  const { openSink } = await import("../../lib/engines/mod.ts");
  const { sessions } = await replica();
  const sink = await openSink(`duckdb:${folder}/r.duckdb`);
  equal(await sink.add("sessions", allRedacted(sessions)), sessions.length);
  await sink.close();
  const dataset = await loadDataset(`duckdb:${folder}/r.duckdb`, { env, limits: ALL_IN_ENGINE });
  const [memory, engine] = [await resultsWithoutSource(inMemory(sessions)), await resultsWithoutSource(dataset)];
  deepEqual(Object.keys(engine), Object.keys(memory));
  for (const key of Object.keys(memory)) closeTo(engine[key], memory[key], key);
  const held = await loadDataset(`duckdb:${folder}/r.duckdb`, { env });
  deepEqual(held.sessions, [...sessions].sort(compareSessions));
  const namesOf = (of: Dataset) => auditVariants(of).map(({ variant }) => variant);
  deepEqual(namesOf(held), namesOf(inMemory(sessions)));
  ok(namesOf(held).includes("without very short") && !namesOf(dataset).includes("without very short"));
  equal(held.info.sha256, dataset.info.sha256);
});

inFolder("Parquet tables of sessions, however many, count as they do in memory", async (folder) => {
  await duckDb(
    null,
    ...[0, 1, 2].map((part) =>
      `COPY (SELECT * FROM (${generatedQuery(3000)}) WHERE right("session_id", 1)::INT % 3 = ${part}) ` +
      `TO '${folder}/part${part}.parquet'`
    ),
  );
  const dataset = await loadDataset(`duckdb:${folder}/*.parquet`, { env, limits: ALL_IN_ENGINE });
  deepEqual(await resultsWithoutSource(dataset), await resultsWithoutSource(inMemory(generated(3000))));
  deepEqual(cellsOf(dataset), cellsOf(generated(3000)));
  const folderToo = await loadDataset(`duckdb:${folder}`, { env, limits: ALL_IN_ENGINE });
  equal(folderToo.info.sha256, dataset.info.sha256);
});

inFolder(
  "a database and Parquet files of version 1, in camelCase, count as they did; what is new is unknown",
  async (folder) => {
    const columns = SESSION_FIELDS.filter(([, column]) => !isNew(column)).map(([field, { name }]) =>
      `"${name}" AS "${field}"`
    );
    const query = `SELECT ${columns.join(", ")} FROM (${generatedQuery(1000)})`;
    await duckDb(`${folder}/old.duckdb`, `CREATE TABLE sessions AS ${query}`);
    await duckDb(null, `COPY (${query}) TO '${folder}/old.parquet'`);
    for (const spec of [`duckdb:${folder}/old.duckdb`, `duckdb:${folder}/old.parquet`]) {
      const dataset = await loadDataset(spec, { env, limits: ALL_IN_ENGINE });
      deepEqual(cellsOf(dataset), cellsOf(generated(1000)));
      deepEqual(dataset.distributions, {
        ...inMemory(generated(1000)).distributions,
        termCounts: null,
        duplicates: null,
      });
      const held = await loadDataset(spec, { env });
      deepEqual(held.sessions, generated(1000).sort(compareSessions));
    }
  },
);

inFolder(
  "where sessions stay in the engine, that is said first, and what needs them is an error with a way out",
  async (folder) => {
    await duckDb(`${folder}/g.duckdb`, `CREATE TABLE sessions AS ${generatedQuery(500)}`);
    const spec = `duckdb:${folder}/g.duckdb`;
    const dataset = await loadDataset(spec, { env: (name) => name === "TRACES_SESSIONS" ? "499" : undefined });
    match(
      dataset.info.sentence,
      /^500 sessions of duckdb:.*stay in the engine, so what needs each of them is not available/,
    );
    equal(dataset.held, "none");
    throws(() => needSessions(dataset), /TRACES_SESSIONS=500 .*TRACES_SAMPLE=200000/);
    const slice = where(dataset, { benchmark: "swebench" });
    deepEqual(cellsOf(slice), cellsOf(generated(500).filter((s) => s.benchmark === "swebench")));
    equal(slice.info.sessions, cellsOf(slice).reduce((sum, c) => sum + c.sessions, 0));
    throws(() => needSessions(slice), /stay in the engine/);
  },
);

inFolder("a sample is the same each time, counts stay those of all, and each caption says so", async (folder) => {
  await duckDb(`${folder}/g.duckdb`, `CREATE TABLE sessions AS ${generatedQuery(2000)}`);
  const load = () => loadDataset(`duckdb:${folder}/g.duckdb`, { env, limits: { sessions: 100, sample: 300 } });
  const [first, second] = [await load(), await load()];
  equal(first.sessions!.length, 300);
  deepEqual(first.sessions, second.sessions);
  equal(new Set(first.sessions!.map((s) => s.harness)).size, 5);
  equal(cellsOf(first).reduce((sum, c) => sum + c.sessions, 0), 2000);
  match(first.info.caption, /a sample of 300 of 2,000/);
  const slice = where(first, { harness: "claude_code" });
  deepEqual(cellsOf(slice), cellsOf(generated(2000).filter((s) => s.harness === "claude_code")));
  deepEqual(slice.sessions, first.sessions!.filter((s) => s.harness === "claude_code"));
  equal(duplicateCells(first), null);
});

inFolder("memory is an engine like the others: the same answer", async (folder) => {
  await duckDb(`${folder}/g.duckdb`, `CREATE TABLE sessions AS ${generatedQuery(1500)}`);
  const { engineDataset, memoryEngine, openEngine } = await import("../../lib/engines/mod.ts");
  const engine = await openEngine(`duckdb:${folder}/g.duckdb`);
  const limits = { ...ALL_IN_ENGINE, sessions: 1500 };
  const [database, memory] = [await engine.answer(limits), await memoryEngine("m", generated(1500)).answer(limits)];
  await engine.close();
  deepEqual({ ...database, sessions: null }, { ...memory, sessions: null });
  const unknown = database.distributions.failureModes!.filter(({ mode }) => mode === "unknown");
  ok(unknown.length > 0, "some failures cannot be told apart, their tokens not being known");
  const named = await engineDataset(memoryEngine("m", generated(1500)), limits);
  match(named.info.sentence, /^1,500 sessions of m, counted by the engine into/);
});

const slices: Filter[] = [
  { benchmark: "swebench" },
  { benchmark: /^tau2/, harness: ["claude_code", "it's \\odd"] },
  { model: (name) => name.startsWith("k"), verdict: 0 },
  { config: "claude_code · gpt-4.1", verdict: [1, null] },
  { run: "run7" },
  { run: "run7", benchmark: (name) => name === "tau2_telecom" },
];
inFolder(
  "a slice is asked of the engine: counts, boxes, failure modes and samples of it, thresholds of the whole",
  async (folder) => {
    await duckDb(`${folder}/g.duckdb`, `CREATE TABLE sessions AS ${generatedQuery(3000)}`);
    for (const filter of slices) {
      const expected = where(inMemory(generated(3000)), filter);
      const load = (limits: Partial<typeof ALL_IN_ENGINE>) =>
        loadDataset(`duckdb:${folder}/g.duckdb`, { env, limits: { ...ALL_IN_ENGINE, ...limits }, where: filter });
      const away = await load({});
      // What holds no session holds all of them.
      const nothing = expected.sessions.length === 0;
      equal(away.held, nothing ? "all" : "none");
      deepEqual(away.cells, expected.cells);
      const { stated: _, ...told } = expected.distributions;
      const unasked = nothing ? {} : { termCounts: null, duplicates: null };
      deepEqual(away.distributions, { ...told, stated: [], ...unasked });
      ok(away.info.caption.endsWith(expected.info.caption), away.info.caption);
      const held = await load({ sessions: 3000 });
      deepEqual(held.sessions, [...expected.sessions].sort(compareSessions));
      const sample = await load({ sample: 5 });
      ok(sample.sessions!.every((s) => expected.sessions.some((one) => one.sessionId === s.sessionId)));
      equal(sample.held, nothing ? "all" : "sample");
    }
    const wrong = (filter: Filter) =>
      loadDataset(`duckdb:${folder}/g.duckdb`, { env, limits: ALL_IN_ENGINE, where: filter });
    await rejects(wrong({ benchmark: "swe-bench" }), /no benchmark "swe-bench"; did you mean "swebench"/);
    await rejects(wrong({ calls: 3 }), /"calls" is not counted in cells; slice by benchmark, harness, model, run/);
  },
);

const faulty: [string, Record<string, string | null>, RegExp][] = [
  ["a column missing", { calls: null, run: null }, /needs the columns run, calls too; load it with/],
  [
    "verdicts that are words",
    { success: "'yes'" },
    /column "success": expected a number \(0, 1 or null\), found VARCHAR/,
  ],
  ["verdicts that are digits in text", { success: "'1'" }, /column "success".*found VARCHAR.*view that casts/],
  [
    "verdicts between",
    { success: "0.5" },
    /field "success": expected a verdict of 0, 1 or null, found "?0.5"? in \d+ session/,
  ],
  [
    "names that are null",
    { harness: "CASE WHEN i = 7 THEN NULL ELSE 'h' END" },
    /field "harness": expected a name, found null in 1 session$/,
  ],
  ["tokens below 0", { totalTokens: "i - 5" }, /field "totalTokens": expected numbers of 0 and more, found -[1-5]$/],
  [
    "calls that are missing",
    { calls: "CASE WHEN i < 3 THEN NULL ELSE i END" },
    /field "calls".*found null/,
  ],
  [
    "an unknown failure mode",
    { failureMode: "'bad luck'", success: "0" },
    /column "failureMode": expected .* found "bad luck"/,
  ],
  [
    "ids that are there twice",
    { sessionId: "'run_' || (i % 9)" },
    /rows? ha(s|ve) a session id that another row has too/,
  ],
];
for (const [what, over, message] of faulty) {
  inFolder(`a table with ${what} is an error that says where and what to do`, async (folder) => {
    await duckDb(`${folder}/g.duckdb`, `CREATE TABLE sessions AS ${generatedQuery(10, over)}`);
    await rejects(loadDataset(`duckdb:${folder}/g.duckdb`, { env, limits: ALL_IN_ENGINE }), message);
  });
}

inFolder("an empty table, a database without one, and a path without anything are errors", async (folder) => {
  await duckDb(`${folder}/empty.duckdb`, `CREATE TABLE sessions AS ${generatedQuery(0)}`);
  await rejects(loadDataset(`duckdb:${folder}/empty.duckdb`, { env }), /holds no session; load some by/);
  await duckDb(`${folder}/other.duckdb`, "CREATE TABLE other (i INT)");
  await rejects(loadDataset(`duckdb:${folder}/other.duckdb`, { env }), /has no table of sessions; load one by/);
  await rejects(loadDataset(`duckdb:${folder}/none.duckdb`, { env }), /no such database, Parquet file, folder or glob/);
  await Deno.writeTextFile(`${folder}/text.duckdb`, "not a database");
  await rejects(loadDataset(`duckdb:${folder}/text.duckdb`, { env }), /text\.duckdb: .*not a valid DuckDB database/);
});

inFolder(
  "a million names of harnesses are refused by their column; fewer are counted when asked for",
  async (folder) => {
    const names = (count: number) => `CREATE TABLE sessions AS ${generatedQuery(count, { harness: "'h' || i" })}`;
    await duckDb(`${folder}/million.duckdb`, names(1_000_000));
    await rejects(
      loadDataset(`duckdb:${folder}/million.duckdb`, { env, limits: { ...ALL_IN_ENGINE, cells: 50_000 } }),
      /more than 50,000 cells .*: "harness" has 1,000,000 different values, too many for names/,
    );
    await duckDb(`${folder}/some.duckdb`, names(50_000));
    const { openSqlEngine } = await import("../../lib/engines/mod.ts");
    const { cellsFrom } = await import("../../lib/engines/counted.ts");
    const engine = await openSqlEngine(`duckdb:${folder}/some.duckdb`, { env });
    try {
      const cells = await cellsFrom(engine, 50_000);
      equal(cells.length, 50_000);
      ok(cells.every((c) => c.sessions === 1));
    } finally {
      await engine.close();
    }
  },
);

inFolder(
  "a table that is written to while it is read is read again; one that never rests gives no figure",
  async (folder) => {
    const path = `${folder}/g.parquet`;
    const write = (count: number) => duckDb(null, `COPY (${generatedQuery(count)}) TO '${path}'`);
    await write(100);
    const { openSqlEngine } = await import("../../lib/engines/mod.ts");
    const { answerOf } = await import("../../lib/engines/counted.ts");
    const engine = await openSqlEngine(`duckdb:${path}`, { env });
    let [asked, writes] = [0, 1];
    // After the cells were counted somebody replaces the file.
    const disturbed = {
      ...engine,
      async *groups(query: GroupQuery, limit?: number) {
        if (query.select.includes("n_mode_0") && asked++ < writes) await write(100 + asked);
        yield* engine.groups(query, limit);
      },
    };
    const answer = await answerOf(disturbed, { ...ALL_IN_ENGINE, sessions: 1000 });
    deepEqual(answer.cells, cellsOf(generated(101)));
    equal(answer.sessions?.length, 101);
    [asked, writes] = [0, 99];
    await rejects(
      answerOf(disturbed, ALL_IN_ENGINE),
      /written to each of the 3 times it was read, so no figure was computed/,
    );
    await engine.close();
  },
);

inFolder("a database that another process is writing says so", async (folder) => {
  const path = `${folder}/g.duckdb`;
  const program = `const { DuckDBInstance } = await import("@duckdb/node-api");
    const c = await (await DuckDBInstance.create(${JSON.stringify(path)})).connect();
    await c.run("CREATE TABLE t (i INT)"); console.log("open"); await new Promise((r) => setTimeout(r, 20000));`;
  const config = decodeURIComponent(new URL("../../deno.json", import.meta.url).pathname);
  const writer = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--config", config, program],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  try {
    const reader = writer.stdout.getReader();
    await reader.read();
    await rejects(loadDataset(`duckdb:${path}`, { env }), /another program is writing this database; ask again/);
    await reader.cancel();
  } finally {
    writer.kill("SIGKILL");
    await writer.status;
  }
});

/** Equal but for the last digits of sums of seconds, which depend on the order of adding. */
function closeTo(found: unknown, expected: unknown, path: string): void {
  if (typeof expected === "number" && typeof found === "number") {
    ok(Math.abs(found - expected) <= 1e-12 * Math.abs(expected), `${path}: ${found}, expected ${expected}`);
  } else if (expected !== null && typeof expected === "object" && found !== null && typeof found === "object") {
    deepEqual(Object.keys(found), Object.keys(expected), path);
    for (const [key, value] of Object.entries(expected)) {
      closeTo((found as Record<string, unknown>)[key], value, `${path}.${key}`);
    }
  } else equal(found, expected, path);
}
