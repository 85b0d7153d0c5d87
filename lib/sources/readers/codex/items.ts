import type { ChatMessage } from "../thread.ts";

type Json = Record<string, unknown>;

/** A response item of the Responses API as Codex keeps it, sorted by who said it. */
export type Item =
  | { by: "model"; part: Json }
  | { by: "others"; message: ChatMessage }
  | { by: "nobody" };

/** Text that the program puts in as a user's message before what the user wrote. */
const INJECTED =
  /^\s*(<(environment_context|user_instructions|permissions instructions|INSTRUCTIONS|turn_aborted)\b|# AGENTS\.md instructions\b)/;

/** What a response item is in a conversation of the chat format. */
export function itemOf(item: Json): Item {
  switch (item["type"]) {
    case "message": {
      if (item["role"] === "assistant") return { by: "model", part: { type: "content", content: item["content"] } };
      const role = item["role"] === "user" && isInjected(item["content"]) ? "developer" : String(item["role"]);
      return { by: "others", message: { role, content: item["content"] } };
    }
    case "reasoning":
      return { by: "model", part: reasoning(item) };
    case "function_call":
    case "custom_tool_call":
    case "tool_search_call":
      return { by: "model", part: call(item, item["name"] ?? item["type"], item["arguments"] ?? item["input"]) };
    case "local_shell_call":
      return { by: "model", part: call(item, "local_shell", item["action"]) };
    case "web_search_call":
      return { by: "model", part: call(item, "web_search", item["action"]) };
    case "image_generation_call":
      return { by: "model", part: call(item, "image_generation", item["revised_prompt"]) };
    case "function_call_output":
    case "custom_tool_call_output":
    case "tool_search_output":
    case "local_shell_call_output":
      return { by: "others", message: { role: "tool", tool_call_id: item["call_id"], content: output(item) } };
    default:
      return { by: "nobody" };
  }
}

/** The model's parts of one answer as a message: texts, thinking and tool calls in their order. */
export function answerOf(parts: readonly Json[]): ChatMessage {
  const content = parts.flatMap((part) => {
    if (part["type"] !== "content") return [part];
    return Array.isArray(part["content"]) ? part["content"] : [{ type: "text", text: String(part["content"] ?? "") }];
  });
  return { role: "assistant", content };
}

function reasoning(item: Json): Json {
  const texts = [item["summary"], item["content"]].flatMap((list) => Array.isArray(list) ? list : []);
  const thinking = texts.map((one) => (one as { text?: unknown }).text).filter((text) => typeof text === "string");
  return { type: "thinking", thinking: thinking.join("\n") };
}

function call(item: Json, name: unknown, args: unknown): Json {
  return { type: "tool_call", id: item["call_id"] ?? item["id"] ?? "", name, arguments: args ?? "" };
}

/** A result: text, `{ content, success }`, or JSON text of `{ output, metadata }`. */
function output(item: Json): unknown {
  const value = item["output"] ?? item["tools"];
  if (typeof value === "object" && value !== null && !Array.isArray(value) && "content" in value) return value.content;
  return value ?? "";
}

function isInjected(content: unknown): boolean {
  const [first] = Array.isArray(content) ? content as { text?: unknown }[] : [{ text: content }];
  return typeof first?.text === "string" && INJECTED.test(first.text);
}
