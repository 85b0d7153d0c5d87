import assert from "node:assert/strict";
import { needs } from "../../support/needs.ts";
import { otlp, otlpLogs, type PlainSpan } from "./otlp.ts";
import { lines, readFiles, told } from "./read.ts";

const TASK = "Which shelf holds the atlas?";
const ARGS = '{"title":"atlas"}';
const RESULT = "shelf 9";
const ANSWER = "It stands on shelf 9.";
const STORY = {
  calls: 2,
  messages: ["user", "assistant", "tool", "assistant"],
  toolCalls: 1,
  characters: TASK.length + ARGS.length + RESULT.length + ANSWER.length,
  tokens: [250, 30],
  task: TASK,
  answer: ANSWER,
  models: ["m-small"],
};

/** The two calls of the story: what each was given and answered, in the shape that `chat` makes of the four messages. */
const user = { role: "user", content: TASK };
const call = {
  role: "assistant",
  content: null,
  tool_calls: [{ id: "c1", type: "function", function: { name: "find_book", arguments: ARGS } }],
};
const result = { role: "tool", tool_call_id: "c1", content: RESULT };
const answer = { role: "assistant", content: ANSWER };
const CHAT = [[[user], call], [[user, call, result], answer]] as const;
const parts = {
  user: { role: "user", parts: [{ type: "text", content: TASK }] },
  call: {
    role: "assistant",
    parts: [{ type: "tool_call", id: "c1", name: "find_book", arguments: { title: "atlas" } }],
  },
  result: { role: "tool", parts: [{ type: "tool_call_response", id: "c1", response: RESULT }] },
  answer: { role: "assistant", parts: [{ type: "text", content: ANSWER }], finish_reason: "stop" },
};
const PARTS = [[[parts.user], parts.call], [[parts.user, parts.call, parts.result], parts.answer]] as const;
const USAGE = [[100, 20], [150, 10]] as const;

const genAi = (i: number) => ({
  "gen_ai.operation.name": "chat",
  "gen_ai.request.model": "m-small",
  "gen_ai.usage.input_tokens": USAGE[i]![0],
  "gen_ai.usage.output_tokens": USAGE[i]![1],
});

type Messages = readonly (readonly [readonly unknown[], unknown])[];

/** Both calls with attributes made from their messages, besides the common ones. */
function calls(
  messages: Messages,
  attributes: (input: readonly unknown[], output: unknown, i: number) => Record<string, unknown>,
  common: (i: number) => Record<string, unknown> = genAi,
): PlainSpan[] {
  return messages.map(([input, output], i) => ({
    id: String(i + 2),
    parent: "1",
    attributes: { ...common(i), ...attributes(input, output, i) },
  }));
}

/** A message's parts under dotted names. */
function dotted(prefix: string, value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  if (typeof value !== "object") return { [prefix]: value };
  return Object.assign({}, ...Object.entries(value).map(([key, one]) => dotted(`${prefix}.${key}`, one)));
}

