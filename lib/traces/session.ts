import { modelFamily, runOf, type Session, type TraceRow } from "../model/mod.ts";
import { type Call, conversationOf } from "./conversation.ts";
import { rootRowId } from "./ids.ts";
import { isoOfUs } from "./time_text.ts";
import { timesOf } from "./times.ts";
import { toolErrorsOf } from "./tool_errors.ts";
import { errorSpansOf, usageOf } from "./usage.ts";

/**
 * Sums a recorded session up. `success` is the source's own grade where it has one, and null otherwise: verdicts of a
 * judge are joined later. The deployment is the first of the models logged
 * (`unspecified` where none was). What no call says (tokens, times) is null.
 *
 * @param calls null where the texts are not read: what errors tools reported is then unknown
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { exampleSession } from "agent-trace-lab/judge";
 * import { sessionOf } from "agent-trace-lab/traces";
 * const { calls, totalTokens } = sessionOf(exampleSession());
 * equal(calls, 5);
 * equal(totalTokens, 1406);
 * ```
 */
export function sessionOf(row: TraceRow, calls: readonly Call[] | null = conversationOf(row)): Session {
  const deployment = row.models[0] ?? "unspecified";
  const { inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens, totalTokens } = usageOf(row);
  const { startUs, durationS, wallClockS } = timesOf(row);
  const grade = row.grades?.success ?? null;
  return {
    sessionId: row.sessionId,
    id: rootRowId(row.sessionId),
    run: row.run ?? runOf(row.sessionId),
    taskId: row.taskId,
    trial: row.trial,
    benchmark: row.benchmark,
    harness: row.harness,
    deployment,
    model: modelFamily(deployment),
    success: grade,
    officialSuccess: grade,
    gradeOrigin: grade === null ? null : row.grades?.origin ?? null,
    totalTokens,
    inputTokens,
    cachedTokens,
    cacheWriteTokens,
    outputTokens,
    reasoningTokens,
    tokensEstimated: row.tokensEstimated ?? false,
    calls: row.spans.length,
    startedAt: startUs === null ? null : isoOfUs(startUs),
    durationS,
    wallClockS,
    toolErrors: calls === null ? null : toolErrorsOf(row, calls),
    errorSpans: errorSpansOf(row),
    failureMode: null,
    judgeModel: null,
    judgeConfidence: null,
    judgeReasoning: null,
    judgeReliability: null,
    judgeFailingCall: null,
    judgeFailingQuote: null,
    topics: null,
    recordedUsd: row.recordedUsd ?? row.grades?.agentUsd ?? null,
  };
}
