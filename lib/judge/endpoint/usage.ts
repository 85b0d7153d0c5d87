import type { Usage } from "./ask.ts";

/** A count above this is no count of one call's tokens. */
const MOST_TOKENS = 1e8;

/** Nothing said. */
export const NO_USAGE: Usage = { inputTokens: null, cachedTokens: null, outputTokens: null };

/**
 * Reads the `usage` of an answer. Counts may be written as text, and a fraction is rounded up; what is below 0, not a number
 * or beyond a hundred million is not known. Some endpoints leave what the model thought out of `completion_tokens` and only
 * count it in the total: output is max(completion, total - prompt).
 *
 * @param usage whatever the endpoint sent
 */
export function readUsage(usage: unknown): Usage {
  if (typeof usage !== "object" || usage === null) return NO_USAGE;
  const of = usage as Record<string, unknown>;
  const inputTokens = count(of["prompt_tokens"] ?? of["input_tokens"]);
  const completion = count(of["completion_tokens"] ?? of["output_tokens"]);
  const total = count(of["total_tokens"]);
  const details = (of["prompt_tokens_details"] ?? of["input_tokens_details"]) as Record<string, unknown> | null;
  const cached = count(details?.["cached_tokens"] ?? of["prompt_cache_hit_tokens"]);
  const beside = total === null || inputTokens === null ? 0 : total - inputTokens;
  return {
    inputTokens,
    cachedTokens: cached !== null && inputTokens !== null && cached <= inputTokens ? cached : null,
    outputTokens: completion === null ? null : Math.max(completion, beside),
  };
}

function count(value: unknown): number | null {
  const number = typeof value === "string" && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !(number >= 0) || number > MOST_TOKENS) return null;
  return Math.ceil(number);
}

/**
 * Usage that can be of this request: an input of more than twenty times our own count, or an output of more than a
 * million tokens, is not known.
 */
export function plausible(usage: Usage, estimatedInputTokens: number): Usage {
  const { inputTokens, outputTokens } = usage;
  const inputCanBe = inputTokens !== null && inputTokens <= 20 * estimatedInputTokens + 10_000;
  return {
    inputTokens: inputCanBe ? inputTokens : null,
    cachedTokens: inputCanBe ? usage.cachedTokens : null,
    outputTokens: outputTokens !== null && outputTokens <= 1e6 ? outputTokens : null,
  };
}
