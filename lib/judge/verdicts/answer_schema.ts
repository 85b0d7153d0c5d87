import { z } from "zod";
import type { Verdict } from "../../model/mod.ts";

/** How sure a judge says it is. */
export const CONFIDENCES = ["high", "medium", "low"] as const;

/** One of {@link CONFIDENCES}. */
export type Confidence = "high" | "medium" | "low";

/** Most words of a judge's reasoning. */
export const MAX_REASONING_WORDS = 35;

/** Most words of a quotation. */
export const MAX_QUOTE_WORDS = 30;

/** What a judge answers. */
export interface Answer {
  success: Verdict;
  confidence: Confidence;
  reasoning: string;
  /** Numbers of the calls it rests on; may be empty. */
  evidence: number[];
  /** The first call at which the session could no longer succeed; null unless `success` is 0. */
  failingCall: number | null;
  /** Words of that call, as the judge gives them: not checked yet. */
  failingQuote: string | null;
}

/** A whole number, also as text: "2", "call 2". */
const callNumber = z.union([z.number(), z.string()]).transform((value) => {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : null;
  const found = /^\D{0,20}?(\d{1,9})\D{0,20}$/.exec(value)?.[1];
  return found === undefined ? null : Number(found);
});

/** Values that say the same in a form that models use where no schema holds them to one. */
const SAID: Record<string, Verdict> = { "1": 1, "0": 0, "true": 1, "false": 0, "null": null };

/**
 * Reads an {@link Answer} from the keys that are asked for (`failing_call`, `failing_quote`). `success` is 1, 0 or null, also
 * as true, false or a text of these; other words ("yes") are not read. What is not a number of a call is left out of
 * `evidence`: it is not the verdict.
 */
export const answerSchema: z.ZodType<Answer> = z.object({
  success: z.preprocess(
    (value) => {
      const text = typeof value === "boolean" || typeof value === "string" ? String(value).trim().toLowerCase() : null;
      return text !== null && Object.hasOwn(SAID, text) ? SAID[text] : value;
    },
    z.union([z.literal(0), z.literal(1)]).nullable(),
  ),
  confidence: z.preprocess(
    (value) => typeof value === "string" ? value.trim().toLowerCase() : value,
    z.enum(CONFIDENCES),
  ),
  reasoning: z.string(),
  evidence: z.array(z.union([callNumber, z.unknown().transform(() => null)]))
    .transform((calls) => calls.filter((call) => call !== null)),
  failing_call: z.union([callNumber, z.unknown().transform(() => null)]).optional(),
  failing_quote: z.union([z.string(), z.unknown().transform(() => null)]).optional(),
}).transform(({ failing_call, failing_quote, ...answer }): Answer => ({
  ...answer,
  failingCall: answer.success === 0 ? failing_call ?? null : null,
  failingQuote: answer.success === 0 && failing_quote?.trim() ? failing_quote : null,
}));

const described = {
  reasoning: { type: "string", description: `At most ${MAX_REASONING_WORDS} words.` },
  evidence: { type: "array", items: { type: "integer" }, description: "Numbers of the calls the verdict rests on." },
} as const;

const confidence = { type: "string", enum: [...CONFIDENCES] } as const;
const required = ["reasoning", "evidence", "success", "confidence", "failing_call", "failing_quote"] as const;

/** {@link Answer} as a strict JSON schema, for endpoints that hold their models to one. */
export const ANSWER_JSON_SCHEMA = {
  type: "object",
  properties: {
    ...described,
    success: { type: ["integer", "null"], enum: [0, 1, null] },
    confidence,
    failing_call: { type: ["integer", "null"], description: "Of a 0: the call at which success was lost." },
    failing_quote: { type: ["string", "null"], description: `At most ${MAX_QUOTE_WORDS} words of that call.` },
  },
  required,
  additionalProperties: false,
} as const;

const orNull = (type: "integer" | "string", description: string): object => ({
  anyOf: [{ type }, { type: "null" }],
  description,
});

/** The same where lists of types and enumerated numbers are not known. */
export const NULLABLE_ANSWER_JSON_SCHEMA: Readonly<Record<string, unknown>> = {
  type: "object",
  properties: {
    ...described,
    success: orNull("integer", "1, 0 or null."),
    confidence,
    failing_call: orNull("integer", ANSWER_JSON_SCHEMA.properties.failing_call.description),
    failing_quote: orNull("string", ANSWER_JSON_SCHEMA.properties.failing_quote.description),
  },
  required,
  additionalProperties: false,
};
