/** Logs, states and events of services and frameworks. @module */
import { lines } from "../read.ts";
import { zipped } from "../zip.ts";
import {
  ANSWER,
  answer,
  ASK,
  at,
  call,
  CALLS,
  fn,
  inputUsage,
  json,
  millis,
  parsedArgs,
  RESULT,
  result,
  TOKENS,
  usage,
  user,
  wall,
} from "./session.ts";

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

export const SERVICE_SAMPLES = {
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
  "inspect": { "log.json": json({ ...inspect.header, samples: [inspect.sample] }) },
  "inspect:archive": {
    "log.eval": zipped({ "header.json": json(inspect.header), "samples/1_epoch_1.json": json(inspect.sample) }, "zstd"),
  },
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
};
