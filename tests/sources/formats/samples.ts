/**
 * One session told in every format: a visitor asks, the model looks a book up, and answers. Written for these tests.
 *
 * @module
 */
import { otlp } from "./otlp.ts";
import { lines } from "./read.ts";
import { zipped } from "./zip.ts";

const json = JSON.stringify;
export const ASK = "Which shelf holds the “Große Atlas” 🗺?\n\tAnd since when?";
export const ANSWER = 'It stands on "shelf 9" — since 1911.';
export const RESULT = "shelf 9\r\n<since>1911</since> \\ no error";
export const ARGS = '{"title":"Große Atlas","tags":["a\\"b"]}';

const at = (second: number) => `2026-02-03T09:00:0${second}.000Z`;
const user = { role: "user", content: ASK };
const fn = { name: "find_book", arguments: ARGS };
const call = { role: "assistant", content: null, tool_calls: [{ id: "c1", type: "function", function: fn }] };
const result = { role: "tool", tool_call_id: "c1", content: RESULT };
const answer = { role: "assistant", content: ANSWER };
const CHAT = [user, call, result, answer];
const CALLS = [[[user], call], [[user, call, result], answer]] as const;
const TOKENS = [[100, 20], [130, 7]] as const;

const csv = (...rows: Record<string, string>[]) =>
  [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))]
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\r\n");

/** Attributes of the two model calls, in today's conventions of OpenTelemetry. */
const genAi = CALLS.map(([input, output], i) => ({
  "gen_ai.operation.name": "chat",
  "gen_ai.request.model": "m-small",
  "gen_ai.usage.input_tokens": TOKENS[i]![0],
  "gen_ai.usage.output_tokens": TOKENS[i]![1],
  "gen_ai.input.messages": json(input),
  "gen_ai.output.messages": json([output]),
  "session.id": "s1",
}));
const spans = genAi.map((attributes, i) => ({ id: `${i + 2}`, attributes }));
const usage = (i: number) => ({ prompt_tokens: TOKENS[i]![0], completion_tokens: TOKENS[i]![1] });
const inputUsage = (i: number) => ({ input_tokens: TOKENS[i]![0], output_tokens: TOKENS[i]![1] });
const wall = (i: number) => [at(2 * i + 1), at(2 * i + 2)] as const;
const parsedArgs = JSON.parse(ARGS);

const claude = (type: string, i: number, message: object) => ({
  type,
  uuid: `u${i}`,
  parentUuid: i ? `u${i - 1}` : null,
  sessionId: "s1",
  isSidechain: false,
  timestamp: at(i),
  message: { role: type, ...message },
});
const codex = (i: number, type: string, payload: object) => ({ timestamp: at(i), type, payload });
const counted = (i: number) => {
  const sum = TOKENS.slice(0, i + 1).reduce((all, [a, b]) => [all[0]! + a, all[1]! + b], [0, 0]);
  const of = ([input_tokens, output_tokens]: readonly number[]) => ({ input_tokens, output_tokens });
  return { type: "token_count", info: { total_token_usage: of(sum), last_token_usage: of(TOKENS[i]!) } };
};
const model = (i: number) => ({
  event: "model",
  uuid: `e${i}`,
  timestamp: wall(i)[0],
  completed: wall(i)[1],
  model: "m-small",
  input: CALLS[i]![0],
  output: { choices: [{ message: CALLS[i]![1] }], usage: inputUsage(i) },
});
const inspect = {
  header: { version: 2, eval: { eval_id: "v", task: "library", model: "m-small" }, plan: {} },
  sample: { id: 1, epoch: 1, uuid: "s1", scores: { match: { value: "C" } }, events: [model(0), model(1)] },
};
const handled = (i: number, id: string) => ({
  id,
  timestamp: wall(i)[1],
  source: "agent",
  action: "run",
  args: {},
  tool_call_metadata: {
    tool_call_id: "c1",
    model_response: { id: `r${i}`, model: "m-small", choices: [{ message: CALLS[i]![1] }], usage: usage(i) },
  },
});
const genAiTags = (attributes: Record<string, unknown>) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value }));

