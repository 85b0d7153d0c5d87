import assert from "node:assert/strict";
import { parquetWriteBuffer } from "hyparquet-writer";
import { needs } from "../../support/needs.ts";
import { lines, readFiles, told } from "./read.ts";

const json = JSON.stringify;
const ASK = "Which shelf holds the atlas?";
const ANSWER = "It stands on shelf 9.";
const ARGS = '{"title":"atlas"}';
const at = (second: number) => `2026-03-01T09:00:0${second}.000Z`;
const user = { role: "user", content: ASK };
const call = {
  role: "assistant",
  content: null,
  tool_calls: [{ id: "c1", type: "function", function: { name: "find_book", arguments: ARGS } }],
};
const result = { role: "tool", tool_call_id: "c1", content: "shelf 9" };
const answer = { role: "assistant", content: ANSWER };
const STORY = {
  sessionId: "s1",
  calls: 2,
  messages: ["user", "assistant", "tool", "assistant"],
  toolCalls: 1,
  characters: ASK.length + ARGS.length + 7 + ANSWER.length,
  tokens: [230, 27, 100],
  task: ASK,
  answer: ANSWER,
  models: ["m-small"],
};

const observation = (id: string, second: number, input: unknown, output: unknown, usageDetails: object) => ({
  id,
  traceId: "t1",
  type: "GENERATION",
  name: "chat",
  startTime: at(second),
  endTime: at(second + 1),
  model: "m-small",
  input,
  output,
  usageDetails,
  costDetails: { total: 0.25 },
});
const OBSERVATIONS = [
  { ...observation("o0", 0, null, null, {}), type: "SPAN" },
  observation("o1", 1, { messages: [user], tools: [] }, call, { input: 100, output: 20, total: 120 }),
  observation("o2", 3, [user, call, result], answer, { input: 30, input_cached_tokens: 100, output: 7, total: 137 }),
];
const TRACE = {
  id: "t1",
  name: "librarian",
  sessionId: "s1",
  timestamp: at(0),
  scores: [{ name: "length", value: 12, source: "API" }, { name: "correctness", value: 1, source: "ANNOTATION" }],
};
const snake = (row: Record<string, unknown>) => ({
  ...Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      typeof value === "object" && value !== null ? json(value) : value,
    ]),
  ),
  provided_model_name: row["model"],
  session_id: "s1",
});

for (
  const [form, files] of Object.entries({
    "a trace with its observations": { "a.json": json({ trace: TRACE, observations: OBSERVATIONS }) },
    "the API's trace": { "a.json": json({ ...TRACE, observations: OBSERVATIONS }) },
    "a page of observations, and one of traces": {
      "a.json": json({ data: OBSERVATIONS, meta: { page: 1 } }),
      "b.json": json({ data: [{ ...TRACE, observations: ["o1"] }], meta: {} }),
    },
    "a table of observations": { "a.jsonl": lines(...OBSERVATIONS.map(snake)) },
  } as Record<string, Record<string, string>>)
) {
  needs(["read", "write"], `Langfuse's ${form} is a session with its calls`, async () => {
    const { rows, faults } = await readFiles(files);
    assert.deepEqual(faults, []);
    assert.deepEqual(rows.map(told), [STORY]);
    assert.equal(rows[0]!.recordedUsd, 0.5);
  });
}

needs(["read", "write"], "Langfuse's score named after success is the grade, given by who annotated", async () => {
  const { rows } = await readFiles({ "a.json": json({ ...TRACE, observations: OBSERVATIONS }) });
  const { origin, success, score } = rows[0]!.grades!;
  assert.deepEqual([origin, success, score], ["human", 1, 1]);
  assert.equal(rows[0]!.harness, "librarian");
});

