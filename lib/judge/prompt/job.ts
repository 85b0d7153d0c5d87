import type { Redacted, TraceRow } from "../../model/mod.ts";
import { buildPrompt } from "./prompt.ts";
import type { Rubric } from "../rubrics/rubric.ts";
import { tokensOf } from "../../traces/text_tokens.ts";
import type { Transcript } from "../transcript/transcript.ts";
import type { JudgeVerdict } from "../verdicts/verdict.ts";

/** One session to be asked of one judge under one rubric: what identifies its verdict, and what is asked. */
export interface Job extends
  Pick<
    JudgeVerdict,
    | "sessionId"
    | "benchmark"
    | "harness"
    | "deployment"
    | "judge"
    | "rubric"
    | "rubricVersion"
    | "reliability"
    | "promptHash"
    | "repeat"
    | "shareShown"
  > {
  /** The system message. */
  system: Redacted<string>;
  /** The transcript and the question. */
  user: Redacted<string>;
  /** Calls of the session: evidence names them by number. */
  calls: number;
  /** Input tokens by our own count. */
  estimatedTokens: number;
}

/** Tokens that chat formats add around two messages. */
const CHAT_OVERHEAD = 12;

/**
 * Makes the job of one session.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { jobOf, exampleSession, rubricFor, transcriptOf } from "agent-trace-lab/judge";
 * const row = exampleSession();
 * const settings = { judge: "owl-1", rubric: rubricFor(row.benchmark), repeat: 1, budgetTokens: 1000 };
 * equal(jobOf(row, transcriptOf(row), settings).judge, "owl-1");
 * ```
 */
export function jobOf(
  row: Pick<TraceRow, "sessionId" | "benchmark" | "harness" | "models">,
  transcript: Transcript,
  { judge, rubric, repeat, budgetTokens, expected = null }: {
    judge: string;
    rubric: Rubric;
    repeat: number;
    budgetTokens: number;
    /** The right answer, where there is one. */
    expected?: string | null;
  },
): Job {
  const prompt = buildPrompt(transcript, rubric, budgetTokens, expected);
  return {
    sessionId: row.sessionId,
    benchmark: row.benchmark,
    harness: row.harness,
    deployment: row.models[0] ?? "",
    judge,
    rubric: rubric.id,
    rubricVersion: rubric.version,
    reliability: rubric.reliability,
    promptHash: prompt.hash,
    repeat,
    shareShown: prompt.shown.shareShown,
    system: prompt.system,
    user: prompt.user,
    calls: prompt.calls,
    estimatedTokens: tokensOf(prompt.system) + tokensOf(prompt.user) + CHAT_OVERHEAD,
  };
}
