import type { MessagePlaces } from "./layout.ts";

/** Where messages of the chat format, and of its many kin, have their parts. */
export const CHAT_MESSAGE = {
  content: ["content", "value", "text", "system_prompt", "parts"],
  silent: ["cutoff_date", "mask", "train"],
  time: ["timestamp", "created_at", "createdAt"],
  inputTokens: ["usage.prompt_tokens", "usage.input_tokens", "prompt_tokens", "input_tokens"],
  outputTokens: ["usage.completion_tokens", "usage.output_tokens", "completion_tokens", "output_tokens"],
  usage: ["usage"],
  model: ["model"],
} as const satisfies MessagePlaces;

const inside = (path: string) => [path, `data.${path}`, `kwargs.${path}`];

/** Messages of LangChain and LangGraph: as their models dump them, by `messages_to_dict`, or by `dumps`. */
export const LANGCHAIN_MESSAGE = {
  within: ["data", "kwargs"],
  role: ["type", "role"],
  roles: {
    human: "user",
    humanmessage: "user",
    humanmessagechunk: "user",
    ai: "assistant",
    aimessage: "assistant",
    aimessagechunk: "assistant",
    systemmessage: "system",
    toolmessage: "tool",
    functionmessage: "tool",
  },
  content: ["content"],
  silent: [
    "lc",
    "additional_kwargs",
    "response_metadata",
    "usage_metadata",
    "example",
    "invalid_tool_calls",
    "artifact",
    "status",
    "name",
  ],
  inputTokens: inside("usage_metadata.input_tokens"),
  outputTokens: inside("usage_metadata.output_tokens"),
  usage: ["usage_metadata", "response_metadata.token_usage", "response_metadata.usage"].flatMap(inside),
  model: [...inside("response_metadata.model_name"), ...inside("response_metadata.model")],
} as const satisfies MessagePlaces;