const run = (id: string, second: number, inputs: unknown, outputs: unknown) => ({
  id,
  trace_id: "t1",
  parent_run_id: "r0",
  run_type: "llm",
  name: "ChatOpenAI",
  start_time: at(second),
  end_time: at(second + 1),
  inputs,
  outputs,
  extra: { metadata: { ls_model_name: "m-small" } },
});
const usage = (input_tokens: number, cache_read: number, output_tokens: number) => ({
  input_tokens,
  output_tokens,
  input_token_details: { cache_read },
});
const ROOT = {
  ...run("r0", 0, { question: ASK }, { answer: ANSWER }),
  parent_run_id: null,
  run_type: "chain",
  extra: { metadata: { thread_id: "s1" } },
  feedback_stats: { correctness: { n: 1, avg: 0 } },
  session_name: "library",
};
const lang = (type: string, kwargs: object) => ({
  lc: 1,
  type: "constructor",
  id: ["langchain", "messages", type],
  kwargs,
});
const LANG = {
  user: lang("HumanMessage", { content: ASK, type: "human" }),
  call: lang("AIMessage", {
    content: "",
    type: "ai",
    tool_calls: [{ name: "find_book", args: { title: "atlas" }, id: "c1", type: "tool_call" }],
    usage_metadata: usage(100, 0, 20),
  }),
  result: lang("ToolMessage", { content: "shelf 9", type: "tool", tool_call_id: "c1" }),
  answer: lang("AIMessage", { content: ANSWER, type: "ai", usage_metadata: usage(130, 100, 7) }),
};
const generations = (message: unknown) => ({
  generations: [[{ text: "", message, type: "ChatGeneration" }]],
  llm_output: null,
});
const RUNS = {
  "OpenAI's payloads": [
    ROOT,
    run("r1", 1, { messages: [user] }, { choices: [{ message: call }], usage_metadata: usage(100, 0, 20) }),
    run("r2", 3, { messages: [user, call, result] }, {
      choices: [{ message: answer }],
      usage_metadata: usage(130, 100, 7),
    }),
  ],
  "LangChain's payloads": [
    ROOT,
    run("r1", 1, { messages: [[LANG.user]] }, generations(LANG.call)),
    run("r2", 3, { messages: [[LANG.user, LANG.call, LANG.result]] }, generations(LANG.answer)),
  ],
};

for (const [form, runs] of Object.entries(RUNS)) {
  needs(["read", "write"], `LangSmith's runs with ${form} are a session for each thread`, async () => {
    for (const files of [{ "a.jsonl": lines(...runs) }, { "a.json": json({ ...ROOT, child_runs: runs.slice(1) }) }]) {
      const { rows, faults } = await readFiles(files);
      assert.deepEqual(faults, []);
      assert.deepEqual(rows.map(told), [STORY]);
      assert.deepEqual([rows[0]!.grades?.success, rows[0]!.grades?.origin], [0, null]);
    }
  });
}

needs(
  ["read", "write"],
  "Weave's calls of models are told from the calls around them, which sum their usage up",
  async () => {
    const weave = (id: string, second: number, op: string, inputs: unknown, output: unknown) => ({
      id,
      project_id: "p",
      op_name: `weave:///e/p/op/${op}:abc`,
      trace_id: "t1",
      parent_id: id === "w0" ? null : "w0",
      thread_id: "s1",
      started_at: at(second),
      ended_at: at(second + 1),
      inputs,
      output,
      summary: {
        usage: { "m-small": { prompt_tokens: 230, completion_tokens: 27 } },
        weave: { costs: { "m-small": { prompt_tokens_total_cost: 0.1, completion_tokens_total_cost: 0.1 } } },
      },
    });
    const counts = (prompt_tokens: number, cached_tokens: number, completion_tokens: number) => ({
      prompt_tokens,
      completion_tokens,
      prompt_tokens_details: { cached_tokens },
    });
    const create = "openai.chat.completions.create";
    const { rows } = await readFiles({
      "a.jsonl": lines(
        weave("w0", 0, "Agent.run", { question: ASK }, ANSWER),
        weave("w1", 1, create, { model: "m-small", messages: [user] }, {
          choices: [{ message: call }],
          usage: counts(100, 0, 20),
        }),
        weave("w2", 3, create, { model: "m-small", messages: [user, call, result] }, {
          choices: [{ message: answer }],
          usage: counts(130, 100, 7),
        }),
      ),
    });
    assert.deepEqual(rows.map(told), [STORY]);
    assert.equal(rows[0]!.recordedUsd, 0.4);
  },
);

