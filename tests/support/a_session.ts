/** A session for tests that care about a few of its fields. @module */
import type { Session } from "../../lib/model/mod.ts";

/** A scored session with the given fields and unremarkable others. */
export function aSession(fields: Partial<Session> = {}): Session {
  return {
    sessionId: "run_1",
    id: "00000000-0000-5000-8000-000000000000",
    run: "run",
    benchmark: "swebench",
    harness: "claude_code",
    deployment: "gpt-4.1",
    model: "gpt-4.1",
    success: 1,
    officialSuccess: null,
    totalTokens: 1000,
    inputTokens: null,
    cachedTokens: null,
    outputTokens: null,
    calls: 10,
    durationS: 60,
    wallClockS: null,
    toolErrors: 0,
    errorSpans: 0,
    failureMode: null,
    judgeModel: null,
    judgeConfidence: null,
    judgeReasoning: null,
    judgeReliability: null,
    recordedUsd: null,
    ...fields,
  };
}
