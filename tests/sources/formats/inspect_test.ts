import assert from "node:assert/strict";
import { needs } from "../../support/needs.ts";
import { readFiles, told } from "./read.ts";
import { zipped } from "./zip.ts";

const json = JSON.stringify;
const at = (second: number) => `2026-03-01T09:00:0${second}+00:00`;
const message = (role: string, content: unknown, more = {}) => ({
  id: `id-${role}`,
  role,
  content,
  source: null,
  ...more,
});
const ASK = "Which shelf holds the atlas?";
const tool = { id: "c1", function: "find_book", arguments: { title: "atlas" }, type: "function", parse_error: null };
const called = message("assistant", [{ type: "text", text: "" }], { tool_calls: [tool], model: "m-small" });
const found = message("tool", "shelf 9", { tool_call_id: "c1", function: "find_book", error: null });
const answered = message("assistant", "It stands on shelf 9.", { model: "m-small" });
const usage = (input: number, read: number, output: number) => ({
  input_tokens: input,
  output_tokens: output,
  total_tokens: input + read + output,
  input_tokens_cache_read: read,
  input_tokens_cache_write: 0,
});
const model = (second: number, input: unknown[], output: unknown, tokens: unknown, more = {}) => ({
  event: "model",
  uuid: `e${second}`,
  timestamp: at(second),
  completed: at(second + 1),
  model: "openai/m-small",
  input,
  tools: [],
  output: { model: "m-small-1", choices: [{ message: output, stop_reason: "stop" }], usage: tokens },
  ...more,
});
const header = {
  version: 2,
  status: "success",
  eval: {
    eval_id: "v1",
    run_id: "r1",
    task: "library",
    model: "openai/m-small",
    created: at(0),
    packages: { inspect_ai: "0.3.100" },
  },
  plan: { name: "plan", steps: [{ solver: "react" }] },
};
const sample = (id: number, epoch: number, value: unknown) => ({
  id,
  epoch,
  uuid: `u${id}-${epoch}`,
  input: ASK,
  target: "9",
  messages: [message("user", ASK), called, found, answered],
  scores: { match: { value } },
  model_usage: { "openai/m-small": { ...usage(130, 100, 27), total_cost: 0.25 } },
  attachments: { h1: ASK },
  events: [
    { event: "span_begin", id: "s1", type: "solver", name: "react" },
    model(1, [message("user", "attachment://h1")], called, usage(100, 0, 20), { span_id: "s1" }),
    model(3, [message("user", "attachment://h1"), called, found], answered, usage(30, 100, 7), { span_id: "s1" }),
    { event: "span_begin", id: "s2", type: "scorers", name: "scorers" },
    { event: "span_begin", id: "s3", parent_id: "s2", type: "scorer", name: "model_graded" },
    model(5, [message("user", "Is it right?")], message("assistant", "C"), usage(9, 0, 1), { span_id: "s3" }),
  ],
});

const STORY = {
  calls: 2,
  messages: ["user", "assistant", "tool", "assistant"],
  toolCalls: 1,
  characters: ASK.length + 17 + 7 + 21,
  tokens: [230, 27, 100],
  task: ASK,
  answer: "It stands on shelf 9.",
  models: ["openai/m-small"],
};

for (const method of ["stored", "deflate", "zstd"] as const) {
  needs(
    ["read", "write"],
    `samples of a log packed by ${method} are sessions, epochs trials, scores grades`,
    async () => {
      const { rows, faults, stream } = await readFiles({
        "log.eval": zipped({
          "_journal/start.json": json(header),
          "samples/1_epoch_1.json": json(sample(1, 1, "C")),
          "samples/1_epoch_2.json": json(sample(1, 2, "I")),
          "header.json": json(header),
        }, method),
      });
      assert.deepEqual(faults, []);
      assert.deepEqual(rows.map(told), [{ sessionId: "u1-1", ...STORY }, { sessionId: "u1-2", ...STORY }]);
      assert.deepEqual(rows.map(({ taskId, trial, grades }) => [taskId, trial, grades?.success, grades?.origin]), [
        ["1", "1", 1, "official"],
        ["1", "2", 0, "official"],
      ]);
      assert.deepEqual([rows[0]!.benchmark, rows[0]!.harness, rows[0]!.grades?.agentUsd], ["library", "react", 0.25]);
      assert.equal(stream.leftOut()["calls of scorers"], 2);
      assert.equal(stream.found[0]!.id, "inspect");
    },
  );
}

