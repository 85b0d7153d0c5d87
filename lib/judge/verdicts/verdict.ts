import { z } from "zod";
import type { Verdict } from "../../model/mod.ts";
import { type Confidence, CONFIDENCES } from "./answer_schema.ts";

/**
 * Why there is a verdict or none: `judged` with 1 or 0; `cannot tell` in the judge's own words; `refused` by the judge or
 * its provider; `unreadable` after the attempt to have the reply repaired.
 */
export type Outcome = "judged" | "cannot tell" | "refused" | "unreadable";

/** One verdict: a line of `verdicts.jsonl`, where names are in snake_case. */
export interface JudgeVerdict {
  /** The judged session. */
  sessionId: string;
  /** Its suite. */
  benchmark: string;
  /** Who ran it. */
  harness: string;
  /** Its models as the source names them. */
  deployment: string;
  /** 1, 0, or null where the judge did not decide. */
  success: Verdict;
  /** Why there is a verdict or none. */
  outcome: Outcome;
  /** Null when the reply could not be read. */
  confidence: Confidence | null;
  /** The judge's reason; null where the reply could not be read. */
  reasoning: string | null;
  /** Whether the reasoning is longer than asked for, also after asking once more. */
  reasoningTooLong: boolean;
  /** Numbers of the calls that it rests on, from 1. */
  evidence: number[];
  /** Of a 0, the first call at which the session could no longer succeed; null where the judge names none that there is. */
  failingCall: number | null;
  /** Words of that call, at most 30, checked to stand in what the judge was shown of it; null without. */
  failingQuote: string | null;
  /** Whether the judge quoted something that does not stand in that call: it was dropped. */
  failingQuoteDropped: boolean;
  /** The model that was asked, and the one that the endpoint says answered. */
  judge: string;
  /** The model that the endpoint says answered; null where it does not. */
  judgeResponseModel: string | null;
  /** How it was asked in the end (`dialectText`); null where no endpoint was, or before this was recorded. */
  dialect: string | null;
  /** What an unreadable reply may depend on: endpoint, room, version of our reader. Null before this was recorded. */
  settings: string | null;
  /** Id of the rubric it was judged by. */
  rubric: string;
  /** That rubric's version. */
  rubricVersion: number;
  /** How far a transcript of such a task can show success, as the rubric says. */
  reliability: "strong" | "medium" | "weak";
  /** Of prompt and answer's schema: another hash is another measurement. */
  promptHash: string;
  /** Which of several askings of the same judge, from 1. */
  repeat: number;
  /** As the endpoint counts them, over all requests; null when it does not say of one of them. */
  inputTokens: number | null;
  /** The part of `inputTokens` from the endpoint's cache; null when it does not say. */
  cachedTokens: number | null;
  /** With what the model thought; null when the endpoint does not say. */
  outputTokens: number | null;
  /** Null when the judge's price or the tokens are not known. */
  usd: number | null;
  /** The same with each request of unknown cost at its worst case; null without a price. */
  usdAtMost: number | null;
  /** Share of the transcript's characters that the judge was shown. */
  shareShown: number;
  /** Requests sent, failed ones included. */
  attempts: number;
  /** The last reply as it came, when no verdict could be read from it. */
  raw: string | null;
}

const count = z.number().int().nonnegative();
const usd = z.number().nonnegative();

/** Checks a {@link JudgeVerdict}; what earlier versions did not record is filled in as not known. */
export const judgeVerdictSchema: z.ZodType<JudgeVerdict> = z.object({
  sessionId: z.string().min(1),
  benchmark: z.string(),
  harness: z.string(),
  deployment: z.string(),
  success: z.union([z.literal(0), z.literal(1)]).nullable(),
  outcome: z.enum(["judged", "cannot tell", "refused", "unreadable"]),
  confidence: z.enum(CONFIDENCES).nullable(),
  reasoning: z.string().nullable(),
  reasoningTooLong: z.boolean().default(false),
  evidence: z.array(z.number().int()),
  failingCall: count.nullable().default(null),
  failingQuote: z.string().nullable().default(null),
  failingQuoteDropped: z.boolean().default(false),
  judge: z.string().min(1),
  judgeResponseModel: z.string().nullable(),
  dialect: z.string().nullable().default(null),
  settings: z.string().nullable().default(null),
  rubric: z.string(),
  rubricVersion: count,
  reliability: z.enum(["strong", "medium", "weak"]),
  promptHash: z.string().min(1),
  repeat: count,
  inputTokens: count.nullable(),
  cachedTokens: count.nullable().default(null),
  outputTokens: count.nullable(),
  usd: usd.nullable(),
  usdAtMost: usd.nullable().default(null),
  shareShown: z.number().min(0).max(1),
  attempts: count,
  raw: z.string().nullable(),
});

/** What identifies a verdict: asked again with the same key, a judge is not asked. */
export function verdictKey(
  v: Pick<JudgeVerdict, "sessionId" | "rubric" | "rubricVersion" | "judge" | "promptHash" | "repeat">,
): string {
  return JSON.stringify([v.sessionId, v.rubric, v.rubricVersion, v.judge, v.promptHash, v.repeat]);
}
