import { deepEqual, equal, match, ok } from "node:assert/strict";
import { cellsOf } from "../../lib/analysis/mod.ts";
import { type BraintrustRow, cellsFromBraintrust } from "../../lib/braintrust/mod.ts";
import { importTraces } from "../../lib/import/mod.ts";
import { applyVerdicts, readVerdicts } from "../../lib/judge/mod.ts";
import { loadDataset } from "../../lib/engines/mod.ts";
import { openTraces } from "../../lib/sources/mod.ts";
import { answer, startLlmServer } from "../support/llm_server.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";
import { judgeVerdict } from "../support/verdict.ts";
import { type Given, givenServer, inserts, PROJECT, someRows, withServer, writeFolder } from "./given.ts";
import { leadingTo, run, task } from "./task.ts";

const push = ({ server, dir }: Given, ...more: string[]) =>
  run("push", ["--in", dir, "--project", PROJECT, ...more], leadingTo(server));

const sameRows = ({ server }: Given, rows: readonly BraintrustRow[]) =>
  deepEqual(
    [...server.logs(PROJECT).values()].map(({ _xact_id, ...row }) => row).sort((a, b) => a["id"]! < b["id"]! ? -1 : 1),
    rows.toSorted((a, b) => a.id < b.id ? -1 : 1),
  );

withServer("push shows what it would send, and sends nothing without --yes, not even a question", {}, async (given) => {
  await writeFolder(given.dir, someRows());
  const { code, out } = await push(given);
  equal(code, 0);
  match(out, /3 sessions, 9 rows.*\n.*9 rows to send.*\n.*spans-00001\.jsonl:1 task run1_1/);
  match(out, /nothing has been sent; add --yes to send/);
  deepEqual(given.server.seen, []);
});

withServer(
  "push sends, counts, and the second time sends nothing; after an edit it sends the edit",
  {},
  async (given) => {
    await writeFolder(given.dir, someRows());
    const first = await push(given, "--yes");
    equal(first.code, 0, first.err);
    match(first.out, /sent 9 rows in 1 request; 0 were there\ncounted by SQL: 9 of 9 rows, all there/);
    match((await push(given, "--yes")).out, /sent 0 rows in 0 requests; 9 were there\n.*9 of 9 rows, all there/);
    const edited = someRows().map((row, i) => i === 0 ? { ...row, input: "another task" } : row);
    await writeFolder(given.dir, edited);
    match((await push(given)).out, /1 row to send .*, 8 were sent before as they are, 1 replaces an earlier form/);
    match((await push(given, "--yes")).out, /sent 1 row /);
    sameRows(given, edited);
    ok(!first.out.includes(given.server.key) && !first.err.includes(given.server.key));
  },
);

withServer(
  "push killed twice loses no row and doubles none, and goes on where it was",
  { latencyMs: 15 },
  async (given) => {
    const rows = someRows(150);
    await writeFolder(given.dir, rows);
    const args = ["--in", given.dir, "--project", PROJECT, "--yes", "--batch-bytes", "4000"];
    for (const enough of [60, 200]) {
      const child = task("push", args, leadingTo(given.server)).spawn();
      while (given.server.logs(PROJECT).size < enough) await new Promise((done) => setTimeout(done, 2));
      child.kill("SIGKILL");
      const { signal } = await child.output();
      equal(signal, "SIGKILL");
      ok(given.server.logs(PROJECT).size < rows.length, "it was killed on the way");
    }
    // What was under way when it was killed may still be arriving.
    await new Promise((done) => setTimeout(done, 100));
    const before = given.server.written();
    const { code, out, err } = await run("push", args, leadingTo(given.server));
    equal(code, 0, err);
    match(out, /450 of 450 rows, all there/);
    sameRows(given, rows);
    ok(given.server.written() - before < rows.length - 100, "it went on where it was");
  },
);

withServer("push names the sessions that are not all there, and the next one sends them again", {}, async (given) => {
  await writeFolder(given.dir, someRows());
  await push(given, "--yes");
  given.server.logs(PROJECT).delete(someRows()[7]!.id);
  const found = await push(given, "--yes", "--wait", "0.1");
  equal(found.code, 3);
  match(found.out, /8 of 9 rows\n +session run3_3 lacks rows: 2 of 3\n +push again/);
  const again = await push(given, "--yes");
  equal(again.code, 0);
  match(again.out, /sent 3 rows.*\n.*all there/);
});

withServer("push refuses rows that are not complete, before it sends any", {}, async (given) => {
  const { output: _, ...broken } = someRows()[4]!;
  await writeFolder(given.dir, [...someRows().slice(0, 4), broken as BraintrustRow]);
  const { code, err } = await push(given, "--yes");
  equal(code, 1);
  match(err, /^push: .*spans-00001\.jsonl, row line 5, field "output": .*\n$/);
  equal(inserts(given.server), 0);
});

