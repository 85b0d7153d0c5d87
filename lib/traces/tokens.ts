/** How recorders count the tokens of a model call. @module */

/** Whether a part of the tokens is counted in the sum beside which it stands, or has to be added to it. */
export type Counted = "inside" | "beside";

/** Where a recorder counts the parts of a call's tokens. */
export interface TokenConvention {
  /** Tokens read from the provider's cache: inside the input, or beside it. */
  cached: Counted;
  /** Tokens written to the provider's cache. */
  cacheWrite: Counted;
  /** Tokens spent on reasoning: inside the output, or beside it. */
  reasoning: Counted;
}

const ALL_INSIDE: TokenConvention = { cached: "inside", cacheWrite: "inside", reasoning: "inside" };

/**
 * The conventions in use. What a recorder means is decided by whose words it uses, never by the size of the numbers alone;
 * where the numbers contradict the words ({@link countedTokens}), that is counted.
 *
 * Sources: OpenTelemetry semantic conventions for generative AI 1.37 (`gen_ai.usage.input_tokens` "should include all types
 * of input tokens, including cached tokens"); the usage objects of OpenAI's chat completions and Responses, Anthropic's
 * Messages (`input_tokens` are those after the last cache breakpoint), Gemini's `usageMetadata` (`candidatesTokenCount`
 * leaves the thoughts out), Bedrock's Converse; attributes of OpenLLMetry, OpenInference, Pydantic AI and the Vercel AI SDK;
 * Langfuse's `usageDetails`, whose keys do not overlap.
 */
export const TOKEN_CONVENTIONS = {
  "OpenTelemetry": ALL_INSIDE,
  "OpenLLMetry": ALL_INSIDE,
  "OpenInference": ALL_INSIDE,
  "Pydantic AI": ALL_INSIDE,
  "Vercel AI SDK": ALL_INSIDE,
  "OpenAI": ALL_INSIDE,
  "Anthropic": { cached: "beside", cacheWrite: "beside", reasoning: "inside" },
  "Bedrock": { cached: "beside", cacheWrite: "beside", reasoning: "inside" },
  "Gemini": { cached: "inside", cacheWrite: "inside", reasoning: "beside" },
  "Langfuse": { cached: "beside", cacheWrite: "beside", reasoning: "beside" },
} as const satisfies Record<string, TokenConvention>;

/** Counts of a call as recorded; null where there is none. */
export interface RecordedTokens {
  /** Given to the model, in the recorder's meaning. */
  input: number | null;
  /** Read from the provider's cache. */
  cached: number | null;
  /** Written to the provider's cache. */
  cacheWrite: number | null;
  /** Answered, in the recorder's meaning. */
  output: number | null;
  /** Spent on reasoning. */
  reasoning: number | null;
  /** Of the whole call. */
  total: number | null;
}

/** Counts of a call in one meaning: what was cached is part of the input, what was reasoning part of the output. */
export interface CallTokens {
  /** All that the model was given; null where not known. */
  inputTokens: number | null;
  /** The part of `inputTokens` that was read from the provider's cache. */
  cachedTokens: number | null;
  /** The part of `inputTokens` that was written to the provider's cache. */
  cacheWriteTokens: number | null;
  /** All that the model answered; null where not known. */
  outputTokens: number | null;
  /** The part of `outputTokens` that was spent on reasoning. */
  reasoningTokens: number | null;
  /** Where the numbers did not fit the convention, and were added. */
  adjusted: ("cached tokens that the input left out" | "reasoning tokens that the output left out")[];
}

/**
 * Brings the counts of a call into one meaning:
 *
 * - cached tokens beside the input are added to it; also where they are said to be inside, but exceed it, or the stated total
 *   has them too;
 * - the output is the larger of what is stated and of the stated total less the input, because some recorders leave
 *   reasoning out of the one alone; reasoning that exceeds the output is added to it.
 *
 * Nothing is cut: what cannot be inside was beside, and is counted in `adjusted` where the convention says otherwise. A sum
 * that is not known stays so.
 *
 * @example
 * ```ts
 * import { countedTokens, TOKEN_CONVENTIONS } from "agent-trace-lab/traces";
 * const found = { input: 5, cached: 900, cacheWrite: 95, output: 20, reasoning: null, total: null };
 * console.log(countedTokens(found, TOKEN_CONVENTIONS.Anthropic).inputTokens); // 1000
 * ```
 */
export function countedTokens(found: RecordedTokens, convention: TokenConvention = ALL_INSIDE): CallTokens {
  const { cached, cacheWrite, reasoning, total } = found;
  const adjusted: CallTokens["adjusted"] = [];
  let { input, output } = found;
  if (input !== null && (cached !== null || cacheWrite !== null)) {
    const inside = part(cached, convention.cached, "inside") + part(cacheWrite, convention.cacheWrite, "inside");
    const missed = inside > 0 && (inside > input || (total !== null && total === input + (output ?? 0) + inside));
    if (missed) adjusted.push("cached tokens that the input left out");
    input += part(cached, convention.cached, "beside") + part(cacheWrite, convention.cacheWrite, "beside");
    if (missed) input += inside;
  }
  if (output !== null && (reasoning !== null || total !== null)) {
    const beside = part(reasoning, convention.reasoning, "beside");
    const stated = output;
    output += beside;
    if (input !== null && total !== null && total - input > output) output = total - input;
    if (reasoning !== null && reasoning > output) output = stated + reasoning;
    if (output > stated + beside) adjusted.push("reasoning tokens that the output left out");
  }
  return {
    inputTokens: input,
    cachedTokens: cached,
    cacheWriteTokens: cacheWrite,
    outputTokens: output,
    reasoningTokens: reasoning,
    adjusted,
  };
}

const part = (count: number | null, where: Counted, wanted: Counted) => where === wanted ? count ?? 0 : 0;