const part = (id: string, messageID: string, more: object) => ({ id, sessionID: "s1", messageID, ...more });
const millis = (second: number) => Date.parse(at(second));
const tokens = (input: number, output: number, read: number) => ({
  input: input - read,
  output,
  reasoning: 0,
  cache: { read, write: 0 },
});
const simulation = {
  id: "s1",
  task_id: "7",
  trial: 0,
  messages: [
    { ...user, turn_idx: 0, timestamp: at(0) },
    { ...call, tool_calls: [{ id: "c1", name: fn.name, arguments: parsedArgs }], usage: usage(0), timestamp: at(1) },
    { role: "tool", id: "c1", content: RESULT, timestamp: at(2) },
    { ...answer, usage: usage(1), timestamp: at(3) },
  ],
};
/** What LangChain's messages dump. */
const langchain = [
  { type: "human", content: ASK, additional_kwargs: {}, response_metadata: {}, id: "h1", example: false },
  {
    type: "ai",
    content: "",
    additional_kwargs: { refusal: null },
    response_metadata: { model_name: "m-small", finish_reason: "tool_calls" },
    id: "run-1",
    tool_calls: [{ name: fn.name, args: parsedArgs, id: "c1", type: "tool_call" }],
    invalid_tool_calls: [],
    usage_metadata: { input_tokens: 100, output_tokens: 20, total_tokens: 120, input_token_details: { cache_read: 0 } },
  },
  { type: "tool", content: RESULT, name: fn.name, id: "t1", tool_call_id: "c1", artifact: null, status: "success" },
  {
    type: "ai",
    content: ANSWER,
    response_metadata: { model_name: "m-small" },
    id: "run-2",
    tool_calls: [],
    usage_metadata: { input_tokens: 130, output_tokens: 7, total_tokens: 137 },
  },
];
const CLASSES: Record<string, string> = { human: "HumanMessage", ai: "AIMessage", tool: "ToolMessage" };
/** A session of opencode: both calls are steps of one message. */
const opencode = {
  info: {
    id: "s1",
    projectID: "p",
    directory: "/",
    version: "1.1.36",
    time: { created: millis(0), updated: millis(4) },
  },
  messages: [
    {
      info: { id: "m1", sessionID: "s1", role: "user", time: { created: millis(0) } },
      parts: [part("p1", "m1", { type: "text", text: ASK })],
    },
    {
      info: {
        id: "m2",
        sessionID: "s1",
        role: "assistant",
        modelID: "m-small",
        time: { created: millis(1), completed: millis(4) },
        tokens: tokens(130, 7, 90),
      },
      parts: [
        part("p2", "m2", { type: "step-start" }),
        part("p3", "m2", {
          type: "tool",
          callID: "c1",
          tool: fn.name,
          state: {
            status: "completed",
            input: parsedArgs,
            output: RESULT,
            time: { start: millis(1), end: millis(2) },
          },
        }),
        part("p4", "m2", { type: "step-finish", reason: "tool-calls", tokens: tokens(100, 20, 0), cost: 0 }),
        part("p5", "m2", { type: "step-start" }),
        part("p6", "m2", { type: "text", text: ANSWER, time: { start: millis(3), end: millis(4) } }),
        part("p7", "m2", { type: "step-finish", reason: "stop", tokens: tokens(130, 7, 90), cost: 0 }),
      ],
    },
  ],
};

/** What Goose keeps of the conversation, and its sums. */
const GOOSE = [
  { role: "user", created: millis(0) / 1000, content: [{ type: "text", text: ASK }] },
  {
    role: "assistant",
    created: millis(1) / 1000,
    content: [{
      type: "toolRequest",
      id: "c1",
      toolCall: { status: "success", value: { name: fn.name, arguments: parsedArgs } },
    }],
    metadata: { userVisible: true },
  },
  {
    role: "user",
    created: millis(2) / 1000,
    content: [{
      type: "toolResponse",
      id: "c1",
      toolResult: { status: "success", value: { content: [{ type: "text", text: RESULT }], isError: false } },
    }],
  },
  { role: "assistant", created: millis(3) / 1000, content: [{ type: "text", text: ANSWER }] },
];
const GOOSE_SUMS = { total_tokens: 137, accumulated_input_tokens: 230, accumulated_output_tokens: 27 };
const datadog = CALLS.map(([messages, message], i) => ({
  span_id: `d${i}`,
  trace_id: "t1",
  parent_id: "undefined",
  name: "chat",
  ml_app: "desk",
  session_id: "s1",
  span_kind: "llm",
  model_name: "m-small",
  start_ms: millis(2 * i + 1),
  duration: 1e9,
  status: "ok",
  input: { messages },
  output: { messages: [message] },
  metrics: inputUsage(i),
}));
/** Lines of a step of Kimi's. */
const kimiStep = (i: number, ...events: object[]) => [
  { type: "llm.request", model: "m-small" },
  ...[
    { type: "step.begin" },
    ...events,
    { type: "step.end", usage: { inputOther: TOKENS[i]![0] - 90, output: TOKENS[i]![1], inputCacheRead: 90 } },
  ].map((event) => ({ type: "context.append_loop_event", event })),
];
/** The conversation in the words of Bedrock's Converse. */
const converse = {
  user: { role: "user", content: [{ text: ASK }] },
  call: { role: "assistant", content: [{ toolUse: { toolUseId: "c1", name: fn.name, input: parsedArgs } }] },
  result: { role: "user", content: [{ toolResult: { toolUseId: "c1", content: [{ text: RESULT }] } }] },
  answer: { role: "assistant", content: [{ text: ANSWER }] },
};
const CONVERSE = [
  [[converse.user], converse.call],
  [[converse.user, converse.call, converse.result], converse.answer],
] as const;

