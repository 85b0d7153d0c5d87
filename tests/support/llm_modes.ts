/**
 * Ways in which endpoints answer, one a name: what people meet at OpenAI, Azure, Gemini, Anthropic, Groq, xAI, OpenRouter, vLLM,
 * Ollama and llama.cpp. Each makes a new server's behaviour.
 *
 * @module
 */
import { answer, type Behaviour, type SeenRequest } from "./llm_server.ts";

/** A server's behaviour; `nth` is the number of the request, from 1. */
export type Mode = (request: SeenRequest, nth: number) => Behaviour;

const says = (text: string | null, over: Partial<Extract<Behaviour, { text: string | null }>> = {}): Behaviour => ({
  text,
  ...over,
});
const yes = says(answer(1));
const refuse = (status: number, message: string, over: Record<string, unknown> = {}): Behaviour => ({
  status,
  error: { message, type: "invalid_request_error", param: null, code: null, ...over },
});
const wait = (retryAfter: string, message = "slow down"): Behaviour => ({
  status: 429,
  headers: { "retry-after": retryAfter },
  error: { message },
});
const once = (first: Behaviour, then: Behaviour = yes): Mode => (_, nth) => nth === 1 ? first : then;
const always = (behaviour: Behaviour): Mode => () => behaviour;
const has = ({ body }: SeenRequest, name: string) => body[name] !== undefined;
const formatOf = ({ body }: SeenRequest) => (body["response_format"] as { type?: string } | undefined)?.type;
const limitOf = ({ body }: SeenRequest) => Number(body["max_completion_tokens"] ?? body["max_tokens"] ?? 0);

/** Answers that are written in other ways than asked for. */
export const WRITTEN: Record<string, Mode> = {
  "in a fence": always(says("```json\n" + answer(1) + "\n```")),
  "in a fence of capitals, with words around it and braces in them": always(
    says("My ruling is\n```JSON\n" + answer(1) + "\n```\nAsk me {anything} else."),
  ),
  "after thoughts that hold a draft of the other ruling": always(
    says(`<think>Is it {"success": 1}? A draft: ${answer(0)} No.</think>\n${answer(1)}`),
  ),
  "after thoughts whose beginning is missing": always(
    says(`So the JSON would be {reasoning, success}. ${answer(0)}</think>${answer(1)}`),
  ),
  "after thoughts in other marks": always(says(`◁think▷ ${answer(0)} ◁/think▷${answer(1)}`)),
  "in channels": always(
    says(`<|channel|>analysis<|message|>${answer(0)}<|end|><|start|>assistant<|channel|>final<|message|>${answer(1)}`),
  ),
  "with line breaks inside its texts": always(
    says('{"reasoning":"first\nsecond","evidence":[1],"success":1,"confidence":"high"}'),
  ),
  "with commas behind last entries": always(
    says('{"reasoning":"ok","evidence":[1,],"success":1,"confidence":"high",}'),
  ),
  "in single quotation marks": always(
    says("{'reasoning':'it isn\\'t','evidence':[1],'success':1,'confidence':'high'}"),
  ),
  "as Python writes it": always(
    says("{'reasoning': 'ok', 'evidence': [1], 'success': True, 'confidence': 'low', 'failing_call': None}"),
  ),
  "with capitals in the confidence": always(says(answer(1, "High"))),
  "with success as text": always(says(answer("1"))),
  "with success as true": always(says(answer(true))),
  "with success as 1.0": always(
    says('{"reasoning":"ok","evidence":[1],"success":1.0,"confidence":"high"}'),
  ),
  "with evidence as texts": always(says(answer(1, "high", ["1", "call 2"]))),
  "with evidence that is no call": always(says(answer(1, "high", [1, 99999, -3, 1e21, 2.5]))),
  "inside another object": always(says(JSON.stringify({ verdict: JSON.parse(answer(1)) }))),
  "inside two more": always(says(JSON.stringify({ result: { output: JSON.parse(answer(1)) } }))),
  "inside a list": always(says(`[${answer(1)}]`)),
  "as a text of JSON": always(says(JSON.stringify(answer(1)))),
  "as a text inside an object": always(says(JSON.stringify({ answer: answer(1) }))),
  "with a byte order mark": always(says(`\uFEFF${answer(1)}`)),
  "with half a character in its reasoning": always(
    says('{"reasoning":"bad \\ud83d end","evidence":[1],"success":1,"confidence":"high"}'),
  ),
};

