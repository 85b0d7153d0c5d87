import { jsonText } from "../../traces/json_text.ts";
import { isObject, type Json } from "./json.ts";

/** A message with the chat format's names; its parts may be any that `lib/traces` reads. */
export interface Said extends Json {
  role: string;
}

const ROLES: Record<string, string> = {
  human: "user",
  HumanMessage: "user",
  HumanMessageChunk: "user",
  ai: "assistant",
  AIMessage: "assistant",
  AIMessageChunk: "assistant",
  model: "assistant",
  SystemMessage: "system",
  SystemMessageChunk: "system",
  ToolMessage: "tool",
  ToolMessageChunk: "tool",
  FunctionMessage: "tool",
  ChatMessage: "user",
  gpt: "assistant",
};

/** Keys that say nothing of what was said. */
const BOOKKEEPING = [
  "response_metadata",
  "usage_metadata",
  "usage",
  "example",
  "invalid_tool_calls",
  "refusal",
  "annotations",
  "audio",
  "finish_reason",
  "finishReason",
  "index",
  "status",
  "stop_reason",
  "stop_sequence",
  "providerOptions",
  "provider_specific_fields",
  "experimental_providerMetadata",
  "citations",
  "gen_ai.system",
  "gen_ai.message.index",
  "event.name",
];

/**
 * A message of any of the APIs and frameworks that recorders copy from (OpenAI's chat and responses, Anthropic, Gemini,
 * Bedrock, LangChain, Vercel), with the chat format's names. Parts that no API has stay as they are.
 *
 * @param fallback the role of what names none.
 */
export function said(value: unknown, fallback: string): Said {
  if (!isObject(value)) return { role: fallback, content: value };
  if (isObject(value["kwargs"]) && Array.isArray(value["id"])) {
    return said({ type: String(value["id"].at(-1)), ...value["kwargs"] }, fallback);
  }
  if (isObject(value["data"]) && typeof value["type"] === "string" && "content" in value["data"]) {
    return said({ ...value["data"], type: value["type"] }, fallback);
  }
  if (isObject(value["message"]) && !("content" in value)) return said(value["message"], fallback);
  const { type, role, content, parts, contents, tool_calls, additional_kwargs, ...rest } = value;
  const named = typeof role === "string" ? role : typeof type === "string" && type !== "message" ? type : fallback;
  const lang = typeof role !== "string" || type === "constructor";
  for (const key of BOOKKEEPING) if (key !== "refusal" || !rest[key]) delete rest[key];
  const body = content ?? parts ?? contents;
  const calls = callsOf(tool_calls, additional_kwargs, rest);
  const known = isObject(additional_kwargs) ? { ...additional_kwargs } : {};
  for (const key of ["tool_calls", "function_call", "refusal", "parsed"]) delete known[key];
  const toolRole = ROLES[named] ?? named;
  if (toolRole === "tool" || toolRole === "function") {
    rest["tool_call_id"] ??= value["id"] ?? value["call_id"] ?? null;
    delete rest["name"];
    delete rest["artifact"];
  }
  delete rest["id"];
  if (lang && rest["name"] === null) delete rest["name"];
  const shown = partsOf(body, calls.length > 0 ? idsOf(calls) : new Set());
  return {
    role: toolRole,
    ...(shown === undefined ? {} : { content: shown }),
    ...(calls.length ? { tool_calls: calls } : {}),
    ...rest,
    ...(Object.keys(known).length ? { additional_kwargs: known } : {}),
  };
}

function callsOf(listed: unknown, more: unknown, rest: Json): unknown[] {
  const own = Array.isArray(listed) ? listed : isObject(listed) ? Object.values(listed) : [];
  const kept = isObject(more) && Array.isArray(more["tool_calls"]) && own.length === 0 ? more["tool_calls"] : own;
  const old = rest["function_call"] ?? (isObject(more) ? more["function_call"] : undefined);
  if ("function_call" in rest) delete rest["function_call"];
  const flat = rest["function_call_name"];
  const calls = kept.map(callOf);
  if (isObject(old)) calls.push(callOf(old));
  if (typeof flat === "string") {
    calls.push({ id: "", name: flat, arguments: rest["function_call_arguments_json"] ?? "" });
    delete rest["function_call_name"];
    delete rest["function_call_arguments_json"];
  }
  return calls;
}

