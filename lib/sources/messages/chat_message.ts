import type { MessagePlaces } from "./layout.ts";

/** Where messages of the chat format, and of its many kin, have their parts. */
export const CHAT_MESSAGE = {
  content: ["content", "value", "text", "system_prompt", "parts"],
  silent: ["cutoff_date", "mask", "train"],
  time: ["timestamp", "created_at", "createdAt"],
  inputTokens: ["usage.prompt_tokens", "usage.input_tokens", "prompt_tokens", "input_tokens"],
  outputTokens: ["usage.completion_tokens", "usage.output_tokens", "completion_tokens", "output_tokens"],
  cachedTokens: ["usage.prompt_tokens_details.cached_tokens", "usage.input_tokens_details.cached_tokens"],
  model: ["model"],
} as const satisfies MessagePlaces;