/** Answers that stand in other places than usual, or come in another form. */
export const PLACED: Record<string, Mode> = {
  "in parts": always(says(null, { message: { content: [{ type: "text", text: answer(1) }] } })),
  "in parts behind a part of thoughts": always(
    says(null, {
      message: { content: [{ type: "thinking", thinking: answer(0), text: answer(0) }, { text: answer(1) }] },
    }),
  ),
  "as a tool call": always(
    says(null, {
      finish: "tool_calls",
      message: { tool_calls: [{ id: "1", type: "function", function: { name: "verdict", arguments: answer(1) } }] },
    }),
  ),
  "as a function call of old": always(
    says(null, { finish: "function_call", message: { function_call: { name: "verdict", arguments: answer(1) } } }),
  ),
  "as a completion's text": always(says(null, { choice: { message: undefined, text: answer(1) } })),
  "where the server takes all for thoughts": always(says("", { message: { reasoning_content: answer(1) } })),
  "as plain text": always(says(answer(1), { type: "text/plain" })),
  "as events, unasked": always({
    events: [{ model: "m", choices: [{ index: 0, delta: { content: answer(1) } }] }, "data: [DONE]"],
  }),
  "as events in many pieces, with comments between": always({
    events: [
      ": PROCESSING",
      { model: "m", choices: [{ delta: { role: "assistant", content: answer(1).slice(0, 20) } }] },
      ": PROCESSING",
      { model: "m", choices: [{ delta: { content: answer(1).slice(20) }, finish_reason: null }] },
      { model: "m", choices: [{ delta: {}, finish_reason: "stop" }] },
      { model: "m", choices: [], usage: { prompt_tokens: 700, completion_tokens: 70, total_tokens: 770 } },
      "data: [DONE]",
    ],
  }),
  "as events under another content type": always({
    type: "application/json",
    events: [{ model: "m", choices: [{ delta: { content: answer(1) }, finish_reason: "stop" }] }],
  }),
  "in a list of one": always({
    raw: [{ model: "m", choices: [{ finish_reason: "stop", message: { content: answer(1) } }] }],
  }),
};

/** Requests that must be put in another way; each is met once and then known. */
export const DIALECTS: Record<string, Mode> = {
  "no temperature": (request) =>
    has(request, "temperature")
      ? refuse(400, "Unsupported value: 'temperature' does not support 0 with this model.", {
        code: "unsupported_value",
        param: "temperature",
      })
      : yes,
  "the older limit": (request) =>
    has(request, "max_completion_tokens") ? refuse(400, "Unrecognized argument: max_completion_tokens") : yes,
  "no limit": (request) =>
    limitOf(request) ? refuse(400, "max_tokens and max_completion_tokens are not permitted here") : yes,
  "a smaller limit": (request) => {
    if (has(request, "max_tokens")) return refuse(400, "Use 'max_completion_tokens' instead of max_tokens.");
    return limitOf(request) > 300
      ? refuse(400, "max_completion_tokens is too large: 2000. This model supports at most 300 completion tokens.")
      : yes;
  },
  "a JSON object": (request) =>
    formatOf(request) === "json_schema"
      ? refuse(400, "'response_format' of type 'json_schema' is not supported with this model.", {
        param: "response_format",
      })
      : yes,
  "nullable fields (Gemini)": (request) =>
    JSON.stringify(request.body["response_format"] ?? {}).includes('"null"]')
      ? {
        raw: [{
          error: {
            code: 400,
            message: "Unknown name \"type\" at 'generation_config.response_schema': Proto field is not repeating.",
            status: "INVALID_ARGUMENT",
          },
        }],
        status: 400,
      }
      : yes,
  "no schema (llama.cpp)": (request) =>
    formatOf(request) === "json_schema" ? refuse(400, "JSON schema conversion failed: Unrecognized schema") : yes,
  "no grammar, said as a server's fault (Ollama)": (request) =>
    formatOf(request) === "json_schema" ? refuse(500, "failed to parse grammar", { type: "api_error" }) : yes,
  "no format at all": (request) => formatOf(request) ? refuse(422, "extra fields not permitted: response_format") : yes,
  "no temperature, in words that say nothing": (request) =>
    has(request, "temperature") ? refuse(400, "Bad Request") : yes,
  "no format, in words that say nothing": (request) => formatOf(request) ? { raw: "nope", status: 400 } : yes,
  "no parameter that this provider has (OpenRouter)": (request) =>
    formatOf(request)
      ? refuse(404, "No endpoints found that can handle the requested parameters: response_format")
      : yes,
  "no system message (Gemma)": ({ body }) =>
    (body["messages"] as { role: string }[]).some(({ role }) => role === "system")
      ? refuse(400, "System role not supported")
      : yes,
  "streaming": ({ body }) => {
    if (!body["stream"]) return refuse(400, "This model only supports streaming; set stream to true");
    return {
      events: [{ model: "m", choices: [{ delta: { content: answer(1) }, finish_reason: "stop" }] }, "data: [DONE]"],
    };
  },
  "streaming without options": ({ body }) => {
    if (!body["stream"]) return refuse(400, "stream must be true");
    if (body["stream_options"]) return refuse(400, "unknown field: stream_options");
    return { events: [{ model: "m", choices: [{ delta: { content: answer(1) }, finish_reason: "stop" }] }] };
  },
};