needs(["read", "write"], "traces of the OpenAI Agents SDK are sessions by their group", async () => {
  const span = (id: string, second: number, span_data: object) => ({
    object: "trace.span",
    id,
    trace_id: "t1",
    started_at: at(second),
    ended_at: at(second + 1),
    span_data,
    error: null,
  });
  const counts = (input_tokens: number, cached_tokens: number, output_tokens: number) => ({
    input_tokens,
    output_tokens,
    input_tokens_details: { cached_tokens },
  });
  const item = { type: "function_call", call_id: "c1", id: "f", name: "find_book", arguments: ARGS };
  const output = { type: "function_call_output", call_id: "c1", output: "shelf 9" };
  const said = { type: "message", id: "m", role: "assistant", content: [{ type: "output_text", text: ANSWER }] };
  const { rows } = await readFiles({
    "a.json": json({
      data: [
        { object: "trace", id: "t1", workflow_name: "librarian", group_id: "s1" },
        span("a0", 0, { type: "agent", name: "librarian" }),
        span("a1", 1, {
          type: "generation",
          model: "m-small",
          input: [user],
          output: [call],
          usage: counts(100, 0, 20),
        }),
        span("a2", 3, {
          type: "response",
          response_id: "r2",
          input: [user, item, output],
          response: { id: "r2", model: "m-small", output: [said], usage: counts(130, 100, 7) },
        }),
      ],
    }),
  });
  assert.deepEqual(rows.map(told), [STORY]);
});

const attributes = (input: object[], output: object, counts: number[]) => ({
  "openinference.span.kind": "LLM",
  "llm.model_name": "m-small",
  "llm.token_count.prompt": counts[0],
  "llm.token_count.completion": counts[1],
  "llm.token_count.prompt_details.cache_read": counts[2],
  "input.value": json({ messages: input }),
  "output.value": json({ choices: [{ message: output }] }),
  "session.id": "s1",
});
const CALLS = [attributes([user], call, [100, 20, 0]), attributes([user, call, result], answer, [130, 7, 100])];
const wall = (i: number) => [at(2 * i + 1), at(2 * i + 2)] as const;

/** Spans one a row, as dumps and tables have them. */
const ROWS: Record<string, (attributes: Record<string, unknown>, i: number) => object> = {
  "a dump of the Python SDK": (attributes, i) => ({
    name: "ChatCompletion",
    context: { trace_id: "0x0af7", span_id: `0x0${i}`, trace_state: "[]" },
    kind: "SpanKind.INTERNAL",
    parent_id: null,
    start_time: wall(i)[0],
    end_time: wall(i)[1],
    status: { status_code: "UNSET" },
    attributes,
    events: [],
    resource: { attributes: { "service.name": "librarian" }, schema_url: "" },
  }),
  "Phoenix' spans": (attributes, i) => ({
    name: "ChatCompletion",
    span_kind: "LLM",
    parent_id: null,
    start_time: wall(i)[0],
    end_time: wall(i)[1],
    status_code: "OK",
    status_message: "",
    events: [],
    "context.trace_id": "0af7",
    "context.span_id": `0${i}`,
    ...Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`attributes.${key}`, value])),
  }),
  "a collector's table": (attributes, i) => ({
    Timestamp: wall(i)[0],
    TraceId: "0af7",
    SpanId: `0${i}`,
    ParentSpanId: "",
    SpanName: "ChatCompletion",
    Duration: 1_000_000_000,
    StatusCode: "STATUS_CODE_UNSET",
    SpanAttributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)])),
    ResourceAttributes: { "service.name": "librarian" },
  }),
  "a table with text of JSON": (attributes, i) => ({
    trace_id: "0af7",
    span_id: `0${i}`,
    parent_span_id: null,
    span_name: "ChatCompletion",
    start_timestamp: wall(i)[0],
    end_timestamp: wall(i)[1],
    otel_status_code: null,
    attributes: json(attributes),
  }),
};

