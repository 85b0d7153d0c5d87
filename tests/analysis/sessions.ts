/** Sessions made up for tests. @module */
import { datasetOf as datasetInMemory, type Stated } from "../../lib/analysis/mod.ts";
import { type DatasetInMemory, modelFamily, runOf, type Session } from "../../lib/model/mod.ts";

/** A session with the fields given; the others are plain, and nothing that may be null is known. */
export function session(fields: Partial<Session> = {}): Session {
  const sessionId = fields.sessionId ?? "r1_s1";
  const deployment = fields.deployment ?? "azure/Kimi-K2.5";
  return {
    sessionId,
    id: sessionId,
    run: runOf(sessionId),
    taskId: null,
    trial: null,
    benchmark: "swebench",
    harness: "tool_calling",
    deployment,
    model: modelFamily(deployment),
    success: 1,
    officialSuccess: null,
    gradeOrigin: null,
    totalTokens: 1000,
    inputTokens: null,
    cachedTokens: null,
    cacheWriteTokens: null,
    outputTokens: null,
    reasoningTokens: null,
    tokensEstimated: false,
    calls: 10,
    startedAt: null,
    durationS: 60,
    wallClockS: null,
    toolErrors: null,
    errorSpans: 0,
    failureMode: null,
    judgeModel: null,
    judgeConfidence: null,
    judgeReasoning: null,
    judgeReliability: null,
    judgeFailingCall: null,
    judgeFailingQuote: null,
    topics: null,
    recordedUsd: null,
    ...fields,
  };
}

/** `n` sessions of one kind, the first `k` of them solved, with ids of their own. */
export function sessionsOf(n: number, k: number, fields: Partial<Session> = {}): Session[] {
  const run = fields.run ?? "r1";
  return Array.from({ length: n }, (_, i) => {
    const success = i < k ? 1 : 0;
    return session({ success, ...fields, sessionId: `${run}_${fields.harness ?? ""}${fields.benchmark ?? ""}${i}` });
  });
}

/** A dataset of sessions, with what it states apart from them. */
export function datasetOf(sessions: Session[], stated: Stated = {}): DatasetInMemory {
  const info = {
    name: "made up",
    sha256: "0".repeat(64),
    sessions: sessions.length,
    sentence: "Made up.",
    caption: "made up",
  };
  return datasetInMemory(info, sessions, stated);
}