/** Answers that a filter or the model withheld. */
export const REFUSED: Record<string, Mode> = {
  "the model's own words": always({ refusal: "I will not." }),
  "Azure, the prompt": always(
    refuse(400, "The response was filtered due to the prompt triggering the content management policy.", {
      code: "content_filter",
      param: "prompt",
      status: 400,
      innererror: { code: "ResponsibleAIPolicyViolation" },
    }),
  ),
  "Azure, the answer": always(says("", { finish: "content_filter" })),
  "Azure, only in the filters' results": always({
    raw: { model: "m", choices: [], prompt_filter_results: [{ content_filter_results: { hate: { filtered: true } } }] },
  }),
  "Gemini, the prompt": always({ raw: { promptFeedback: { blockReason: "PROHIBITED_CONTENT" } } }),
  "Gemini, the answer": always(says("", { finish: "SAFETY" })),
  "Anthropic": always(says("", { finish: "refusal" })),
  "OpenRouter": always({
    status: 403,
    error: {
      code: 403,
      message: "Input was flagged for moderation",
      metadata: { reasons: ["violence"], flagged_input: "x" },
    },
  }),
  "OpenAI, an invalid prompt": always(refuse(400, "Your prompt was not allowed.", { code: "invalid_prompt" })),
  "DashScope": always(refuse(400, "Input data may contain inappropriate content.", { code: "data_inspection_failed" })),
  "an error inside a 200": always({ raw: { error: { message: "blocked", code: "content_filter" } } }),
  "a guardrail": always(refuse(400, "Request blocked by guardrail.")),
};

/** Faults that pass: the second request is answered. */
export const PASSING: Record<string, Mode> = {
  "an overloaded server (529)": (_, nth) =>
    nth <= 2
      ? { raw: { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }, status: 529 }
      : yes,
  "a wait until a date": (_, nth) => nth === 1 ? wait(new Date(Date.now() + 3000).toUTCString()) : yes,
  "a wait in words": once(wait("soon")),
  "a wait below 0": once(wait("-5")),
  "a wait in Google's form": once({
    status: 429,
    error: {
      code: 429,
      status: "RESOURCE_EXHAUSTED",
      message: "quota",
      details: [{ "@type": "RetryInfo", retryDelay: "2s" }],
    },
  }),
  "a wait in a sentence": once({ status: 429, error: { message: "Rate limit reached. Please try again in 1m2.5s." } }),
  "an error inside a 200 with a server's code": once({ raw: { error: { message: "Upstream failed", code: 502 } } }),
  "a choice with an error": once(
    says("", {
      finish: "error",
      choice: { error: { code: 502, message: "Upstream overloaded" } },
      usage: { prompt_tokens: 10, completion_tokens: 0 },
    }),
  ),
  "a choice that ended in an error": once(says("", { finish: "error" })),
  "an error as an event": once({
    events: [{ choices: [{ delta: { content: "{" } }] }, { error: { message: "Provider disconnected", code: 502 } }],
  }),
  "events that break off": once({ events: [{ model: "m", choices: [{ delta: { content: answer(0).slice(0, 9) } }] }] }),
  "vLLM's error": once({
    raw: { object: "error", message: "engine is dead", type: "InternalServerError", code: 500 },
    status: 500,
  }),
  "an error that is a text": once({ raw: { error: "model is loading" }, status: 503 }),
  "an empty body": once({ raw: "" }),
  "a page": once({ status: 502, html: true }),
  "an answer thrown away for its form (Groq)": (_, nth) =>
    nth % 2 ? refuse(400, "Failed to generate JSON.", { code: "json_validate_failed", failed_generation: "{" }) : yes,
};

