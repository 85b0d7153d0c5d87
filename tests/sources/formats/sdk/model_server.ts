/**
 * A model on loopback that plays one story, through the APIs of OpenAI (chat, responses) and Anthropic: asked without any
 * tool's result it calls the first tool that it is offered, asked with one it answers.
 *
 * @module
 */
export const ANSWER = "It stands on shelf 9.";
export const ARGS = '{"title":"atlas"}';
export const CALL_TOKENS = [100, 20] as const;
export const ANSWER_TOKENS = [150, 10] as const;
/** The part of the second call's input that comes from the cache. */
export const CACHED = 60;

type Json = Record<string, unknown>;

/** A server that is listening. */
export interface ModelServer {
  url: string;
  requests: { path: string; body: Json }[];
  close(): Promise<void>;
}

/** Starts the model; `tool` names the tool it calls where a program brings many of its own. */
export function startModel(tool?: { name: string; args: string }): ModelServer {
  const requests: ModelServer["requests"] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (request.method !== "POST") return Response.json({ data: [], object: "list" });
    const body = await request.json().catch(() => ({})) as Json;
    requests.push({ path: pathname, body });
    if (pathname.endsWith("/chat/completions")) return reply(body, chat(body, tool), chatChunks);
    if (pathname.endsWith("/responses")) return reply(body, responses(body, tool), responseEvents);
    if (pathname.endsWith("/messages")) return reply(body, anthropic(body, tool), anthropicEvents);
    return Response.json({});
  });
  return { url: `http://127.0.0.1:${server.addr.port}`, requests, close: () => server.shutdown() };
}

function reply(body: Json, whole: Json, events: (whole: Json) => [string | null, unknown][]): Response {
  if (body["stream"] !== true) return Response.json(whole);
  const text = events(whole).map(([name, data]) =>
    `${name ? `event: ${name}\n` : ""}data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`
  );
  return new Response(text.join(""), { headers: { "content-type": "text/event-stream" } });
}

const told = (body: Json) => JSON.stringify(body["messages"] ?? body["input"] ?? "");
const isAnswered = (body: Json) =>
  /"(role":"tool"|type":"(function_call_output|tool_result|custom_tool_call_output)")/.test(told(body));
const firstTool = (body: Json): string => {
  const [tool] = (body["tools"] as Json[] | undefined) ?? [];
  return String((tool?.["function"] as Json | undefined)?.["name"] ?? tool?.["name"] ?? "none");
};

function chat(body: Json, tool?: { name: string; args: string }): Json {
  const answered = isAnswered(body) || !(body["tools"] as unknown[] | undefined)?.length;
  const call = {
    id: "call_1",
    type: "function",
    function: { name: tool?.name ?? firstTool(body), arguments: tool?.args ?? ARGS },
  };
  const [prompt_tokens, completion_tokens] = answered ? ANSWER_TOKENS : CALL_TOKENS;
  return {
    id: `chatcmpl-${answered ? 2 : 1}`,
    object: "chat.completion",
    created: 1_770_000_000,
    model: "m-small-2026",
    choices: [{
      index: 0,
      message: answered
        ? { role: "assistant", content: ANSWER, refusal: null }
        : { role: "assistant", content: null, tool_calls: [call] },
      finish_reason: answered ? "stop" : "tool_calls",
      logprobs: null,
    }],
    usage: {
      prompt_tokens,
      completion_tokens,
      total_tokens: prompt_tokens + completion_tokens,
      prompt_tokens_details: { cached_tokens: answered ? CACHED : 0 },
    },
  };
}

function chatChunks(whole: Json): [null, unknown][] {
  const [choice] = whole["choices"] as Json[];
  const message = choice!["message"] as Json;
  const calls = (message["tool_calls"] as Json[] | undefined)?.map((call, index) => ({ index, ...call }));
  const chunk = (delta: unknown, finish_reason: unknown, more = {}) => ({
    ...whole,
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason }],
    usage: null,
    ...more,
  });
  return [
    [
      null,
      chunk({ role: "assistant", content: message["content"] ?? null, ...(calls ? { tool_calls: calls } : {}) }, null),
    ],
    [null, chunk({}, choice!["finish_reason"])],
    [null, chunk({}, null, { choices: [], usage: whole["usage"] })],
    [null, "[DONE]"],
  ];
}

