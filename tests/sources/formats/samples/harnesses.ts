/** Streams, trajectories and runs of further agents and harnesses. @module */
import { lines } from "../read.ts";
import {
  ANSWER,
  answer,
  ASK,
  at,
  call,
  CALLS,
  CHAT,
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
/** Lines of a step of Kimi's. */
const kimiStep = (i: number, ...events: object[]) => [
  { type: "llm.request", model: "m-small" },
  ...[
    { type: "step.begin" },
    ...events,
    { type: "step.end", usage: { inputOther: TOKENS[i]![0] - 90, output: TOKENS[i]![1], inputCacheRead: 90 } },
  ].map((event) => ({ type: "context.append_loop_event", event })),
];

export const HARNESS_SAMPLES = {
  "goose": { "a.json": json({ id: "s1", working_dir: "/", conversation: GOOSE, ...GOOSE_SUMS }) },
  "goose-file": { "s1.jsonl": lines({ working_dir: "/", message_count: 4, ...GOOSE_SUMS }, ...GOOSE) },
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
  "smolagents": {
    "s1.json": json([
      { task: ASK, task_images: null },
      ...[
        { ...call, id: "c1" },
        answer,
      ].map((message, i) => ({
        step_number: i + 1,
        timing: { start_time: millis(2 * i + 1) / 1000, end_time: millis(2 * i + 2) / 1000, duration: 1 },
        model_input_messages: null,
        tool_calls: i ? null : call.tool_calls,
        model_output_message: { role: "assistant", content: message.content, tool_calls: null, token_usage: null },
        model_output: message.content,
        observations: i ? null : RESULT,
        error: null,
        token_usage: inputUsage(i),
        is_final_answer: i === 1,
      })),
    ]),
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
  "openhands:event files": {
    "s1/base_state.json": json({ id: "s1", agent: { llm: { model: "m-small" } }, execution_status: "finished" }),
    ...Object.fromEntries(
      [
        { source: "user", kind: "MessageEvent", llm_message: { role: "user", content: [{ type: "text", text: ASK }] } },
        {
          source: "agent",
          kind: "ActionEvent",
          thought: [],
          tool_call: { id: "c1", ...fn, origin: "completion" },
          tool_call_id: "c1",
          llm_response_id: "r0",
        },
        {
          source: "environment",
          kind: "ObservationEvent",
          observation: { kind: "Found", content: [{ type: "text", text: RESULT }] },
          tool_call_id: "c1",
        },
        {
          source: "agent",
          kind: "MessageEvent",
          llm_message: { role: "assistant", content: [{ type: "text", text: ANSWER }] },
          llm_response_id: "r1",
        },
        {
          source: "environment",
          kind: "ConversationStateUpdateEvent",
          key: "stats",
          value: {
            usage_to_metrics: {
              agent: {
                model_name: "m-small",
                token_usages: [0, 1].map((i) => ({ ...usage(i), response_id: `r${i}` })),
              },
            },
          },
        },
      ].map((event, i) => [`s1/events/event-0000${i}-e${i}.json`, json({ id: `e${i}`, timestamp: at(i), ...event })]),
    ),
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
};