/** Answers for which there was not enough room, or nothing in it. */
export const CUT: Record<string, Mode> = {
  "a cut answer": (request) => limitOf(request) > 2000 ? yes : says(answer(1).slice(0, 30), { finish: "length" }),
  "all room spent on thoughts": (request) =>
    limitOf(request) > 2000 ? yes : says("", { finish: "length", message: { reasoning_content: answer(0) } }),
  "an empty answer, once": once(says("")),
  "an answer of null, once": once(says(null)),
};

/** Prompts that are too long, for this request alone. */
export const TOO_LONG: Record<string, Mode> = {
  "prompt and answer together": once(
    refuse(400, "'max_tokens' is too large: 2000. The maximum context length is 4096 tokens and the input has 3000."),
  ),
};

/** Counts of tokens as endpoints write them: what is kept of each. */
export const USAGES: [what: string, usage: Record<string, unknown> | null, kept: [input: unknown, output: unknown]][] =
  [
    ["none", null, [null, null]],
    ["fractions", { prompt_tokens: 1000.5, completion_tokens: 100.5, total_tokens: 1101 }, [1001, 101]],
    ["texts", { prompt_tokens: "1000", completion_tokens: "100", total_tokens: "1100" }, [1000, 100]],
    ["below 0", { prompt_tokens: -1, completion_tokens: 100, total_tokens: 99 }, [null, 100]],
    ["not a number", { prompt_tokens: "NaN", completion_tokens: "many", total_tokens: null }, [null, null]],
    ["huge", { prompt_tokens: 1e21, completion_tokens: 9e15, total_tokens: 1e22 }, [null, null]],
    ["far more than was sent", { prompt_tokens: 9_000_000, completion_tokens: 10 }, [null, 10]],
    [
      "thoughts beside the answer (xAI)",
      {
        prompt_tokens: 1000,
        completion_tokens: 100,
        total_tokens: 3000,
        completion_tokens_details: { reasoning_tokens: 1900 },
      },
      [1000, 2000],
    ],
    ["lists and objects", { prompt_tokens: [1000], completion_tokens: {} }, [null, null]],
  ];

const CHUNK = { model: "m", choices: [{ delta: { content: answer(1) }, finish_reason: "stop" }] };
const WHOLE = { model: "m", choices: [{ finish_reason: "stop", message: { role: "assistant", content: answer(1) } }] };
const COUNTED = { prompt_tokens: 700, completion_tokens: 70, total_tokens: 770 };
const events = (raw: string): Mode => always({ raw, headers: { "content-type": "text/event-stream" } });

