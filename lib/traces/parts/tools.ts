import { isRecord, type JsonRecord, jsonText } from "../json_text.ts";
import { type Draft, keptKeys, take } from "./draft.ts";
import { mediaText, withoutBlobs, withoutDataUrls } from "./media.ts";

const CALLS = new Set<unknown>([
  "tool_call",
  "tool-call",
  "tool_use",
  "toolUse",
  "server_tool_use",
  "function_call",
  "functionCall",
  "function",
  "custom_tool_call",
  "mcp_call",
  "mcp_tool_use",
  "toolCall",
]);
const RESULTS = new Set<unknown>([
  "tool_call_response",
  "tool_result",
  "tool-result",
  "toolResult",
  "tool_response",
  "function_call_output",
  "functionResponse",
  "function_response",
  "custom_tool_call_output",
  "mcp_tool_result",
  "web_search_tool_result",
  "web_fetch_tool_result",
  "code_execution_tool_result",
]);

const IDS = ["id", "call_id", "tool_call_id", "tool_use_id", "toolCallId", "toolUseId", "tool_id"];
const NAMES = ["name", "toolName", "tool_name"];
const ARGUMENTS = ["arguments", "args", "input", "parameters", "tool_kwargs"];
const RESULT_TEXTS = ["result", "content", "response", "output"];
/** Keys of a call or result that say no more than it says anyway. */
const STATES = ["status", "state", "type"];

/** Whether a part, or an element of a list of messages, is a tool call, in any spelling. */
export function isCall({ type, functionCall, function_call, toolUse }: JsonRecord): boolean {
  return CALLS.has(type) || (type === undefined && [functionCall, function_call, toolUse].some(isRecord));
}

/** Whether a part, or an element of a list of messages, is the result of a tool, in any spelling. */
export function isResult({ type, functionResponse, function_response, toolResult }: JsonRecord): boolean {
  return RESULTS.has(type) || (type === undefined && [functionResponse, function_response, toolResult].some(isRecord));
}

/**
 * A part of Goose or of Amp, which keep calls and results one level below with how they went, as one that is read; any other
 * as it is.
 */
export function opened(part: JsonRecord): JsonRecord {
  const { type, id, toolCall, toolResult, toolUseID, run } = part;
  if (type === "toolRequest" && isRecord(toolCall)) {
    const call = toolCall["value"] ?? toolCall["Ok"] ?? toolCall;
    return isRecord(call) && typeof call["name"] === "string"
      ? { type: "tool_call", id, name: call["name"], arguments: call["arguments"] ?? {} }
      : { type: "tool_call", id, arguments: toolCall };
  }
  if (type === "toolResponse" && toolResult !== undefined) {
    const { status, value, Ok, error } = isRecord(toolResult) ? toolResult : { value: toolResult } as JsonRecord;
    const inner = value ?? Ok ?? error ?? toolResult;
    const content = isRecord(inner) && Array.isArray(inner["content"]) ? inner["content"] : inner;
    const failed = status === "error" || (isRecord(inner) && inner["isError"] === true);
    return { type: "tool_result", tool_use_id: id, content, is_error: failed };
  }
  if (type === "tool_result" && typeof toolUseID === "string" && isRecord(run)) {
    const content = run["result"] ?? run["error"] ?? run;
    return { type: "tool_result", tool_use_id: toolUseID, content, is_error: run["status"] === "error" };
  }
  return part;
}

