/** Counts of a `token_count` event; reasoning is part of the output, the cached part of the input. */
export interface CodexUsage {
  input_tokens?: number;
  cached_input_tokens?: number;
  cache_write_input_tokens?: number;
  output_tokens?: number;
  reasoning_output_tokens?: number;
  total_tokens?: number;
}

/** The info of a `token_count` event. */
export interface TokenInfo {
  total_token_usage?: CodexUsage;
  last_token_usage?: CodexUsage;
}

/**
 * What a `token_count` event adds, given the totals of the one before: the last call's usage where the total grew. The
 * event is written again with the same numbers when only limits changed.
 */
export function usageOf(info: TokenInfo | null | undefined, before: CodexUsage | null): CodexUsage | null {
  const total = info?.total_token_usage;
  if (!info || !total) return info?.last_token_usage ?? null;
  const grew = before === null || sum(total) !== sum(before);
  return grew ? info.last_token_usage ?? total : null;
}

const sum = ({ total_tokens, input_tokens = 0, output_tokens = 0 }: CodexUsage) =>
  total_tokens ?? input_tokens + output_tokens;

/** The counts as parts of a call. */
export function callTokens(usage: CodexUsage) {
  return {
    inputTokens: usage.input_tokens ?? null,
    outputTokens: usage.output_tokens ?? null,
    cachedTokens: usage.cached_input_tokens ?? null,
    cacheWriteTokens: usage.cache_write_input_tokens ?? null,
    reasoningTokens: usage.reasoning_output_tokens ?? null,
    tokens: "OpenAI",
  };
}