/** A tool call: `{ function }` as it is; LangChain's `args`, Vercel's `toolName`, OpenInference's `tool_call` by our names. */
function callOf(call: unknown): unknown {
  if (!isObject(call)) return call;
  if (isObject(call["tool_call"])) return callOf(call["tool_call"]);
  const { toolCallId, toolName, args, input, toolCallType: _, index: __, ...rest } = call;
  if (toolName !== undefined) {
    for (const key of ["type", "providerExecuted", "dynamic", "providerMetadata", "invalid", "title"]) delete rest[key];
    return { ...rest, id: toolCallId ?? "", name: toolName, arguments: input ?? args ?? "" };
  }
  if (args === undefined) return input === undefined ? rest : { ...rest, input };
  delete rest["type"];
  return { ...rest, arguments: args };
}

const idsOf = (calls: readonly unknown[]) =>
  new Set(calls.flatMap((call) => isObject(call) && typeof call["id"] === "string" && call["id"] ? [call["id"]] : []));

/** The parts of a message; a tool call that stands among the tool calls as well is told once. */
function partsOf(content: unknown, told: ReadonlySet<string>): unknown {
  if (!Array.isArray(content)) return content;
  return content.filter((part) => !(isObject(part) && part["type"] === "tool_use" && told.has(String(part["id"])))).map(
    partOf,
  );
}

/** A part under names that `lib/traces` knows: Gemini's, Bedrock's and OpenInference's have others. */
function partOf(part: unknown): unknown {
  if (!isObject(part)) return part;
  if (isObject(part["message_content"])) return partOf(part["message_content"]);
  if (isObject(part["functionCall"] ?? part["function_call"])) {
    const call = (part["functionCall"] ?? part["function_call"]) as Json;
    return { type: "tool_call", id: call["id"] ?? "", name: call["name"], arguments: call["args"] ?? {} };
  }
  if (isObject(part["functionResponse"] ?? part["function_response"])) {
    const result = (part["functionResponse"] ?? part["function_response"]) as Json;
    return { type: "tool_call_response", id: result["id"] ?? "", result: result["response"] };
  }
  if (part["type"] === "tool-call") {
    return {
      type: "tool_call",
      id: part["toolCallId"] ?? "",
      name: part["toolName"],
      arguments: part["input"] ?? part["args"] ?? "",
    };
  }
  if (part["type"] === "tool-result") return vercelResult(part);
  if (isObject(part["toolUse"])) {
    const { toolUseId, name, input } = part["toolUse"];
    return { type: "tool_call", id: toolUseId ?? "", name, arguments: input ?? {} };
  }
  if (isObject(part["toolResult"])) {
    const { toolUseId, content, status } = part["toolResult"];
    const texts = Array.isArray(content)
      ? content.map((one) => isObject(one) && "json" in one ? jsonText(one["json"]) : one)
      : content;
    return { type: "tool_result", tool_use_id: toolUseId ?? "", content: texts, is_error: status === "error" };
  }
  if (isObject(part["reasoningContent"])) {
    const { reasoningText } = part["reasoningContent"];
    if (isObject(reasoningText)) return { type: "thinking", thinking: reasoningText["text"] };
  }
  return part;
}

/** A result of the Vercel AI SDK: since version 5 its `output` says what kind of value it is. */
function vercelResult({ toolCallId, output, result, isError }: Json): Json {
  const typed = isObject(output) && typeof output["type"] === "string" && "value" in output ? output : null;
  const failed = isError === true || (typed !== null && String(typed["type"]).startsWith("error"));
  const value = typed ? typed["value"] : output ?? result;
  return { type: "tool_result", tool_use_id: toolCallId ?? "", content: value, ...(failed ? { is_error: true } : {}) };
}
