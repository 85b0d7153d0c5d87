import { isRecord, type JsonRecord, jsonText } from "../json_text.ts";
import { type Draft, keptKeys } from "./draft.ts";
import { withoutBlobs } from "./media.ts";

const TYPES = new Set([
  "reasoning",
  "thinking",
  "thought",
  "reasoning_text",
  "reasoning_content",
  "reasoning.text",
  "reasoning.summary",
  "reasoning.encrypted",
  "redacted_thinking",
  "redacted-reasoning",
]);
/** Where a message itself has what the model thought: the first of them that says something is taken. */
const KEYS = [
  ...["reasoning_content", "reasoning", "thinking", "reasoning_details", "thinking_blocks"],
  ...["reasoning_text", "reasoningContent", "thinking_content", "thought", "thoughts"],
];
/** Where clients keep what they do not know of a provider's message: what it thought, among the rest. */
const BESIDE = ["additional_kwargs", "provider_specific_fields", "model_extra"];

/**
 * What a part says that the model thought, whichever recorder wrote it; nothing that can be read is named with its size.
 *
 * @returns null for any other part.
 */
export function reasoningText(part: JsonRecord): string | null {
  const { type } = part;
  if (typeof type === "string" ? !TYPES.has(type) : part["thought"] !== true && !isRecord(part["reasoningContent"])) {
    return null;
  }
  const texts = textsIn(part["reasoningContent"] ?? part, 0).filter((one) => one.trim() !== "");
  const hidden = part["data"] ?? part["encrypted_content"] ?? part["redactedContent"];
  if (texts.length === 0 && typeof hidden === "string" && hidden !== "") {
    texts.push(`[redacted, ${hidden.length.toLocaleString("en")} characters]`);
  }
  const rest = Object.fromEntries(Object.entries(part).filter(([key]) => !READ.has(key)));
  return [...texts, keptKeys(rest) ?? ""].filter(Boolean).join("\n");
}

/** Keys of a part that are read, or say nothing of what was thought. */
const READ = new Set<string>([
  ...["type", "id", "status", "thought", "state", "reasoningContent", "data", "encrypted_content", "redactedContent"],
  ...["text", "content", "thinking", "reasoning", "summary", "reasoningText", "reasoning_content", "value", "format"],
]);

/** Takes what the model thought out of the keys of a message. */
export function takeReasoning(message: JsonRecord, draft: Draft): void {
  for (const place of BESIDE) {
    const beside = message[place];
    if (!isRecord(beside)) continue;
    const rest = { ...beside };
    for (const key of KEYS) {
      if (typeof rest[key] === "string") message[key] ??= rest[key];
      if (rest[key] === message[key]) delete rest[key];
    }
    message[place] = rest;
  }
  for (const key of KEYS) {
    const value = message[key];
    if (value === undefined || value === null) continue;
    delete message[key];
    const texts = textsIn(value, 0).filter((one) => one.trim() !== "");
    if (texts.length) {
      draft.thought(texts.join("\n"));
      // The same thought is often there twice, as text and in parts.
      for (const other of KEYS) if (textsIn(message[other], 0).join("\n") === texts.join("\n")) delete message[other];
    } else if (typeof value === "object" && Object.keys(value).length) draft.thought(jsonText(withoutBlobs(value)));
  }
}

const TEXTS = [
  ...["text", "content", "thinking", "reasoning", "summary", "reasoningText", "reasoning_content", "value"],
];

function textsIn(value: unknown, depth: number): string[] {
  if (typeof value === "string") return [value];
  if (depth > 4) return value === undefined || value === null ? [] : [jsonText(value)];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, depth + 1));
  if (!isRecord(value)) return [];
  return TEXTS.flatMap((key) => value[key] === undefined ? [] : textsIn(value[key], depth + 1));
}