/** Files by format; the id of the format, a colon and a variant where there are several. */
export const SAMPLES: Record<string, Record<string, string | Uint8Array>> = {
  "otlp": { "a.json": json(otlp(...spans)) },
  "otlp:Tempo": { "a.json": json({ batches: otlp(...spans).resourceSpans }) },
  "otlp:lines": { "a.jsonl": lines({ resourceMetrics: [] }, ...spans.map((span) => otlp(span))) },
  "jaeger": {
    "a.json": json({
      data: [{
        traceID: "0af7",
        spans: genAi.map((attributes, i) => ({
          traceID: "0af7",
          spanID: `0${i}`,
          operationName: "chat",
          startTime: Date.parse(wall(i)[0]) * 1000,
          duration: 1_000_000,
          processID: "p1",
          tags: genAiTags(attributes),
        })),
        processes: { p1: { serviceName: "librarian" } },
      }],
    }),
  },
  "langfuse": {
    "a.json": json({
      trace: { id: "t1", sessionId: "s1", name: "librarian" },
      observations: CALLS.map(([input, output], i) => ({
        id: `o${i}`,
        traceId: "t1",
        type: "GENERATION",
        startTime: wall(i)[0],
        endTime: wall(i)[1],
        model: "m-small",
        input: json({ messages: input }),
        output: json(output),
        usageDetails: { input: TOKENS[i]![0], output: TOKENS[i]![1] },
      })),
    }),
  },
  "langsmith": {
    "a.jsonl": lines(...CALLS.map(([input, output], i) => ({
      id: `r${i}`,
      trace_id: "t1",
      run_type: "llm",
      name: "ChatOpenAI",
      start_time: wall(i)[0],
      end_time: wall(i)[1],
      inputs: { messages: input },
      outputs: { choices: [{ message: output }], usage_metadata: inputUsage(i) },
      extra: { metadata: { ls_model_name: "m-small", thread_id: "s1" } },
    }))),
  },
  "weave": {
    "a.jsonl": lines(...CALLS.map(([messages, message], i) => ({
      id: `w${i}`,
      op_name: "weave:///e/p/op/openai.chat.completions.create:a",
      trace_id: "t1",
      thread_id: "s1",
      started_at: wall(i)[0],
      ended_at: wall(i)[1],
      inputs: { model: "m-small", messages },
      output: { choices: [{ message }], usage: usage(i) },
    }))),
  },
  "braintrust": {
    "a.json": json({
      events: [
        { id: "r", span_id: "r", root_span_id: "r", span_parents: null, span_attributes: { name: "a", type: "task" } },
        ...CALLS.map(([input, output], i) => ({
          id: `c${i}`,
          span_id: `c${i}`,
          root_span_id: "r",
          span_parents: ["r"],
          span_attributes: { name: "chat", type: "llm" },
          metadata: { model: "m-small", session_id: "s1" },
          metrics: { start: 1_770_000_000 + i, end: 1_770_000_001 + i, ...usage(i) },
          input,
          output: [{ index: 0, message: output }],
        })),
      ],
      cursor: null,
    }),
  },
  "braintrust:as sent": {
    "a.jsonl": lines(...CALLS.map(([input, output], i) => ({
      id: `c${i}`,
      log_id: "g",
      project_id: "p",
      span_id: `c${i}`,
      root_span_id: "r",
      span_attributes: { name: "chat", type: "llm" },
      created: wall(i)[0],
      metadata: { model: "m-small", session_id: "s1" },
      metrics: { start: 1_770_000_000 + i, end: 1_770_000_001 + i, ...usage(i) },
      input,
      output,
    }))),
  },
  "openai-agents-state": {
    "a.json": json({
      $schemaVersion: "1.4",
      original_input: ASK,
      model_responses: [
        { output: [{ type: "function_call", call_id: "c1", ...fn }], usage: inputUsage(0), response_id: "r1" },
        {
          output: [{ type: "message", role: "assistant", content: [{ type: "output_text", text: ANSWER }] }],
          usage: inputUsage(1),
          response_id: "r2",
        },
      ],
      generated_items: [
        { type: "tool_call_item", raw_item: { type: "function_call", call_id: "c1", ...fn } },
        { type: "tool_call_output_item", raw_item: { type: "function_call_output", call_id: "c1", output: RESULT } },
      ],
      current_agent: { name: "librarian" },
      trace: { object: "trace", id: "trace_1", workflow_name: "desk", group_id: "s1" },
    }),
  },
  "openai-agents-state:JavaScript": {
    "s1.json": json({
      $schemaVersion: "1.0",
      originalInput: [{ type: "message", role: "user", content: [{ type: "input_text", text: ASK }] }],
      modelResponses: [
        {
          output: [{ type: "function_call", callId: "c1", status: "completed", ...fn }],
          usage: { inputTokens: 100, outputTokens: 20 },
          responseId: "r1",
        },
        {
          output: [{ type: "message", role: "assistant", content: [{ type: "output_text", text: ANSWER }] }],
          usage: { inputTokens: 130, outputTokens: 7 },
          responseId: "r2",
        },
      ],
      generatedItems: [{
        type: "tool_call_output_item",
        rawItem: { type: "function_call_result", callId: "c1", name: fn.name, output: { type: "text", text: RESULT } },
      }],
      currentAgent: { name: "librarian" },
      trace: null,
    }),
  },
  "span-table:CloudWatch": {
    "a.jsonl": lines(...CALLS.flatMap(([input, output], i) => {
      const place = { traceId: "0af7", spanId: `0${i}` };
      const started = BigInt(Date.parse(wall(i)[0])) * 1_000_000n;
      const bodyOf = (messages: readonly object[]) => ({ messages });
      return [
        {
          ...place,
          name: "chat",
          startTimeUnixNano: String(started),
          endTimeUnixNano: String(started + 1_000_000_000n),
          attributes: {
            "gen_ai.operation.name": "chat",
            "gen_ai.request.model": "m-small",
            "gen_ai.usage.input_tokens": TOKENS[i]![0],
            "gen_ai.usage.output_tokens": TOKENS[i]![1],
            "session.id": "s1",
          },
          status: { code: "UNSET" },
        },
        {
          ...place,
          timeUnixNano: String(started + 500_000_000n),
          attributes: { "event.name": "librarian.tracer" },
          body: { input: bodyOf(input), output: bodyOf([output]) },
        },
      ];
    })),
  },
  "call-log": {
    "a.jsonl": lines(...CALLS.map(([messages, message], i) => ({
      session_id: "s1",
      startTime: wall(i)[0],
      endTime: wall(i)[1],
      model: "m-small",
      messages,
      response: { id: `x${i}`, model: "m-small", choices: [{ index: 0, message }], usage: usage(i) },
    }))),
  },
  "call-log:Anthropic": {
    "a.jsonl": lines(...CALLS.map(([messages, { content }], i) => ({
      session_id: "s1",
      timestamp: wall(i)[0],
      request_body: { model: "m-small", messages },
      response_body: {
        id: `x${i}`,
        type: "message",
        role: "assistant",
        model: "m-small",
        content: content === null
          ? [{ type: "tool_use", id: "c1", name: fn.name, input: parsedArgs }]
          : [{ type: "text", text: content }],
        usage: inputUsage(i),
      },
    }))),
  },
  "openai-agents": {
    "a.json": json({
      data: [
        { object: "trace", id: "t1", group_id: "s1", workflow_name: "librarian" },
        ...CALLS.map(([input, output], i) => ({
          object: "trace.span",
          id: `a${i}`,
          trace_id: "t1",
          started_at: wall(i)[0],
          ended_at: wall(i)[1],
          span_data: { type: "generation", model: "m-small", input, output: [output], usage: inputUsage(i) },
        })),
      ],
    }),
  },
  "span-table": {
    "a.jsonl": lines(...genAi.map((attributes, i) => ({
      name: "chat",
      context: { trace_id: "0x0af7", span_id: `0x0${i}` },
      start_time: wall(i)[0],
      end_time: wall(i)[1],
      attributes,
    }))),
  },
  "span-table:JavaScript": {
    "a.json": json(genAi.map((attributes, i) => ({
      name: "chat",
      spanContext: { traceId: "0af7", spanId: `0${i}` },
      startTime: [1_770_000_000 + 2 * i, 5],
      endTime: [1_770_000_001 + 2 * i, 5],
      attributes,
      status: { code: 0 },
      events: [],
    }))),
  },
  "claude-code": {
    "s1.jsonl": lines(
      claude("user", 0, { content: ASK }),
      claude("assistant", 1, {
        id: "m1",
        model: "m-small",
        content: [{ type: "tool_use", id: "c1", name: fn.name, input: parsedArgs }],
        usage: inputUsage(0),
      }),
      claude("user", 2, { content: [{ type: "tool_result", tool_use_id: "c1", content: RESULT }] }),
      claude("assistant", 3, {
        id: "m2",
        model: "m-small",
        content: [{ type: "text", text: ANSWER }],
        usage: inputUsage(1),
      }),
    ),
  },
  "codex": {
    "rollout.jsonl": lines(
      codex(0, "session_meta", { id: "s1", cwd: "/", cli_version: "1.0.0" }),
      codex(0, "turn_context", { model: "m-small" }),
      codex(1, "response_item", { type: "message", role: "user", content: [{ type: "input_text", text: ASK }] }),
      codex(2, "response_item", { type: "function_call", call_id: "c1", ...fn }),
      codex(2, "event_msg", counted(0)),
      codex(3, "response_item", { type: "function_call_output", call_id: "c1", output: RESULT }),
      codex(4, "response_item", {
        type: "message",
        role: "assistant",
        content: [{ type: "output_text", text: ANSWER }],
      }),
      codex(4, "event_msg", counted(1)),
    ),
  },
  "inspect": { "log.json": json({ ...inspect.header, samples: [inspect.sample] }) },
  "inspect:archive": {
    "log.eval": zipped({ "header.json": json(inspect.header), "samples/1_epoch_1.json": json(inspect.sample) }, "zstd"),
  },
  "gemini-cli": {
    "session-1.json": json({
      sessionId: "s1",
      projectHash: "h",
      startTime: at(0),
      messages: [
        { id: "0", timestamp: at(0), type: "user", content: [{ text: ASK }] },
        {
          id: "1",
          timestamp: at(1),
          type: "gemini",
          content: "",
          model: "m-small",
          tokens: { input: 100, output: 15, thoughts: 5, cached: 0 },
          toolCalls: [{
            id: "c1",
            name: fn.name,
            args: parsedArgs,
            result: [{ functionResponse: { id: "c1", name: fn.name, response: { output: RESULT } } }],
            status: "success",
            timestamp: at(2),
          }],
        },
        { id: "2", timestamp: at(3), type: "info", content: "saved" },
        {
          id: "3",
          timestamp: at(3),
          type: "gemini",
          content: ANSWER,
          model: "m-small",
          tokens: { input: 130, output: 7 },
        },
      ],
    }),
  },
  "qwen-code": {
    "a.jsonl": lines(
      ...[
        { type: "user", message: { role: "user", parts: [{ text: ASK }] } },
        {
          type: "assistant",
          model: "m-small",
          message: { role: "model", parts: [{ functionCall: { id: "c1", name: fn.name, args: parsedArgs } }] },
          usageMetadata: {
            promptTokenCount: 100,
            candidatesTokenCount: 20,
            thoughtsTokenCount: 5,
            totalTokenCount: 120,
          },
        },
        {
          type: "tool_result",
          message: {
            role: "user",
            parts: [{ functionResponse: { id: "c1", name: fn.name, response: { output: RESULT } } }],
          },
          toolCallResult: { callId: "c1", status: "success" },
        },
        {
          type: "assistant",
          model: "m-small",
          message: { role: "model", parts: [{ text: ANSWER }] },
          usageMetadata: { promptTokenCount: 130, candidatesTokenCount: 7 },
        },
      ].map((one, i) => ({
        uuid: `${i}`,
        parentUuid: i ? `${i - 1}` : null,
        sessionId: "s1",
        timestamp: at(i),
        cwd: "/",
        version: "0.21.0",
        ...one,
      })),
    ),
  },
  "opencode": { "a.json": json({ info: opencode.info, messages: opencode.messages }) },
  "opencode:storage": Object.fromEntries([
    ["session/p/s1.json", json(opencode.info)],
    ...opencode.messages.flatMap(({ info, parts }) => [
      [`message/s1/${info.id}.json`, json(info)],
      ...parts.map((part) => [`part/${info.id}/${part.id}.json`, json(part)]),
    ]),
  ]),
  "droid": {
    "a.jsonl": lines(
      { type: "session_start", id: "s1", title: "t", version: "0.81.0", cwd: "/" },
      ...[
        user,
        { role: "assistant", content: [{ type: "tool_use", id: "c1", name: fn.name, input: parsedArgs }] },
        { role: "user", content: [{ type: "tool_result", tool_use_id: "c1", content: RESULT }] },
        answer,
      ].map((message, i) => ({
        type: "message",
        id: `${i}`,
        parentId: i ? `${i - 1}` : "s1",
        timestamp: at(i),
        message,
      })),
    ),
  },
  "goose": { "a.json": json({ id: "s1", working_dir: "/", conversation: GOOSE, ...GOOSE_SUMS }) },
  "goose-file": { "s1.jsonl": lines({ working_dir: "/", message_count: 4, ...GOOSE_SUMS }, ...GOOSE) },
  "adk": {
    "a.json": json({
      id: "s1",
      app_name: "desk",
      events: [
        { author: "user", content: { role: "user", parts: [{ text: ASK }] } },
        {
          author: "desk",
          content: { role: "model", parts: [{ functionCall: { id: "c1", name: fn.name, args: parsedArgs } }] },
          usage_metadata: { prompt_token_count: 100, candidates_token_count: 20 },
        },
        {
          author: "desk",
          content: { role: "user", parts: [{ functionResponse: { id: "c1", name: fn.name, response: RESULT } }] },
        },
        {
          author: "desk",
          content: { role: "model", parts: [{ text: ANSWER }] },
          usage_metadata: { prompt_token_count: 130, candidates_token_count: 7 },
        },
      ].map((event, i) => ({ id: `e${i}`, timestamp: millis(i) / 1000, actions: { state_delta: {} }, ...event })),
    }),
  },
  "datadog": {
    "a.json": json({ data: datadog.map((attributes, i) => ({ id: `d${i}`, type: "span", attributes })) }),
  },
  "datadog:as sent": {
    "a.json": json({
      data: {
        type: "span",
        attributes: {
          ml_app: "desk",
          session_id: "s1",
          spans: datadog.map(({ session_id: _, span_kind: kind, input, output, model_name, start_ms, ...span }) => ({
            ...span,
            start_ns: start_ms * 1e6,
            meta: { kind, input, output, model_name },
          })),
        },
      },
    }),
  },
  "posthog": {
    "a.jsonl": lines(
      { uuid: "p", event: "$pageview", properties: {}, timestamp: at(0) },
      ...CALLS.map(([input, output], i) => ({
        uuid: `e${i}`,
        event: "$ai_generation",
        timestamp: wall(i)[1],
        properties: {
          "$ai_trace_id": "t1",
          "$ai_session_id": "s1",
          "$ai_model": "m-small",
          "$ai_latency": 1,
          "$ai_input": input,
          "$ai_output_choices": [output],
          "$ai_input_tokens": TOKENS[i]![0],
          "$ai_output_tokens": TOKENS[i]![1],
        },
      })),
    ),
  },
  "span-table:Honeycomb": {
    "a.jsonl": lines(...genAi.map((attributes, i) => ({
      "time": wall(i)[0],
      "trace.trace_id": "0af7",
      "trace.span_id": `0${i}`,
      "name": "chat",
      "duration_ms": 1000,
      ...attributes,
    }))),
  },
  "span-table:Sentry": {
    "a.json": json({
      event_id: "e1",
      type: "transaction",
      spans: CALLS.map(([input, output], i) => ({
        trace_id: "0af7",
        span_id: `0${i}`,
        op: "gen_ai.chat",
        description: "chat m-small",
        start_timestamp: millis(2 * i + 1) / 1000,
        timestamp: millis(2 * i + 2) / 1000,
        data: {
          "gen_ai.operation.name": "chat",
          "gen_ai.request.model": "m-small",
          "gen_ai.conversation.id": "s1",
          "gen_ai.request.messages": json(input),
          ...(output.content ? { "gen_ai.response.text": output.content } : {}),
          ...("tool_calls" in output ? { "gen_ai.response.tool_calls": json(output.tool_calls) } : {}),
          "gen_ai.usage.input_tokens": TOKENS[i]![0],
          "gen_ai.usage.output_tokens": TOKENS[i]![1],
        },
      })),
    }),
  },
  "call-log:Bedrock": {
    "a.jsonl": lines(...CONVERSE.map(([messages, message], i) => ({
      schemaType: "ModelInvocationLog",
      timestamp: wall(i)[0],
      requestId: `r${i}`,
      requestMetadata: { session_id: "s1" },
      modelId: "m-small",
      input: { inputBodyJson: { messages } },
      output: {
        outputBodyJson: {
          output: { message },
          usage: { inputTokens: TOKENS[i]![0], outputTokens: TOKENS[i]![1] },
        },
      },
    }))),
  },
  "strands": {
    "session_s1/session.json": json({ session_id: "s1", session_type: "AGENT", created_at: at(0) }),
    "session_s1/agents/agent_a/agent.json": json({ agent_id: "a", state: {}, conversation_manager_state: {} }),
    ...Object.fromEntries(
      [converse.user, converse.call, converse.result, converse.answer].map((message, message_id) => [
        `session_s1/agents/agent_a/messages/message_${message_id}.json`,
        json({ message, message_id, created_at: at(message_id) }),
      ]),
    ),
  },
  "letta": {
    "s1.json": json(
      [
        { message_type: "user_message", id: "m0", content: ASK },
        { message_type: "reasoning_message", id: "m1", reasoning: "" },
        { message_type: "tool_call_message", id: "m1", tool_call: { ...fn, tool_call_id: "c1" } },
        { message_type: "tool_return_message", id: "m2", tool_return: RESULT, tool_call_id: "c1", status: "success" },
        { message_type: "assistant_message", id: "m3", content: ANSWER },
      ].map((message, i) => ({ ...message, date: at(i) })).toReversed(),
    ),
  },
  "kimi-code": {
    "s1.jsonl": lines(
      { type: "metadata", protocol_version: "1.4", created_at: millis(0) },
      ...[
        { type: "config.update", profileName: "agent" },
        { type: "context.append_message", message: { role: "user", content: ASK, origin: { kind: "user" } } },
        ...kimiStep(0, { type: "tool.call", toolCallId: "c1", name: fn.name, args: parsedArgs }, {
          type: "tool.result",
          toolCallId: "c1",
          result: { output: RESULT },
        }),
        ...kimiStep(1, { type: "content.part", part: { type: "text", text: ANSWER } }),
      ].map((line, i) => ({ ...line, time: millis(i) })),
    ),
  },
  "copilot-cli": {
    "a.jsonl": lines(
      ...[
        { type: "session.start", data: { sessionId: "s1", copilotVersion: "1.0.77", selectedModel: "m-small" } },
        { type: "user.message", data: { content: ASK, transformedContent: ASK } },
        {
          type: "assistant.message",
          data: {
            messageId: "m1",
            content: "",
            toolRequests: [{ toolCallId: "c1", name: fn.name, arguments: parsedArgs, type: "function" }],
            outputTokens: 20,
          },
        },
        { type: "tool.execution_complete", data: { toolCallId: "c1", success: true, result: { content: RESULT } } },
        { type: "assistant.message", data: { messageId: "m2", content: ANSWER, toolRequests: [], outputTokens: 7 } },
        {
          type: "session.shutdown",
          data: { modelMetrics: { "m-small": { usage: { inputTokens: 230, outputTokens: 27, cacheReadTokens: 90 } } } },
        },
      ].map((event, i) => ({ ...event, id: `e${i}`, parentId: i ? `e${i - 1}` : null, timestamp: at(i) })),
    ),
  },
  "droid-stream": {
    "a.jsonl": lines(
      { type: "system", subtype: "init", cwd: "/", session_id: "s1", tools: [fn.name], model: "m-small" },
      ...[
        { type: "message", role: "user", id: "u1", text: ASK },
        { type: "tool_call", id: "c1", messageId: "a1", toolId: fn.name, toolName: fn.name, parameters: parsedArgs },
        { type: "tool_result", id: "c1", messageId: "r1", toolId: fn.name, isError: false, value: RESULT },
        { type: "message", role: "assistant", id: "a2", text: ANSWER },
        {
          type: "completion",
          finalText: ANSWER,
          numTurns: 2,
          usage: { ...inputUsage(0), input_tokens: 140, output_tokens: 27, cache_read_input_tokens: 90 },
        },
      ].map((line, i) => ({ ...line, timestamp: millis(i), session_id: "s1" })),
    ),
  },
  "cline": {
    "s1/api_conversation_history.json": json([
      user,
      {
        role: "assistant",
        content: [{ type: "tool_use", id: "c1", name: fn.name, input: parsedArgs }],
        modelInfo: { modelId: "m-small", providerId: "p" },
      },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "c1", content: RESULT }] },
      { role: "assistant", content: [{ type: "text", text: ANSWER }], modelInfo: { modelId: "m-small" } },
    ]),
    "s1/ui_messages.json": json(TOKENS.map(([tokensIn, tokensOut], i) => ({
      ts: millis(i),
      type: "say",
      say: "api_req_started",
      text: json({ request: "…", tokensIn: tokensIn - 50, tokensOut, cacheReads: 40, cacheWrites: 10, cost: 0.25 }),
    }))),
  },
  "swe-agent": {
    "s1.traj": json({
      environment: "main",
      trajectory: [0, 1].map(() => ({ action: "a", observation: "o", response: "r", state: {} })),
      history: [user, call, { ...result, tool_call_ids: ["c1"] }, answer].map((one) => ({ ...one, agent: "main" })),
      info: { model_stats: { tokens_sent: 230, tokens_received: 27, api_calls: 2 } },
      replay_config: json({ agent: { model: { name: "m-small" } } }),
    }),
  },
  "mini-swe-agent": {
    "s1.traj.json": json({
      trajectory_format: "mini-swe-agent-1.1",
      info: { mini_version: "1.1", config: { model: { model_name: "m-small" } } },
      messages: CHAT.map((one, i) => ({ ...one, extra: i % 2 ? { response: { usage: usage((i - 1) / 2) } } : {} })),
    }),
  },
  "openhands": {
    "output.jsonl": lines({
      instance_id: "s1",
      metadata: { llm_config: { model: "m-small" } },
      history: [
        { id: "0", timestamp: at(0), source: "user", action: "message", args: { content: ASK } },
        handled(0, "1"),
        { id: "2", timestamp: at(3), source: "agent", observation: "run", cause: "1", content: RESULT },
        handled(1, "3"),
      ],
    }),
  },
  "atif": {
    "a.json": json({
      schema_version: "ATIF-v1.4",
      session_id: "s1",
      agent: { name: "spade", version: "1", model_name: "m-small" },
      steps: [
        { step_id: 1, timestamp: at(0), source: "user", message: ASK },
        {
          step_id: 2,
          timestamp: at(1),
          source: "agent",
          message: "",
          tool_calls: [{ tool_call_id: "c1", function_name: fn.name, arguments: parsedArgs }],
          observation: { results: [{ source_call_id: "c1", content: RESULT }] },
          metrics: usage(0),
        },
        { step_id: 3, timestamp: at(3), source: "agent", message: ANSWER, metrics: usage(1) },
      ],
    }),
  },
  "docent": {
    "a.json": json({
      id: "s1",
      metadata: { model: "m-small" },
      transcripts: [{
        messages: [
          user,
          { ...call, tool_calls: [{ id: "c1", function: fn.name, arguments: parsedArgs }] },
          result,
          answer,
        ],
      }],
    }),
  },
  "pi": {
    "a.jsonl": lines(
      { type: "session", version: 3, id: "s1", cwd: "/", timestamp: at(0) },
      ...[
        user,
        {
          role: "assistant",
          model: "m-small",
          content: [{ type: "toolCall", id: "c1", name: fn.name, arguments: parsedArgs }],
          usage: { input: 100, output: 20 },
        },
        { role: "toolResult", toolCallId: "c1", content: [{ type: "text", text: RESULT }], isError: false },
        {
          role: "assistant",
          model: "m-small",
          content: [{ type: "text", text: ANSWER }],
          usage: { input: 130, output: 7 },
        },
      ].map((message, i) => ({
        type: "message",
        id: `${i}`,
        parentId: i ? `${i - 1}` : null,
        timestamp: at(i),
        message,
      })),
    ),
  },
  "bfcl": {
    "m-small/a.json": lines({
      id: "s1",
      result: [[[{ [fn.name]: ARGS }], ANSWER]],
      input_token_count: [[100, 130]],
      output_token_count: [[20, 7]],
      latency: [[1, 1]],
      inference_log: [{
        begin_of_turn_query: [user],
        step_0: [{ role: "assistant", content: [{ [fn.name]: ARGS }] }, { role: "tool", content: RESULT }],
        step_1: [{ role: "assistant", content: ANSWER }],
      }],
    }),
  },
  "tau-bench": {
    "a.json": json([{ task_id: "s", trial: 1, reward: 1, info: { model: "m-small" }, traj: CHAT }]),
  },
  "tau2-bench": {
    "a.json": json({
      info: { agent_info: { implementation: "llm_agent", llm: "m-small" } },
      simulations: [simulation],
    }),
  },
  "tau2-simulation": { "simulations/sim_0.json": json({ ...simulation, termination_reason: "user_stop" }) },
  "langchain": { "s1.json": json({ messages: langchain, model: "m-small" }) },
  "langchain:dumps": {
    "s1.json": json({
      messages: langchain.map(({ type, ...kwargs }) => ({
        lc: 1,
        type: "constructor",
        id: ["langchain", "schema", "messages", CLASSES[type]],
        kwargs,
      })),
    }),
  },
  "langchain-file": { "s1.json": json(langchain.map((data) => ({ type: data.type, data }))) },
  "chat-messages": { "a.jsonl": lines({ id: "s1", model: "m-small", messages: CHAT }) },
  "chat-messages:text": { "a.jsonl": lines({ id: "s1", model: "m-small", messages: json(CHAT) }) },
  "chat-messages:CSV": { "a.csv": csv({ id: "s1", model: "m-small", messages: json(CHAT) }) },
  "sharegpt": {
    "a.json": json([{
      id: "s1",
      model: "m-small",
      conversations: [
        { from: "human", value: ASK },
        { from: "function_call", value: json({ name: fn.name, arguments: parsedArgs }) },
        { from: "observation", value: RESULT },
        { from: "gpt", value: ANSWER },
      ],
    }]),
  },
  "conversation-file": { "s1.jsonl": lines(...CHAT) },
  "conversation-file:nested": {
    "s1.jsonl": lines(...CHAT.map(({ role, ...message }) => ({ role, message }))),
  },
  "conversation-file:CSV": {
    "a.csv": csv(...CHAT.map(({ role, content, ...more }) => ({
      session_id: "s1",
      role,
      content: content ?? "",
      tool_calls: "tool_calls" in more ? json(more.tool_calls) : "",
      tool_call_id: "tool_call_id" in more ? String(more.tool_call_id) : "",
    }))),
  },
  "v2": {
    "a.jsonl": lines({
      session_id: "s1",
      benchmark: "library",
      harness: "spade",
      models: ["m-small"],
      spans: genAi.map((attributes, i) => ({
        span_id: `0${i}`,
        trace_id: "0af7",
        name: "chat",
        start_time: wall(i)[0],
        end_time: wall(i)[1],
        status: { code: 0, message: "" },
        attributes,
      })),
    }),
  },
};
