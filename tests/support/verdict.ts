/** Verdicts for tests. @module */
import type { JudgeVerdict } from "../../lib/judge/mod.ts";
import type { Verdict } from "../../lib/model/mod.ts";

/** A verdict as `deno task judge` writes it; `over` replaces fields. */
export function judgeVerdict(
  sessionId: string,
  success: Verdict,
  over: Partial<JudgeVerdict> = {},
): JudgeVerdict {
  return {
    sessionId,
    benchmark: "appworld",
    harness: "tool_calling",
    deployment: "acme/agent-1",
    success,
    outcome: success === null ? "cannot tell" : "judged",
    confidence: "high",
    reasoning: "It gave the title.",
    reasoningTooLong: false,
    evidence: [2],
    failingCall: null,
    failingQuote: null,
    failingQuoteDropped: false,
    judge: "gpt-4.1",
    judgeResponseModel: null,
    dialect: null,
    settings: null,
    rubric: "appworld",
    rubricVersion: 1,
    reliability: "medium",
    promptHash: "abc",
    repeat: 1,
    inputTokens: null,
    cachedTokens: null,
    outputTokens: null,
    usd: null,
    usdAtMost: null,
    shareShown: 1,
    attempts: 1,
    raw: null,
    ...over,
  };
}
