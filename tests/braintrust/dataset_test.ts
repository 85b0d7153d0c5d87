import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { parquetWriteFile } from "hyparquet-writer";
import { type DatasetRecord, parseDatasetMapping, recordOf, recordOfSession } from "../../lib/braintrust/mod.ts";
import { redactValue } from "../../lib/traces/mod.ts";
import { someRows, withServer, writeFolder } from "./given.ts";
import { leadingTo, run } from "./task.ts";

const row = { task_id: "t1", question: "2 + 2?", answer: "4", doc: { text: "sums", year: 2026n }, level: 1 };
const mapping = (value: unknown) => parseDatasetMapping(JSON.stringify(value), "f.json");

Deno.test("a row becomes a record: columns, paths, objects, constants, and the rest as metadata", () => {
  deepEqual(
    recordOf(row, mapping({ id: "task_id", input: "question", expected: "answer", metadata: "rest" }), "t", 0),
    { id: "t1", input: "2 + 2?", expected: "4", metadata: { doc: { text: "sums", year: 2026 }, level: 1 } },
  );
  const made = mapping({
    input: { object: { q: "question", doc: "doc.text", lang: { constant: "en" } } },
    metadata: ["level", "doc.year"],
  });
  const record = recordOf(row, made, "t", 0);
  deepEqual(record.input, { q: "2 + 2?", doc: "sums", lang: "en" });
  deepEqual([record.expected, record.metadata], [null, { level: 1, "doc.year": 2026 }]);
  equal(recordOf({ ...row, level: 9 }, made, "t", 5).id, record.id, "the id comes from the input");
});

Deno.test("secrets do not get into a record", () => {
  const secret = "AKIAIOSFODNN7EXAMPLE";
  const record = recordOf({ q: `use ${secret}` }, mapping({ input: "q" }), "t", 0);
  ok(!JSON.stringify(record).includes(secret));
});

Deno.test("a row without input, and a mapping of another shape, are named", () => {
  throws(() => recordOf({ a: 1 }, mapping({ input: "q" }), "t.jsonl", 3), /t\.jsonl, row 3, field "q": .*columns a$/);
  throws(() => recordOf({ q: 1 }, mapping({ id: "id", input: "q" }), "t.jsonl", 3), /field "id"/);
  throws(() => mapping({ inputs: "q" }), /f\.json.*field/);
  throws(() => parseDatasetMapping("{", "f.json"), /f\.json: not JSON/);
});

Deno.test("a session becomes a record without a right answer", () => {
  const { id, input, expected, metadata } = recordOfSession(
    redactValue({ ...someRows()[0]!, scores: { task_success: 0 } }).value,
  );
  deepEqual([id, input, expected], [someRows()[0]!.id, "Task 1: find the 1th book and say its title.", null]);
  deepEqual([metadata["session_id"], metadata["task_success"], metadata["answer"]], ["run1_1", 0, "It is Book 1."]);
});

withServer(
  "dataset previews three records of a table, writes them, sends them, and changes nothing twice",
  {},
  async (given) => {
    const { dir, server } = given;
    const table = `${dir}/table.parquet`;
    parquetWriteFile({
      filename: table,
      columnData: [
        { name: "qid", data: Array.from({ length: 50 }, (_, i) => `q${i}`), type: "STRING" },
        { name: "question", data: Array.from({ length: 50 }, (_, i) => `What is ${i}?`), type: "STRING" },
        { name: "n", data: Array.from({ length: 50 }, (_, i) => BigInt(i)), type: "INT64" },
      ],
    });
    await Deno.writeTextFile(`${dir}/f.json`, JSON.stringify({ id: "qid", input: "question", expected: "n" }));
    const args = [table, "--mapping", `${dir}/f.json`, "--name", "questions", "--project", "agents"];
    const preview = await run("dataset", args, leadingTo(server));
    equal(preview.code, 0, preview.err);
    const shown = JSON.parse(preview.out.slice(0, preview.out.lastIndexOf("]") + 1)) as DatasetRecord[];
    deepEqual(shown.map(({ id, input, expected }) => [id, input, expected]), [
      ["q0", "What is 0?", 0],
      ["q1", "What is 1?", 1],
      ["q2", "What is 2?", 2],
    ]);
    deepEqual(server.seen, []);
    const sent = await run("dataset", [...args, "--yes", "--out", `${dir}/records.jsonl`], leadingTo(server));
    equal(sent.code, 0, sent.err);
    const written = (await Deno.readTextFile(`${dir}/records.jsonl`)).trimEnd().split("\n").map((line) =>
      JSON.parse(line)
    );
    equal(written.length, 50);
    await run("dataset", [...args, "--yes"], leadingTo(server));
    const stored = [...server.dataset("questions").values()];
    deepEqual(stored.map(({ id, input, expected, metadata }) => ({ id, input, expected, metadata })), written);
  },
);

withServer("dataset takes failed sessions, or those of a list, and says when none fits", {}, async ({ dir }) => {
  const rows = someRows(4).map((row) =>
    row.is_root ? { ...row, scores: { task_success: row.metadata["run"] === "run2" ? 1 : 0 } } : row
  );
  await writeFolder(dir, rows);
  const out = `${dir}/failures.out`;
  const ids = async () =>
    (await Deno.readTextFile(out)).trimEnd().split("\n").map((line) => JSON.parse(line).metadata.session_id);
  equal((await run("dataset", [dir, "--name", "f", "--failed", "--out", out])).code, 0);
  deepEqual(await ids(), ["run1_1", "run3_3", "run4_4"]);
  await Deno.writeTextFile(`${dir}/cluster.txt`, '"run3_3"\nrun2_2\n{"sessionId":"run4_4","cluster":2}\n');
  equal((await run("dataset", [dir, "--name", "f", "--ids", `${dir}/cluster.txt`, "--failed", "--out", out])).code, 0);
  deepEqual(await ids(), ["run3_3", "run4_4"]);
  await Deno.writeTextFile(`${dir}/cluster.txt`, '["nobody_1"]');
  const unknown = await run("dataset", [dir, "--name", "f", "--ids", `${dir}/cluster.txt`, "--out", out]);
  equal(unknown.code, 1);
  match(unknown.err, /^dataset: [^\n]*not there, such as nobody_1\n$/);
  const topics = {
    points: [{ sessionId: "run1_1", topic: 2 }, { sessionId: "run4_4", topic: 1 }, {
      sessionId: "run3_3",
      topic: null,
    }],
  };
  await Deno.writeTextFile(`${dir}/topics.json`, JSON.stringify(topics));
  const ofTopic = [dir, "--name", "f", "--out", out, "--topics", `${dir}/topics.json`, "--topic"];
  equal((await run("dataset", [...ofTopic, "1"])).code, 0);
  deepEqual(await ids(), ["run4_4"]);
  match((await run("dataset", [...ofTopic, "7"])).err, /^dataset: [^\n]*no topic 7; there are 1, 2\n$/);
  await writeFolder(dir, someRows());
  match(
    (await run("dataset", [dir, "--name", "f", "--failed"])).err,
    /^dataset: [^\n]*no session has a verdict; give --verdicts/,
  );
});
