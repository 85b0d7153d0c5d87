/** Sessions of coding agents in terminals and editors. @module */
import { lines } from "../read.ts";
import { ANSWER, answer, ASK, at, fn, inputUsage, json, millis, parsedArgs, RESULT, TOKENS, user } from "./session.ts";

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
const part = (id: string, messageID: string, more: object) => ({ id, sessionID: "s1", messageID, ...more });
const tokens = (input: number, output: number, read: number) => ({
  input: input - read,
  output,
  reasoning: 0,
  cache: { read, write: 0 },
});
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

export const CODING_AGENT_SAMPLES = {
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
};
