import { z } from "zod";
import type { Verdict } from "../../model/mod.ts";

/** How sure a judge says it is. */
export const CONFIDENCES = ["high", "medium", "low"] as const;

/** One of {@link CONFIDENCES}. */
export type Confidence = typeof CONFIDENCES[number];

/** What a judge answers. */
export interface Answer {
  success: Verdict;
  confidence: Confidence;
  reasoning: string;
  /** Numbers of the calls it rests on; may be empty. */
  evidence: number[];
}

/** Checks an {@link Answer}: no type is bent to fit, a text "1" or a true is not a verdict. */
export const answerSchema = z.object({
  success: z.union([z.literal(0), z.literal(1)]).nullable(),
  confidence: z.enum(CONFIDENCES),
  reasoning: z.string(),
  evidence: z.array(z.number().int()),
}) satisfies z.ZodType<Answer>;

/** {@link Answer} as a strict JSON schema, for endpoints that hold their models to one. */
export const ANSWER_JSON_SCHEMA = {
  type: "object",
  properties: {
    reasoning: { type: "string", description: "At most 35 words." },
    evidence: { type: "array", items: { type: "integer" }, description: "Numbers of the calls the verdict rests on." },
    success: { type: ["integer", "null"], enum: [0, 1, null] },
    confidence: { type: "string", enum: [...CONFIDENCES] },
  },
  required: ["reasoning", "evidence", "success", "confidence"],
  additionalProperties: false,
} as const;

/**
 * Why there is a verdict or none: `judged` with 1 or 0; `cannot tell` in the judge's own words; `refused` by the judge or
 * its provider; `unreadable` after the attempt to have the reply repaired.
 */
export type Outcome = "judged" | "cannot tell" | "refused" | "unreadable";

/** One verdict: a line of `verdicts.jsonl`. */
export interface JudgeVerdict {
  sessionId: string;
  benchmark: string;
  harness: string;
  deployment: string;
  success: Verdict;
  outcome: Outcome;
  /** Null when the reply could not be read. */
  confidence: Confidence | null;
  reasoning: string | null;
  evidence: number[];
  /** The model that was asked, and the one that the endpoint says answered. */
  judge: string;
  judgeResponseModel: string | null;
  rubric: string;
  rubricVersion: number;
  reliability: "strong" | "medium" | "weak";
  promptHash: string;
  /** Which of several askings of the same judge, from 1. */
  repeat: number;
  /** As the endpoint counts them, over all replies received; null when it says nothing. */
  inputTokens: number | null;
  outputTokens: number | null;
  /** Null when the judge's price or the tokens are not known. */
  usd: number | null;
  /** Share of the transcript's characters that the judge was shown. */
  shareShown: number;
  /** Requests sent, failed ones included. */
  attempts: number;
  /** The last reply as it came, when no verdict could be read from it. */
  raw: string | null;
}

const count = z.number().int().nonnegative();

/** Checks a {@link JudgeVerdict}. */
export const judgeVerdictSchema = z.object({
  sessionId: z.string().min(1),
  benchmark: z.string(),
  harness: z.string(),
  deployment: z.string(),
  success: answerSchema.shape.success,
  outcome: z.enum(["judged", "cannot tell", "refused", "unreadable"]),
  confidence: z.enum(CONFIDENCES).nullable(),
  reasoning: z.string().nullable(),
  evidence: z.array(z.number().int()),
  judge: z.string().min(1),
  judgeResponseModel: z.string().nullable(),
  rubric: z.string(),
  rubricVersion: count,
  reliability: z.enum(["strong", "medium", "weak"]),
  promptHash: z.string().min(1),
  repeat: count,
  inputTokens: count.nullable(),
  outputTokens: count.nullable(),
  usd: z.number().nonnegative().nullable(),
  shareShown: z.number().min(0).max(1),
  attempts: count,
  raw: z.string().nullable(),
}) satisfies z.ZodType<JudgeVerdict>;

/** What identifies a verdict: asked again with the same key, a judge is not asked. */
export function verdictKey(
  v: Pick<JudgeVerdict, "sessionId" | "rubric" | "rubricVersion" | "judge" | "promptHash" | "repeat">,
): string {
  return JSON.stringify([v.sessionId, v.rubric, v.rubricVersion, v.judge, v.promptHash, v.repeat]);
}