withServer("push writes verdicts back, and does not take them away unless told", {}, async (given) => {
  await writeFolder(given.dir, someRows());
  await push(given, "--yes");
  const verdicts = `${given.dir}/verdicts.jsonl`;
  const lines = [judgeVerdict("run1_1", 1), judgeVerdict("run2_2", null)].map((one) => `${JSON.stringify(one)}\n`);
  await Deno.writeTextFile(verdicts, lines.join(""));
  match((await push(given, "--verdicts", verdicts, "--yes")).out, /sent 2 rows/);
  const scores = () =>
    someRows().filter((row) => row.is_root).map(({ id }) => given.server.logs(PROJECT).get(id)!["scores"]);
  deepEqual(scores(), [{ task_success: 1 }, {}, {}]);
  const refused = await push(given, "--yes");
  equal(refused.code, 1);
  match(refused.err, /^push: 2 rows were pushed with a verdict .*--verdicts FILE, or --drop-verdicts\n$/);
  deepEqual(scores(), [{ task_success: 1 }, {}, {}]);
  equal((await push(given, "--drop-verdicts", "--yes")).code, 0);
  // A score of null is none.
  deepEqual(scores(), [{ task_success: null }, {}, {}]);
  const { judge_model, judge_reasoning } = given.server.logs(PROJECT).get(someRows()[0]!.id)!["metadata"] as {
    judge_model: unknown;
    judge_reasoning: unknown;
  };
  deepEqual([judge_model, judge_reasoning], [null, null]);
});

for (
  const [what, env, says] of [
    ["a wrong key", { BRAINTRUST_API_KEY: "sk-wrong-key" }, /refused \(401/],
    ["no key", { BRAINTRUST_API_KEY: "" }, /BRAINTRUST_API_KEY is not set/],
  ] as [string, Record<string, string>, RegExp][]
) {
  withServer(`push says in one line that there is ${what}`, {}, async ({ server, dir }) => {
    await writeFolder(dir, someRows());
    const { code, err } = await run("push", ["--in", dir, "--project", PROJECT, "--yes"], {
      ...leadingTo(server),
      ...env,
    });
    equal(code, 1);
    match(err, /^push: [^\n]+\n$/);
    match(err, says);
    ok(!err.includes("wrong-key"));
  });
}

withServer("push says in one line that the project is missing, or that a page answered", {}, async (given) => {
  await writeFolder(given.dir, someRows());
  const missing = await run("push", ["--in", given.dir, "--project", "none", "--yes"], leadingTo(given.server));
  match(missing.err, /^push: [^\n]*no project "none"[^\n]*\n$/);
  given.server.faults.push({ on: "/v1/project", status: 200, html: true });
  match((await push(given, "--yes")).err, /^push: [^\n]*expected JSON, found a web page[^\n]*\n$/);
});

onRecorded(
  "traces/real-sessions",
  "104 real sessions: pushed, judged, written back, and counted by SQL as in memory",
  async () => {
    await using given = await givenServer();
    const { server, dir, client, project } = given;
    const source = sharedPath("traces/real-sessions/data");
    const manifest = await importTraces(await openTraces(source), dir);
    equal(manifest.sessions, 104);
    match((await push(given, "--yes")).out, new RegExp(`${manifest.rows.toLocaleString("en")} rows, all there`));
    const judge = startLlmServer(({ prompt }) => ({ text: answer(([1, 0, null] as const)[prompt.length % 3]!) }));
    const verdicts = `${dir}/verdicts.jsonl`;
    const judged = await run("judge", [source, "--out", verdicts, "--yes"], {
      OPENAI_API_KEY: "none",
      OPENAI_BASE_URL: judge.url,
    }).finally(() => judge.close());
    equal(judged.code, 0, judged.err);
    const back = await push(given, "--verdicts", verdicts, "--yes");
    match(back.out, /sent 104 rows/);
    const { sessions } = await loadDataset(`${dir}/sessions.parquet`);
    const inMemory = applyVerdicts(sessions!, await readVerdicts(verdicts)).sessions;
    deepEqual(new Set(inMemory.map(({ success }) => success)), new Set([0, 1, null]));
    deepEqual(await cellsFromBraintrust(client, project), cellsOf(inMemory));
    const env = (name: string) => leadingTo(server)[name];
    const read = await loadDataset(`braintrust:${PROJECT}`, { env });
    deepEqual(read.sessions, inMemory.toSorted((a, b) => a.sessionId < b.sessionId ? -1 : 1));
  },
);