needs(["read", "write"], "a log in JSON is read like the archive, its messages also from a pool", async () => {
  const pooled = sample(1, 1, "P");
  const pool = [message("user", "attachment://h1"), called, found];
  const events = pooled.events.map((event) => "input" in event ? { ...event, input: [], input_refs: [[0, 1]] } : event);
  events[2] = { ...events[2]!, input_refs: [[0, 1], [1, 3]] } as typeof events[2];
  const { rows, stream } = await readFiles({
    "log.json": json({ ...header, samples: [{ ...pooled, events, events_data: { messages: pool, calls: [] } }] }),
  });
  assert.deepEqual(rows.map(told), [{ sessionId: "u1-1", ...STORY }]);
  assert.deepEqual([rows[0]!.grades?.success, rows[0]!.grades?.score], [null, 0.5]);
  assert.equal(stream.found[0]!.version, "0.3.100");
});

needs(["read", "write"], "a log without events has the sample's tokens shared out among its answers", async () => {
  const { rows } = await readFiles({ "log.json": json({ ...header, samples: [{ ...sample(1, 1, 1), events: [] }] }) });
  assert.deepEqual(rows.map(told), [{ sessionId: "u1-1", ...STORY }]);
});

needs(["read", "write"], "a sample that is no JSON is set aside, with NaN as Python writes it read", async () => {
  const nan = json({ ...sample(2, 1, 0.5), store: { x: "NaN" } }).replace('"x":"NaN"', '"x":NaN');
  const { rows, faults } = await readFiles({
    "log.eval": zipped({ "header.json": json(header), "samples/1_epoch_1.json": "{", "samples/2_epoch_1.json": nan }),
  });
  assert.deepEqual(rows.map(({ sessionId }) => sessionId), ["u2-1"]);
  assert.match(faults[0]!.fault, /samples\/1_epoch_1\.json/);
});

needs(["read", "write"], "bytes of an archive that are no UTF-8 are told of, as those of a file are", async () => {
  const text = json(sample(1, 1, 1));
  // Latin-1 has one byte for a letter that UTF-8 writes in two.
  const broken = Uint8Array.from(text.replaceAll("atlas", "atl\u00e4s"), (letter) => letter.charCodeAt(0));
  const whole = json(sample(2, 1, 1));
  const { rows, stream } = await readFiles({
    "log.eval": zipped({
      "header.json": json(header),
      "samples/1_epoch_1.json": broken,
      "samples/2_epoch_1.json": whole,
    }),
  });
  assert.equal(rows.length, 2);
  const [said, ...others] = Object.entries(stream.notes().repaired);
  assert.deepEqual(others, []);
  assert.match(said![0], /^rows with bytes other than UTF-8, read as U\+FFFD \(.*log\.eval, row 0\)$/);
  assert.equal(said![1], 1);
});

needs(["read", "write"], "an archive that is no log is named as what it is", async () => {
  await assert.rejects(
    readFiles({ "x.zip": zipped({ "a.txt": "hello" }) }),
    /holds no file that can be read: .*a\.txt \(neither JSON nor Parquet\)/,
  );
});

needs(["read", "write"], "the first versions' transcript has the calls, with what it refers to put back", async () => {
  const { uuid: _, attachments, model_usage: __, events: ___, ...old } = sample(1, 1, "C");
  const step = model(1, [message("user", "tc://0123456789abcdef0123456789abcdef")], answered, usage(100, 0, 20));
  const content = { "0123456789abcdef0123456789abcdef": attachments.h1 };
  const { rows } = await readFiles({
    "log.json": json({ ...header, samples: [{ ...old, transcript: { events: [step], content } }] }),
  });
  const { calls, tokens, task } = told(rows[0]!);
  assert.deepEqual([calls, tokens, task], [1, [100, 20, 0], ASK]);
  assert.equal(rows[0]!.spans[0]!.startTime, at(1));
});
