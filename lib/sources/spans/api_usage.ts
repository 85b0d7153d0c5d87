import type { Json } from "../dialects/json.ts";
import { recordedCount, summed } from "./pick.ts";

/** Where the usage objects of APIs and of their clients have a count; the first that is there counts. */
const COUNTS = {
  input: ["prompt_tokens", "input_tokens", "prompt_token_count", "promptTokenCount", "inputTokens"],
  output: ["completion_tokens", "output_tokens", "candidates_token_count", "candidatesTokenCount", "outputTokens"],
  cached: [
    "cache_read_input_tokens",
    "cacheReadInputTokens",
    "prompt_tokens_details.cached_tokens",
    "input_tokens_details.cached_tokens",
    "input_token_details.cache_read",
    "prompt_token_details.cache_read",
    "prompt_cache_hit_tokens",
    "cached_content_token_count",
    "cachedContentTokenCount",
  ],
  cacheWrite: [
    "cache_creation_input_tokens",
    "cacheWriteInputTokens",
    "prompt_tokens_details.cache_write_tokens",
    "prompt_tokens_details.cache_creation_tokens",
    "input_token_details.cache_creation",
    "prompt_token_details.cache_creation",
  ],
  reasoning: [
    "completion_tokens_details.reasoning_tokens",
    "output_tokens_details.reasoning_tokens",
    "output_token_details.reasoning",
    "completion_token_details.reasoning",
    "thoughts_token_count",
    "thoughtsTokenCount",
    "reasoning_tokens",
  ],
  total: ["total_tokens", "total_token_count", "totalTokenCount", "totalTokens"],
} as const;

/** Counts that stand beside the input of their API: Anthropic's and Bedrock's of caches, Gemini's of what tools gave. */
const BESIDE_INPUT = {
  input_tokens: ["cache_read_input_tokens", "cache_creation_input_tokens"],
  inputTokens: ["cacheReadInputTokens", "cacheWriteInputTokens"],
  prompt_token_count: ["tool_use_prompt_token_count"],
  promptTokenCount: ["toolUsePromptTokenCount"],
} as const;

/** Gemini's thoughts stand beside its answer. */
const BESIDE_OUTPUT = {
  candidates_token_count: ["thoughts_token_count"],
  candidatesTokenCount: ["thoughtsTokenCount"],
} as const;

/**
 * Tokens of a response of OpenAI's, Anthropic's, Gemini's or Bedrock's API, or as LangChain and gateways write them, under
 * the names of the GenAI conventions: what was cached is part of the input, reasoning of the output. Anthropic's words
 * beside OpenAI's `prompt_tokens` (LiteLLM's) are part of these.
 */
export function apiUsage(usage: Json): Json {
  const count = (what: keyof typeof COUNTS) => recordedCount(usage, ...COUNTS[what]);
  return {
    "gen_ai.usage.input_tokens": withBeside(usage, count("input"), COUNTS.input, BESIDE_INPUT),
    "gen_ai.usage.output_tokens": withBeside(usage, count("output"), COUNTS.output, BESIDE_OUTPUT),
    "gen_ai.usage.cache_read.input_tokens": count("cached"),
    "gen_ai.usage.cache_creation.input_tokens": count("cacheWrite"),
    "gen_ai.usage.reasoning.output_tokens": count("reasoning"),
    "gen_ai.usage.total_tokens": count("total"),
  };
}

/** A count with those that its API counts beside it. */
function withBeside(
  usage: Json,
  count: unknown,
  names: readonly string[],
  beside: Readonly<Record<string, readonly string[]>>,
): unknown {
  const own = names.find((name) => typeof recordedCount(usage, name) === "number");
  if (own === undefined) return count;
  return summed([count, ...(beside[own] ?? []).map((name) => recordedCount(usage, name))]);
}

/** {@link apiUsage} as parts of a call; null for what is not there. What is no count is noted where the call is read. */
export function usageParts(usage: Json) {
  const counts = apiUsage(usage);
  const at = (name: string) => counts[`gen_ai.usage.${name}`] ?? null;
  return {
    inputTokens: at("input_tokens"),
    cachedTokens: at("cache_read.input_tokens"),
    cacheWriteTokens: at("cache_creation.input_tokens"),
    outputTokens: at("output_tokens"),
    reasoningTokens: at("reasoning.output_tokens"),
    totalTokens: at("total_tokens"),
  };
}