function responses(body: Json, tool?: { name: string; args: string }): Json {
  const answered = isAnswered(body) || !(body["tools"] as unknown[] | undefined)?.length;
  const [input_tokens, output_tokens] = answered ? ANSWER_TOKENS : CALL_TOKENS;
  const content = [{ type: "output_text", text: ANSWER, annotations: [] }];
  return {
    id: `resp_${answered ? 2 : 1}`,
    object: "response",
    created_at: 1_770_000_000,
    status: "completed",
    model: "m-small-2026",
    instructions: body["instructions"] ?? null,
    tools: body["tools"] ?? [],
    output: answered ? [{ type: "message", id: "msg_1", role: "assistant", status: "completed", content }] : [{
      type: "function_call",
      id: "fc_1",
      call_id: "call_1",
      name: tool?.name ?? firstTool(body),
      arguments: tool?.args ?? ARGS,
      status: "completed",
    }],
    usage: {
      input_tokens,
      output_tokens,
      total_tokens: input_tokens + output_tokens,
      input_tokens_details: { cached_tokens: answered ? CACHED : 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    },
  };
}

function responseEvents(whole: Json): [string, unknown][] {
  const [item] = whole["output"] as Json[];
  return [
    ["response.created", {
      type: "response.created",
      response: { ...whole, status: "in_progress", output: [], usage: null },
    }],
    ["response.output_item.added", { type: "response.output_item.added", output_index: 0, item }],
    ["response.output_item.done", { type: "response.output_item.done", output_index: 0, item }],
    ["response.completed", { type: "response.completed", response: whole }],
  ];
}

function anthropic(body: Json, tool?: { name: string; args: string }): Json {
  const offered = (body["tools"] as Json[] | undefined) ?? [];
  const called = tool && !offered.some(({ name }) => name === tool.name) ? undefined : tool;
  const answered = isAnswered(body) || offered.length === 0 || (tool !== undefined && called === undefined);
  const [input, output_tokens] = answered ? ANSWER_TOKENS : CALL_TOKENS;
  const cached = answered ? CACHED : 0;
  return {
    id: `msg_${answered ? 2 : 1}`,
    type: "message",
    role: "assistant",
    model: body["model"],
    content: answered ? [{ type: "text", text: ANSWER }] : [{
      type: "tool_use",
      id: "toolu_1",
      name: called?.name ?? firstTool(body),
      input: JSON.parse(called?.args ?? ARGS),
    }],
    stop_reason: answered ? "end_turn" : "tool_use",
    stop_sequence: null,
    usage: {
      input_tokens: input - cached,
      output_tokens,
      cache_read_input_tokens: cached,
      cache_creation_input_tokens: 0,
    },
  };
}

function anthropicEvents(whole: Json): [string, unknown][] {
  const [block] = whole["content"] as Json[];
  const text = block!["type"] === "text";
  const start = text ? { type: "text", text: "" } : { ...block, input: {} };
  const delta = text
    ? { type: "text_delta", text: block!["text"] }
    : { type: "input_json_delta", partial_json: JSON.stringify(block!["input"]) };
  return [
    ["message_start", { type: "message_start", message: { ...whole, content: [], stop_reason: null } }],
    ["content_block_start", { type: "content_block_start", index: 0, content_block: start }],
    ["content_block_delta", { type: "content_block_delta", index: 0, delta }],
    ["content_block_stop", { type: "content_block_stop", index: 0 }],
    ["message_delta", {
      type: "message_delta",
      delta: { stop_reason: whole["stop_reason"], stop_sequence: null },
      usage: whole["usage"],
    }],
    ["message_stop", { type: "message_stop" }],
  ];
}
