import type { Session } from "../model/mod.ts";

/** Where a root row holds each field of a session; the failure mode is worked out, not stored. */
export const SESSION_FIELDS = {
  sessionId: "metadata.session_id",
  id: "id",
  run: "metadata.run",
  benchmark: "metadata.benchmark",
  harness: "metadata.harness",
  deployment: "metadata.deployment",
  model: "metadata.model",
  success: "scores.task_success",
  officialSuccess: "scores.official_success",
  totalTokens: "metadata.total_tokens",
  inputTokens: "metadata.input_tokens",
  cachedTokens: "metadata.cached_tokens",
  outputTokens: "metadata.output_tokens",
  calls: "metadata.calls",
  durationS: "metadata.duration_s",
  wallClockS: "metadata.wall_clock_s",
  toolErrors: "metadata.tool_errors",
  errorSpans: "metadata.error_spans",
  judgeModel: "metadata.judge_model",
  judgeConfidence: "metadata.judge_confidence",
  judgeReasoning: "metadata.judge_reasoning",
  judgeReliability: "metadata.judge_reliability",
  recordedUsd: "metadata.recorded_usd",
} as const satisfies Record<Exclude<keyof Session, "failureMode">, string>;

/**
 * The field of a root row that a GROUP BY or a sum reads for a field of a session; null for what it cannot read: the failure
 * mode is not stored, and the model is told from the deployment.
 */
export function countedField(field: keyof Session): string | null {
  return field === "failureMode" || field === "model" ? null : SESSION_FIELDS[field];
}
