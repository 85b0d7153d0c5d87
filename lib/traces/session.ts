import { modelFamily, runOf, type Session, type TraceRow } from "../model/mod.ts";
import { type Call, conversationOf } from "./conversation.ts";
import { rootRowId } from "./ids.ts";
import { durationS, wallClockS } from "./times.ts";
import { toolErrorsOf } from "./tool_errors.ts";
import { errorSpansOf, usageOf } from "./usage.ts";

/**
 * Sums a recorded session up. `success` is the source's own grade where it has one, and null otherwise: verdicts of a
 * judge are joined later. The deployment is the first of the models logged
 * (`unspecified` where none was). A session without any times has duration 0
 * (and `wallClockS` null).
 */
export function sessionOf(row: TraceRow, calls: readonly Call[] = conversationOf(row)): Session {
  const deployment = row.models[0] ?? "unspecified";
  const { inputTokens, cachedTokens, outputTokens, totalTokens } = usageOf(row);
  const grade = row.grades?.success ?? null;
  return {
    sessionId: row.sessionId,
    id: rootRowId(row.sessionId),
    run: runOf(row.sessionId),
    benchmark: row.benchmark,
    harness: row.harness,
    deployment,
    model: modelFamily(deployment),
    success: grade,
    officialSuccess: grade,
    totalTokens,
    inputTokens,
    cachedTokens,
    outputTokens,
    calls: row.spans.length,
    durationS: durationS(row) ?? 0,
    wallClockS: wallClockS(row),
    toolErrors: toolErrorsOf(row, calls),
    errorSpans: errorSpansOf(row),
    failureMode: null,
    judgeModel: null,
    judgeConfidence: null,
    judgeReasoning: null,
    judgeReliability: null,
    recordedUsd: row.grades?.agentUsd ?? null,
  };
}
