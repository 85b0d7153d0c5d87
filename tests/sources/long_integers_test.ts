/**
 * Integers that a double does not hold (ids, mostly) keep their digits, also in JSON that stands as text within JSON, CSV or
 * an attribute; none of them costs a session.
 *
 * @module
 */
import { deepEqual } from "node:assert/strict";
import { parseMapping } from "../../lib/sources/mapping/load.ts";
import { conversationOf } from "../../lib/traces/mod.ts";
import { needs } from "../support/needs.ts";
import { otlp } from "./formats/otlp.ts";
import { lines, readFiles } from "./formats/read.ts";
import { zipped } from "./formats/zip.ts";

const LONG = "9007199254740993";
const FILES = ["read", "write"] as const;

/** JSON text in which each "@" is the long integer. */
const json = (value: unknown) => JSON.stringify(value).replaceAll('"@"', LONG);

const called = {
  role: "assistant",
  content: null,
  tool_calls: [{ id: "1", function: { name: "f", arguments: { id: "@" } } }],
};
const asked = [{ role: "user", content: "q" }, called, { role: "tool", tool_call_id: "1", content: { id: "@" } }];
const times = { start_time: "2026-09-01T00:00:00Z", end_time: "2026-09-01T00:00:01Z" };
const span = (attributes: Record<string, unknown>) => JSON.stringify(otlp({ id: "1", attributes }));
const langfuse = (more: object) => ({
  id: "t1",
  timestamp: times.start_time,
  observations: [{ id: "o1", traceId: "t1", type: "GENERATION", model: "m", ...more }],
});
const sample = {
  id: "@",
  epoch: 1,
  input: "q",
  target: "a",
  score: "NaN",
  messages: [...asked, { role: "assistant", content: "a" }],
  output: { model: "m", choices: [], completion: "a" },
};
const log = { version: 2, status: "success", eval: { task: "t", model: "m", run_id: "r", created: times.start_time } };

/** Files of one session, and how often at least its messages have the integer. */
const HELD: [what: string, name: string, content: string | Uint8Array, times: number][] = [
  [
    "messages as text in JSON",
    "a.jsonl",
    lines({ id: "c", model: "m", messages: json([...asked, { role: "assistant" }]) }),
    2,
  ],
  [
    "messages as text in CSV",
    "a.csv",
    `id,model,messages\nc,m,"${json([...asked, { role: "assistant" }]).replaceAll('"', '""')}"\n`,
    2,
  ],
  [
    "attributes of OpenTelemetry",
    "a.json",
    span({
      "gen_ai.operation.name": "chat",
      "gen_ai.input.messages": json(asked),
      "gen_ai.output.messages": json([called]),
    }),
    3,
  ],
  [
    "attributes of MLflow",
    "a.json",
    span({
      "mlflow.spanType": "LLM",
      "mlflow.spanInputs": json({ messages: asked }),
      "mlflow.spanOutputs": json({ order: "@" }),
    }),
    3,
  ],
  [
    "inputs and outputs of Langfuse that are no messages",
    "a.json",
    json(langfuse({ input: { n: "@" }, output: { n: "@" } })),
    2,
  ],
  ["texts of Langfuse", "a.json", JSON.stringify(langfuse({ input: json(asked), output: json({ n: "@" }) })), 3],
  [
    "a run of LangSmith, and its metadata",
    "a.jsonl",
    json({
      id: "r1",
      trace_id: "r1",
      run_type: "llm",
      name: "m",
      dotted_order: "x",
      ...times,
      inputs: { messages: asked },
      outputs: { n: "@" },
      extra: { metadata: { order: "@" } },
    }),
    3,
  ],
  [
    "an error of a log of calls",
    "a.jsonl",
    json({ id: "c", error: { code: "@" }, request: { model: "m", messages: asked }, response: { choices: [] } }),
    2,
  ],
  [
    "bodies of a log of calls",
    "a.jsonl",
    lines({
      id: "c",
      request_body: json({ model: "m", messages: asked }),
      response_body: json({ model: "m", choices: [{ message: { content: "a" } }] }),
    }),
    2,
  ],
  [
    "a message that is none",
    "a.jsonl",
    json({ id: "c", model: "m", messages: [{ role: "user", content: "q" }, ["@"], { role: "assistant" }] }),
    1,
  ],
  ["a log of Inspect", "a.json", json({ ...log, samples: [sample] }), 2],
  [
    "an archive of Inspect",
    "a.eval",
    zipped({ "header.json": json(log), "samples/1_epoch_1.json": json(sample).replace('"NaN"', "NaN") }),
    2,
  ],
];

for (const [what, name, content, least] of HELD) {
  needs(FILES, `${what}: an integer beyond 2^53 keeps its digits`, async () => {
    const { rows, faults } = await readFiles({ [name]: content });
    deepEqual([faults, rows.length], [[], 1]);
    const said = JSON.stringify(conversationOf(rows[0]!).map(({ input, output }) => [input, output]));
    deepEqual([said.split(LONG).length > least, said.includes("9007199254740992")], [true, false]);
  });
}

needs(FILES, "ids beyond 2^53 in a cell of CSV are those of two calls", async () => {
  const call = (id: string) => ({ id, began: times.start_time, ended: times.end_time, input: "q", output: "a" });
  const calls = JSON.stringify([call("A"), call("B")]).replace('"A"', LONG).replace('"B"', "9007199254740992");
  const text = `run,calls\nr1,"${calls.replaceAll('"', '""')}"\n`;
  const mapping = {
    name: "own",
    form: "rows",
    session: { sessionId: "run", benchmark: { constant: "b" }, harness: { constant: "h" }, models: { constant: "m" } },
    spans: "calls",
    span: {
      spanId: "id",
      startTime: "began",
      endTime: "ended",
      inputTokens: "in?",
      outputTokens: "out?",
      inputMessages: "input",
      outputMessages: "output",
    },
    modelCall: { field: "kind?", values: ["model"], whenMissing: true },
    metadata: "rest",
  };
  const { rows } = await readFiles({ "a.csv": text }, { mapping: parseMapping(JSON.stringify(mapping), "own.json") });
  deepEqual(rows.map(({ spans }) => spans.map(({ spanId }) => spanId)), [[LONG, "9007199254740992"]]);
});