/** Adds a tool call; what has no place in it is kept as JSON text. */
export function addCall(draft: Draft, recorded: unknown): void {
  if (!isRecord(recorded)) return draft.text(jsonText(recorded));
  const call = isRecord(recorded["tool_call"]) ? recorded["tool_call"] : recorded;
  const { type, ...flat } = call;
  if (type !== undefined && !CALLS.has(type)) flat.type = type;
  const inner = take(flat, ["function", "functionCall", "function_call", "toolUse", "custom"]);
  if (inner !== undefined && !isRecord(inner)) flat.function = inner;
  const nested: JsonRecord = isRecord(inner) ? { ...inner } : {};
  // OpenAI's Responses have an id of the item beside that of the call, which is the one that the result names.
  const id = take(flat, ["call_id"]) ?? take(flat, IDS) ?? take(nested, IDS);
  if (type === "function_call" || type === "custom_tool_call") delete flat["id"];
  const name = take(nested, NAMES) ?? take(flat, NAMES);
  const args = take(nested, ARGUMENTS) ?? take(flat, ARGUMENTS);
  for (const key of STATES) if (typeof flat[key] === "string" && key !== "type") delete flat[key];
  // Anthropic's word for whether the model or its program called.
  if (isRecord(flat["caller"])) delete flat["caller"];
  // Amp's for whether the call was written to its end.
  if (typeof flat["complete"] === "boolean") delete flat["complete"];
  draft.call({
    id: id === undefined ? "" : jsonText(id),
    type: "function",
    function: { name: name === undefined ? "" : jsonText(name), arguments: args === undefined ? "" : jsonText(args) },
  });
  draft.extras(flat);
  draft.extras(nested);
}

/** Adds the result of a tool as a message of its own. */
export function addResult(draft: Draft, part: JsonRecord): void {
  const { type: _, ...rest } = part;
  const inner = take(rest, ["functionResponse", "function_response", "toolResult"]);
  if (isRecord(inner)) Object.assign(rest, inner);
  const id = take(rest, ["call_id"]) ?? take(rest, ["tool_call_id", "tool_use_id", "toolCallId", "toolUseId", "id"]);
  const name = typeof rest["toolName"] === "string" || isRecord(inner) ? take(rest, NAMES) : undefined;
  const result = take(rest, RESULT_TEXTS);
  const { text, isError } = resultOf(result);
  const flagged = rest["is_error"] === true || rest["isError"] === true || rest["status"] === "error";
  for (const key of ["is_error", "isError"]) if (typeof rest[key] === "boolean") delete rest[key];
  if (typeof rest["status"] === "string") delete rest["status"];
  const kept = keptKeys(rest);
  const content = [...(text === null ? [] : [text]), ...(kept === null ? [] : [kept])].join("\n");
  // A result is found by its call's id; where there is none, the tool's name is all that tells them together.
  draft.result(id === undefined ? typeof name === "string" ? name : "" : jsonText(id), content, flagged || isError);
}

/** A tool's result as text, and whether it says of itself that it is an error. */
function resultOf(result: unknown): { text: string | null; isError: boolean } {
  if (result === undefined) return { text: null, isError: false };
  // Vercel's: { type: "text" | "json" | "error-text" | "error-json" | "content", value }.
  if (isRecord(result) && typeof result["type"] === "string" && "value" in result) {
    const kind = /^(error-)?(text|json|content)$/.exec(result["type"]);
    if (kind) return { text: resultText(result["value"]), isError: kind[1] !== undefined };
  }
  if (isRecord(result) && result["type"] === "execution-denied") {
    return { text: jsonText(result["reason"] ?? "execution denied"), isError: true };
  }
  return { text: resultText(result), isError: false };
}

/** A result as text; a list of `{ text }` is its texts, one a line, media are named. */
function resultText(result: unknown): string {
  if (typeof result === "string") return withoutDataUrls(result);
  if (!Array.isArray(result)) return jsonText(withoutBlobs(result));
  return result.map((item) => {
    if (!isRecord(item)) return typeof item === "string" ? withoutDataUrls(item) : jsonText(item);
    const { type, text, ...rest } = item;
    const plain = typeof text === "string" && (type === undefined || /^(input_|output_)?text$/.test(String(type)));
    if (plain && keptKeys(rest) === null) return withoutDataUrls(text);
    return mediaText(item) ?? jsonText(withoutBlobs(item));
  }).join("\n");
}
