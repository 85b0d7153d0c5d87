import type { Span, TraceRow } from "../../lib/model/mod.ts";

/** A message in the recorder's form. */
export interface RecordedMessage {
  role: string;
  parts: Record<string, unknown>[];
}

/** A text message. */
export function says(role: string, content: string): RecordedMessage {
  return { role, parts: [{ type: "text", content }] };
}

/** An assistant's tool call. */
export function calls(id: string, name: string, args: unknown): RecordedMessage {
  return { role: "assistant", parts: [{ type: "tool_call", id, name, arguments: args }] };
}

/** A tool's answer. */
export function returns(id: string, result: string): RecordedMessage {
  return { role: "tool", parts: [{ type: "tool_call_response", id, result }] };
}

/** One model call: what it was sent and what it answered. */
export function span(
  n: number,
  input: RecordedMessage[],
  output: RecordedMessage[],
  over: Partial<Span> = {},
): Span {
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
  return {
    traceId: null,
    spanId: `span-${n}`,
    parentSpanId: null,
    name: "chat",
    startTime: at(2 * n),
    endTime: at(2 * n + 1),
    status: { code: 1, message: "" },
    requestModel: "acme/agent-1",
    responseModel: null,
    responseId: null,
    finishReasons: null,
    inputTokens: 10,
    cachedTokens: null,
    cacheWriteTokens: null,
    reasoningTokens: null,
    outputTokens: 10,
    inputMessages: JSON.stringify(input),
    outputMessages: JSON.stringify(output),
    toolDefinitions: '[{"name":"look"}]',
    systemInstructions: null,
    ...over,
  };
}

/** A session of these calls. */
export function session(spans: Span[], over: Partial<TraceRow> = {}): TraceRow {
  return {
    sessionId: "run_1",
    benchmark: "appworld",
    harness: "tool_calling",
    taskId: null,
    trial: null,
    recordedUsd: null,
    models: ["acme/agent-1"],
    collectedAt: null,
    totalTokens: null,
    grades: null,
    spans,
    metadata: {},
    ...over,
  };
}

/** A small session with its number in the task: two calls, a tool call between them. */
export function smallSession(i: number, over: Partial<TraceRow> = {}): TraceRow {
  const task = says("user", `Task ${i}: find the ${i}th book and say its title.`);
  const call = calls("c1", "look", { shelf: i });
  const result = returns("c1", `The title is Book ${i}.`);
  return session([
    span(1, [says("system", "You are a librarian."), task], [call]),
    span(2, [says("system", "You are a librarian."), task, call, result], [says("assistant", `It is Book ${i}.`)]),
  ], { sessionId: `run${i % 7}_${i}`, run: `run${i % 7}`, ...over });
}