const json = JSON.stringify;
/** A value as Python writes it. */
const python = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(python).join(", ")}]`
    : typeof value === "object" && value !== null
    ? `{${Object.entries(value).map(([key, one]) => `'${key}': ${python(one)}`).join(", ")}}`
    : typeof value === "string"
    ? `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`
    : value === null
    ? "None"
    : String(value);
const vercelUser = { role: "user", content: [{ type: "text", text: TASK }] };
const vercelCall = {
  role: "assistant",
  content: [{ type: "tool-call", toolCallId: "c1", toolName: "find_book", input: { title: "atlas" } }],
};
const vercelResult = {
  role: "tool",
  content: [{ type: "tool-result", toolCallId: "c1", toolName: "find_book", output: { type: "text", value: RESULT } }],
};
const openInference = (message: Record<string, unknown>) => ({
  message: {
    ...message,
    ...(message["tool_calls"]
      ? {
        tool_calls: (message["tool_calls"] as { id: string; function: unknown }[]).map(({ id, function: fn }) => ({
          tool_call: { id, function: fn },
        })),
      }
      : {}),
  },
});
const llm = (i: number) => ({
  "openinference.span.kind": "LLM",
  "llm.model_name": "m-small",
  "llm.token_count.prompt": USAGE[i]![0],
  "llm.token_count.completion": USAGE[i]![1],
});
const ai = (i: number) => ({
  "ai.operationId": "ai.streamText.doStream",
  "ai.model.id": "m-small",
  "ai.usage.promptTokens": USAGE[i]![0],
  "ai.usage.completionTokens": USAGE[i]![1],
});
const eventName = ({ role }: { role?: string }) => `gen_ai.${role}.message`;
const asEvents = (input: readonly unknown[], output: unknown, body: (value: unknown) => Record<string, unknown>) => [
  ...input.map((message) => ({ name: eventName(message as object), attributes: body(message) })),
  { name: "gen_ai.choice", attributes: body({ index: 0, finish_reason: "stop", message: output }) },
];
const strings = (value: unknown) =>
  Object.fromEntries(
    Object.entries(value as object).filter(([, v]) => v !== null)
      .map(([key, v]) => [key, typeof v === "object" ? json(v) : v]),
  );
const withEvents = (body: (value: unknown) => Record<string, unknown>) =>
  calls(CHAT, () => ({})).map((span, i) => ({ ...span, events: asEvents(CHAT[i]![0], CHAT[i]![1], body) }));
const gemini = (message: { role: string; parts?: unknown[] }) => message;
const GEMINI: Messages = (() => {
  const u = gemini({ role: "user", parts: [{ text: TASK }] });
  const c = gemini({
    role: "model",
    parts: [{ functionCall: { id: "c1", name: "find_book", args: { title: "atlas" } } }],
  });
  const r = gemini({ role: "tool", parts: [{ functionResponse: { id: "c1", name: "find_book", response: RESULT } }] });
  const a = gemini({ role: "model", parts: [{ text: ANSWER }] });
  return [[[u], c], [[u, c, r], a]];
})();
const lang = (type: string, kwargs: unknown) => ({
  lc: 1,
  type: "constructor",
  id: ["langchain", "schema", type],
  kwargs,
});
const LANG: Messages = (() => {
  const u = lang("HumanMessage", { content: TASK, additional_kwargs: {} });
  const tool_calls = [{ name: "find_book", args: { title: "atlas" }, id: "c1", type: "tool_call" }];
  const c = lang("AIMessage", { content: "", tool_calls, response_metadata: { model: "m" }, id: "run-1" });
  const r = lang("ToolMessage", { content: RESULT, tool_call_id: "c1", name: "find_book", status: "success" });
  const a = lang("AIMessage", { content: ANSWER, usage_metadata: {}, invalid_tool_calls: [] });
  return [[[u], c], [[u, c, r], a]];
})();
const RESPONSES: Messages = (() => {
  const c = {
    type: "function_call",
    call_id: "c1",
    id: "fc_1",
    name: "find_book",
    arguments: ARGS,
    status: "completed",
  };
  const r = { type: "function_call_output", call_id: "c1", output: RESULT };
  const a = { type: "message", role: "assistant", id: "msg_1", content: [{ type: "output_text", text: ANSWER }] };
  return [[[user], c], [[user, c, r], a]];
})();

/** Every way in which recorders write the story. */
const DIALECTS: Record<string, readonly PlainSpan[]> = {
  "messages of today's conventions": calls(PARTS, (input, output) => ({
    "gen_ai.input.messages": json(input),
    "gen_ai.output.messages": json([output]),
  })),
  "messages of today's conventions, not as text": calls(PARTS, (input, output) => ({
    "gen_ai.input.messages": input,
    "gen_ai.output.messages": [output],
  })),
  "an event with all details": calls(PARTS, () => ({})).map((span, i) => ({
    ...span,
    events: [{
      name: "gen_ai.client.inference.operation.details",
      attributes: { "gen_ai.input.messages": json(PARTS[i]![0]), "gen_ai.output.messages": json([PARTS[i]![1]]) },
    }],
  })),
  "one event a message, its parts as attributes": withEvents(strings),
  "one event a message, its body as text": withEvents((value) => ({
    event_body: json(value),
    "gen_ai.system": "openai",
  })),
  "two events with all": calls(CHAT, () => ({})).map((span, i) => ({
    ...span,
    events: [
      { name: "gen_ai.content.prompt", attributes: { "gen_ai.prompt": json(CHAT[i]![0]) } },
      { name: "gen_ai.content.completion", attributes: { "gen_ai.completion": json([CHAT[i]![1]]) } },
    ],
  })),
  "one attribute of JSON text": calls(CHAT, (input, output) => ({
    "gen_ai.prompt": json({ messages: input }),
    "gen_ai.completion": json({ choices: [{ message: output }] }),
  })),
  "one attribute a part (OpenLLMetry)": calls(
    CHAT,
    (input, output) => ({
      ...dotted("gen_ai.prompt", input.map(flat)),
      ...dotted("gen_ai.completion", [flat(output)]),
    }),
    (i) => ({
      "llm.request.type": "chat",
      "gen_ai.request.model": "m-small",
      "gen_ai.usage.prompt_tokens": USAGE[i]![0],
      "gen_ai.usage.completion_tokens": USAGE[i]![1],
    }),
  ),
  "one attribute a part (OpenLLMetry's first names)": calls(
    CHAT,
    (input, output) => ({
      ...dotted("llm.prompts", input.map(flat)),
      ...dotted("llm.completions", [flat(output)]),
    }),
    (i) => ({
      "llm.request.type": "chat",
      "llm.request.model": "m-small",
      "llm.usage.prompt_tokens": USAGE[i]![0],
      "llm.usage.completion_tokens": USAGE[i]![1],
    }),
  ),
  "OpenInference": calls(CHAT, (input, output) => ({
    ...dotted("llm.input_messages", input.map((one) => openInference(one as typeof user))),
    ...dotted("llm.output_messages", [openInference(output as typeof user)]),
  }), llm),
  "OpenInference in a data frame's lists": calls(CHAT, (input, output) => ({
    "llm.input_messages": json(input.map((one) => keyed(openInference(one as typeof user)))),
    "llm.output_messages": json([keyed(openInference(output as typeof user))]),
  }), llm),
  "OpenInference in a data frame's lists, as Python writes them into a CSV": calls(CHAT, (input, output) => ({
    "llm.input_messages": python(input.map((one) => keyed(openInference(one as typeof user)))),
    "llm.output_messages": python([keyed(openInference(output as typeof user))]),
  }), llm),
  "OpenInference with request and response alone": calls(CHAT, (input, output) => ({
    "input.value": json({ model: "m-small", messages: input }),
    "input.mime_type": "application/json",
    "output.value": json({ id: "r", choices: [{ index: 0, message: output }] }),
  }), llm),
  "the Vercel AI SDK": calls([[[vercelUser], null], [[vercelUser, vercelCall, vercelResult], null]], (input, _, i) => ({
    "ai.prompt.messages": json(input),
    ...(i === 0
      ? {
        "ai.response.toolCalls": json([{
          toolCallId: "c1",
          toolName: "find_book",
          input: ARGS,
          toolCallType: "function",
        }]),
      }
      : { "ai.response.text": ANSWER }),
  }), ai),
  "the Vercel AI SDK 3": calls(
    [[[vercelUser], null], [[vercelUser, vercelCall, vercelResult], null]],
    (input, _, i) => ({
      "ai.prompt.messages": json(input),
      ...(i === 0
        ? { "ai.result.toolCalls": json([{ toolCallId: "c1", toolName: "find_book", args: ARGS }]) }
        : { "ai.result.text": ANSWER }),
    }),
    ai,
  ),
  "Pydantic AI's list of events": calls(CHAT, (input, output) => ({
    events: json([
      ...input.map((one) => ({ "event.name": eventName(one as object), "gen_ai.message.index": 0, ...one as object })),
      { "event.name": "gen_ai.choice", index: 0, message: output },
    ]),
  })),
  "Logfire's request and response": calls(CHAT, (input, output, i) => ({
    "request_data": json({ messages: input, model: "m-small", stream: false }),
    "response_data": json({ message: output, usage: null }),
    "gen_ai.request.model": "m-small",
    "gen_ai.usage.input_tokens": USAGE[i]![0],
    "gen_ai.usage.output_tokens": USAGE[i]![1],
  }), () => ({})),
  "LiteLLM": calls(PARTS, (input, output) => ({
    "gen_ai.operation.name": "acompletion",
    "gen_ai.input.messages": json(input),
    "gen_ai.output.messages": json([output]),
  })),
  "MLflow": calls(CHAT, (input, output, i) => ({
    "mlflow.spanType": '"CHAT_MODEL"',
    "mlflow.spanInputs": json({ messages: input, model: "m-small" }),
    "mlflow.spanOutputs": json({ choices: [{ message: output }] }),
    "mlflow.chat.tokenUsage": json({ input_tokens: USAGE[i]![0], output_tokens: USAGE[i]![1], total_tokens: 1 }),
  }), () => ({})),
  "Langfuse": calls(CHAT, (input, output, i) => ({
    "langfuse.observation.type": "generation",
    "langfuse.observation.model.name": "m-small",
    "langfuse.observation.input": json({ messages: input, tools: [] }),
    "langfuse.observation.output": json(output),
    "langfuse.observation.usage_details": json({ input: USAGE[i]![0], output: USAGE[i]![1] }),
  }), () => ({})),
  "Gemini's request and response": calls(GEMINI, (input, output) => ({
    "input.value": json({ contents: input }),
    "output.value": json({ candidates: [{ content: output, finishReason: "STOP" }] }),
  }), llm),
  "LangChain's request and response": calls(LANG, (input, output) => ({
    "input.value": json({ messages: [input] }),
    "output.value": json({ generations: [[{ text: "", message: output }]], llm_output: null }),
  }), llm),
  "the responses API's request and response": calls(RESPONSES, (input, output) => ({
    "input.value": json({ input }),
    "output.value": json({ output: [output], usage: {} }),
  }), llm),
};

/** OpenLLMetry writes the function of a tool call flat. */
function flat(message: unknown) {
  const { tool_calls, ...rest } = message as typeof call;
  const list = tool_calls?.map(({ id, function: fn }) => ({ id, ...fn }));
  return { ...rest, ...(list ? { tool_calls: list } : {}) };
}

/** Objects whose nested keys are joined by dots, as pandas writes attributes. */
function keyed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(keyed);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) =>
      typeof one === "object" && one !== null && !Array.isArray(one)
        ? Object.entries(keyed(one) as object).map(([inner, v]) => [`${key}.${inner}`, v])
        : [[key, keyed(one)]]
    ),
  );
}

for (const [dialect, spans] of Object.entries(DIALECTS)) {
  needs(["read", "write"], `calls written as ${dialect} tell the same story`, async () => {
    const root = {
      id: "1",
      name: "agent",
      attributes: { "openinference.span.kind": "AGENT", "ai.operationId": "ai.streamText" },
    };
    const { rows, faults } = await readFiles({ "a.json": json(otlp(root, ...spans)) });
    assert.deepEqual(faults, []);
    const { sessionId: _, tokens, ...rest } = told(rows[0]!);
    assert.deepEqual({ ...rest, tokens: tokens.slice(0, 2) }, STORY);
  });
}

needs(["read", "write"], "messages in log records are joined to their spans, in a file of all signals", async () => {
  const records = CHAT.flatMap(([input, output], i) =>
    asEvents(input, output, (value) => strip(value)).map(({ name, attributes }) => ({
      span: String(i + 2),
      name,
      body: attributes,
    }))
  );
  const { rows, faults } = await readFiles({
    "a.jsonl": lines({ resourceMetrics: [] }, otlpLogs(...records), otlp(...calls(CHAT, () => ({})))),
  });
  assert.deepEqual(faults, []);
  const { sessionId: _, tokens, ...rest } = told(rows[0]!);
  assert.deepEqual({ ...rest, tokens: tokens.slice(0, 2) }, STORY);
});

/** A value without nulls, which OTLP has no word for here. */
function strip(value: unknown): Record<string, unknown> {
  return JSON.parse(json(value, (_, v) => v === null ? undefined : v));
}

needs(["read", "write"], "a session is named by the attribute of any dialect", async () => {
  for (
    const name of ["session.id", "ai.telemetry.metadata.sessionId", "gen_ai.conversation.id", "langfuse.session.id"]
  ) {
    const spans = calls(PARTS, (input) => ({ "gen_ai.input.messages": json(input), [name]: "g7" }));
    const { rows } = await readFiles({ "a.json": json(otlp(...spans)) });
    assert.deepEqual(rows.map(({ sessionId }) => sessionId), ["g7"]);
  }
});

needs(["read", "write"], "tools that were offered are found, and instructions that stand apart", async () => {
  const schema = { type: "function", function: { name: "find_book", parameters: {} } };
  for (
    const attributes of [
      { "gen_ai.tool.definitions": json([schema]) },
      { "llm.tools.0.tool.json_schema": json(schema) },
      { "ai.prompt.tools": [json(schema)] },
    ]
  ) {
    const system = { "gen_ai.system_instructions": json([{ type: "text", content: "Keep the books." }]) };
    const spans = calls(PARTS, (input) => ({ "gen_ai.input.messages": json(input), ...attributes, ...system }));
    const { rows } = await readFiles({ "a.json": json(otlp(...spans)) });
    assert.deepEqual(JSON.parse(rows[0]!.spans[0]!.toolDefinitions!), [schema]);
    assert.deepEqual(told(rows[0]!).messages[0], "system");
  }
});