/** Answers as gateways and servers of one's own wrap, cut and mark them: read at once, their count of tokens too. */
export const WRAPPED: Record<string, Mode> = {
  "as events with line ends of two characters, ids, names and comments": events(
    [
      ": hello",
      "",
      "event: message",
      "id: 1",
      `data: ${JSON.stringify(CHUNK)}`,
      "",
      "id: 2",
      `data: ${JSON.stringify({ choices: [], usage: COUNTED })}`,
      "",
      "data: [DONE]",
      "",
      "",
    ].join("\r\n"),
  ),
  "as events with line ends of the old kind": events(
    [`data:${JSON.stringify(CHUNK)}`, "", `data:${JSON.stringify({ choices: [], usage: COUNTED })}`, "", ""].join("\r"),
  ),
  "as events behind a byte order mark": events(
    `\ufeffdata: ${JSON.stringify({ ...CHUNK, usage: COUNTED })}\n\ndata: [DONE]\n\n`,
  ),
  "as one event whose data are several lines": events(
    `${JSON.stringify({ ...CHUNK, usage: COUNTED }, null, 1).replace(/^/gm, "data: ")}\n\n`,
  ),
  "as events with a count in each, the last one whole": always({
    events: [
      { ...CHUNK, usage: { prompt_tokens: 700, completion_tokens: 3, total_tokens: 703 } },
      { choices: [{ delta: {} }], usage: COUNTED },
      "data: [DONE]",
    ],
  }),
  "as a function call of old, in events": always({
    events: [
      { choices: [{ delta: { function_call: { name: "verdict", arguments: answer(1).slice(0, 9) } } }] },
      { choices: [{ delta: { function_call: { arguments: answer(1).slice(9) } }, finish_reason: "function_call" }] },
      { choices: [], usage: COUNTED },
    ],
  }),
  "where the server takes all for thoughts, in events": always({
    events: [
      { choices: [{ delta: { reasoning: answer(1).slice(0, 9) } }] },
      { choices: [{ delta: { reasoning: answer(1).slice(9) }, finish_reason: "stop" }], usage: COUNTED },
    ],
  }),
  "as JSON that is read already": always({
    raw: {
      ...WHOLE,
      choices: [{ finish_reason: "stop", message: { content: JSON.parse(answer(1)) } }],
      usage: COUNTED,
    },
  }),
  "in a gateway's envelope": always({ raw: { code: 0, message: "ok", data: { ...WHOLE, usage: COUNTED } } }),
  "beside an error that is none": always({ raw: { ...WHOLE, error: {}, detail: "", usage: COUNTED } }),
  "behind a line of spaces that kept the connection open": always({
    raw: `${" \n".repeat(50)}${JSON.stringify({ ...WHOLE, usage: COUNTED })}`,
  }),
  "with counts in the words of another interface": always({
    raw: { ...WHOLE, usage: { input_tokens: 700, output_tokens: 70 } },
  }),
};

/** More faults that pass: the second request is answered. */
export const PASSING_TOO: Record<string, Mode> = {
  "a limit without a word on how long (429)": once(refuse(429, "")),
  "a wait until a date that has passed": once(wait("Wed, 21 Oct 2015 07:28:00 GMT")),
  "a page in place of an answer (200)": once({
    raw: "<!doctype html><title>Sign in</title>",
    headers: { "content-type": "text/html" },
  }),
  "an answer without a choice": once({ raw: { model: "m", choices: [], usage: { ...COUNTED, completion_tokens: 0 } } }),
  "a proxy's page (502)": once({ status: 502, html: true }),
  "a gateway that gave up waiting (504)": once({ status: 504, html: true }),
  "a network in front of the server that gave up waiting (524)": once({ status: 524, html: true }),
  "Anthropic's own form of overload in events": once({
    raw: `event: error\ndata: ${
      JSON.stringify({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } })
    }\n\n`,
    headers: { "content-type": "text/event-stream" },
  }),
};

/** Refusals in further shapes. */
export const REFUSED_TOO: Record<string, Mode> = {
  "a part of the answer": always(says(null, { message: { content: [{ type: "refusal", refusal: "I will not." }] } })),
  "content of null, beside it a reason": always(says(null, { message: { refusal: "I cannot help with that." } })),
  "an answer that was stopped on its way": always(says(answer(0).slice(0, 25), { finish: "content_filter" })),
  "Gemini, in snake case": always({ raw: { prompt_feedback: { block_reason: "SAFETY" }, choices: [] } }),
};

/** What no further request will change: the run stops at the first, and says why. */
export const NOT_LET_IN: Record<string, [Mode, RegExp]> = {
  "a key that is not valid, as a bad request (Gemini)": [
    always({
      status: 400,
      raw: [{
        error: {
          code: 400,
          message: "API key not valid. Please pass a valid API key.",
          status: "INVALID_ARGUMENT",
          details: [{ reason: "API_KEY_INVALID" }],
        },
      }],
    }),
    /account: 400 API key not valid/,
  ],
  "a balance that is too low, as a bad request (Anthropic)": [
    always({
      status: 400,
      raw: {
        type: "error",
        error: { type: "invalid_request_error", message: "Your credit balance is too low to access the API." },
      },
    }),
    /account: 400 Your credit balance is too low/,
  ],
  "no balance (402)": [always(refuse(402, "Insufficient Balance")), /account: 402 Insufficient Balance/],
  "a model that is not there": [always(refuse(404, "model 'x' not found")), /account: 404 model 'x' not found/],
};
