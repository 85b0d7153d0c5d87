/** Small rows for tests: every field unknown unless given. @module */
import type { Span, TraceRow } from "../../lib/model/mod.ts";

/** A span with nothing recorded but what is given. */
export function span(given: Partial<Span> = {}): Span {
  return {
    traceId: null,
    spanId: "s",
    parentSpanId: null,
    name: "chat m",
    startTime: null,
    endTime: null,
    status: { code: 1, message: "" },
    requestModel: null,
    responseModel: null,
    responseId: null,
    finishReasons: null,
    inputTokens: null,
    cachedTokens: null,
    cacheWriteTokens: null,
    reasoningTokens: null,
    outputTokens: null,
    inputMessages: null,
    outputMessages: null,
    toolDefinitions: null,
    systemInstructions: null,
    ...given,
  };
}

/** A session of these spans. */
export function traceRow(spans: Span[], given: Partial<TraceRow> = {}): TraceRow {
  return {
    sessionId: "run_1",
    benchmark: "swebench",
    harness: "tool_calling",
    taskId: null,
    trial: null,
    recordedUsd: null,
    models: ["azure/Some-Model-2025-01-01"],
    collectedAt: null,
    totalTokens: null,
    grades: null,
    metadata: {},
    spans,
    ...given,
  };
}

/** JSON text of messages in the GenAI shape: pairs of role and text. */
export function genAi(...pairs: [role: string, text: string][]): string {
  return JSON.stringify(pairs.map(([role, content]) => ({ role, parts: [{ type: "text", content }] })));
}
