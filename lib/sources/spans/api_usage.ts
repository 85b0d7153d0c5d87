import type { Json } from "../dialects/json.ts";
import { countAt } from "./pick.ts";

/** Tokens of a response of OpenAI's, Anthropic's, Bedrock's or Gemini's API, under the names of the GenAI conventions. */
export function apiUsage(usage: Json): Json {
  const read = countAt(usage, "cache_read_input_tokens", "cacheReadInputTokens");
  const beside = (read ?? 0) + (countAt(usage, "cache_creation_input_tokens", "cacheWriteInputTokens") ?? 0);
  const input = countAt(
    usage,
    "prompt_tokens",
    "input_tokens",
    "prompt_token_count",
    "promptTokenCount",
    "inputTokens",
  );
  return {
    // Anthropic and Bedrock count what was cached beside their input.
    "gen_ai.usage.input_tokens": input === null ? null : input + beside,
    "gen_ai.usage.output_tokens": countAt(
      usage,
      "completion_tokens",
      "output_tokens",
      "candidates_token_count",
      "candidatesTokenCount",
      "outputTokens",
    ),
    "gen_ai.usage.cache_read.input_tokens": read ?? countAt(
      usage,
      "prompt_tokens_details.cached_tokens",
      "input_tokens_details.cached_tokens",
      "cached_content_token_count",
      "cachedContentTokenCount",
    ),
  };
}