for (const [form, row] of Object.entries(ROWS)) {
  needs(["read", "write"], `${form}, one span a row, are sessions`, async () => {
    const { rows, faults, stream } = await readFiles({ "a.jsonl": lines(...CALLS.map(row)) });
    assert.deepEqual(faults, []);
    assert.deepEqual(rows.map(told), [STORY]);
    assert.deepEqual(rows[0]!.spans.map(({ startTime, endTime }) => [startTime, endTime]), [wall(0), wall(1)]);
    assert.equal(stream.found[0]!.id, "span-table");
  });
}

needs(["read", "write"], "a trace that lists its spans, with children inside, is read", async () => {
  const [one, two] = CALLS.map((attributes, i) => ({
    span_id: `0${i}`,
    parent_span_id: "09",
    span_name: "LiteLLMModel",
    timestamp: at(2 * i + 1),
    duration: "PT1S",
    status_code: "Ok",
    span_attributes: attributes,
    child_spans: [],
  }));
  const root = {
    span_id: "09",
    span_name: "main",
    timestamp: at(0),
    span_attributes: {},
    child_spans: [{ ...one, child_spans: [two] }],
  };
  const { rows } = await readFiles({ "a.json": json({ trace_id: "0af7", spans: [root] }) });
  assert.deepEqual(rows.map(told), [STORY]);
  assert.equal(rows[0]!.spans[0]!.endTime, at(2));
});

needs(
  ["read", "write"],
  "tables in Parquet are recognised by their rows: spans, and conversations as lists or text",
  async () => {
    const spans = CALLS.map(ROWS["Phoenix' spans"]!) as Record<string, unknown>[];
    const column = (name: string) => ({ name, data: spans.map((row) => row[name] ?? null) });
    const names = Object.keys(spans[0]!).filter((name) => name !== "events" && name !== "parent_id");
    const table = parquetWriteBuffer({ columnData: names.map((name) => ({ ...column(name) })) });
    const { rows } = await readFiles({ "spans.parquet": new Uint8Array(table) });
    assert.deepEqual(rows.map(told), [STORY]);
    const chat = parquetWriteBuffer({
      columnData: [
        { name: "instance_id", data: ["s1"], type: "STRING" },
        { name: "model", data: ["m-small"], type: "STRING" },
        { name: "resolved", data: [true], type: "BOOLEAN" },
        { name: "messages", data: [json([user, call, result, answer])], type: "STRING" },
      ],
    });
    const read = await readFiles({ "chat.parquet": new Uint8Array(chat) });
    assert.deepEqual(read.rows.map(told), [{ ...STORY, tokens: [null, null, null] }]);
    assert.deepEqual([read.rows[0]!.grades?.success, read.rows[0]!.taskId], [1, "s1"]);
  },
);

needs(
  ["read", "write"],
  "a table of MLflow's traces is read by its column of whole traces, caches included",
  async () => {
    const usage = { prompt_tokens: 30, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 8 } };
    const span = {
      trace_id: "t",
      span_id: "s",
      name: "Completions",
      start_time_unix_nano: "1770000000000000000",
      end_time_unix_nano: "1770000001000000000",
      attributes: {
        "mlflow.spanType": json("CHAT_MODEL"),
        "mlflow.spanInputs": json({ model: "m-small", messages: [user] }),
        "mlflow.spanOutputs": json({ choices: [{ message: answer }], usage }),
        "mlflow.chat.tokenUsage": json({ input_tokens: 30, output_tokens: 4, total_tokens: 34 }),
      },
    };
    const trace = {
      info: { trace_id: "tr-1", trace_metadata: { "mlflow.trace.session": "s1" } },
      data: { spans: [span] },
    };
    const cells = { trace_id: "tr-1", state: "OK", trace: json(trace), spans: "[{'trace_id': 't'}]" };
    const quoted = Object.values(cells).map((cell) => `"${cell.replaceAll('"', '""')}"`);
    const { rows } = await readFiles({ "traces.csv": `${Object.keys(cells).join()}\n${quoted.join()}\n` });
    const { sessionId, tokens, task, answer: said } = told(rows[0]!);
    assert.deepEqual([sessionId, tokens, task, said], ["s1", [30, 4, 8], ASK, ANSWER]);
  },
);
