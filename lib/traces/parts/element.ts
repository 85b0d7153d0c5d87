import type { Message } from "../../model/mod.ts";
import { isRecord, type JsonRecord, jsonText } from "../json_text.ts";
import { Draft, take } from "./draft.ts";
import { addInvocation, invocationOf, toldOnce } from "./invocation.ts";
import { mediaText, withoutBlobs, withoutDataUrls } from "./media.ts";
import { reasoningText, takeReasoning } from "./reasoning.ts";
import { addCall, addResult, isCall, isResult, opened } from "./tools.ts";

const TEXT_TYPES = new Set<unknown>(["text", "input_text", "output_text", "refusal", undefined]);

/** What other conventions call the roles of the chat format. */
const ROLES: Record<string, string> = {
  human: "user",
  ai: "assistant",
  AIMessageChunk: "assistant",
  model: "assistant",
  "tool-call": "assistant",
  "tool-response": "tool",
  toolResult: "tool",
};

/** Roles whose name is the participant's, and no part of what was said. */
const PARTICIPANTS = new Set<string | null>(["system", "developer", "user", "assistant"]);

/** Roles of results: what they name beside their text is the call that they answer. */
const ANSWERERS = new Set<string | null>(["tool", "function"]);
const CALL_IDS = ["tool_call_id", "toolCallId", "tool_use_id", "call_id"];
const TOOL_NAMES = ["name", "toolName", "tool_name"];

/** Types of an element that is a message of that role, as LangChain writes them. */
const ROLE_TYPES = new Set(["human", "ai", "AIMessageChunk", "system", "tool", "function"]);

/**
 * Who speaks in an element of a list of messages: its role, in the chat format's word; the assistant of a tool call or a
 * thought that stands by itself, the tool of a result.
 *
 * @returns null where the element does not say.
 */
export function roleOf(element: JsonRecord): string | null {
  const { role, type } = element;
  if (typeof role === "string") return Object.hasOwn(ROLES, role) ? ROLES[role]! : role;
  if (role !== undefined) return null;
  if (typeof type === "string" && ROLE_TYPES.has(type) && "content" in element) return ROLES[type] ?? type;
  if (type === undefined) return null;
  if (isResult(element)) return "tool";
  return isCall(element) || reasoningText(element) !== null ? "assistant" : null;
}

/**
 * One element of a recorder's message list as OpenAI-style messages. Results of tools become `tool` messages of their
 * own, whatever message they came in; text parts of one message are joined by a line break. What the model thought is kept
 * apart from what it said; images and other files are named with type and size. What has no place in the chat format
 * (parts and keys not known) is kept as JSON text in the content.
 */
export function messagesOf(element: unknown): Message[] {
  if (!isRecord(element)) return [{ role: "unknown", content: withoutDataUrls(jsonText(element)) }];
  const draft = new Draft(roleOf(element) ?? "unknown");
  if (element["role"] === undefined && draftsAlone(element)) {
    addPart(draft, element);
    return draft.empty ? [] : draft.finish();
  }
  const { role, parts, content, tool_calls, tool_call_id, function_call, toolInvocations, refusal, ...rest } = toldOnce(
    element,
  );
  if (role !== undefined && typeof role !== "string") draft.text(jsonText({ role }));
  if (ANSWERERS.has(roleOf(element))) draft.answers = answered(rest);
  if (typeof tool_call_id === "string") draft.answers = tool_call_id;
  else if (tool_call_id !== undefined && tool_call_id !== null) draft.text(jsonText({ tool_call_id }));
  if (rest["type"] === "message" || (role === undefined && ROLE_TYPES.has(String(rest["type"])))) delete rest["type"];
  draft.isError = rest["is_error"] === true || rest["isError"] === true ||
    (draft.answers !== null && rest["status"] === "error");
  for (const key of ["is_error", "isError"]) if (typeof rest[key] === "boolean") delete rest[key];
  if (["error", "success", "completed", "in_progress", "incomplete"].includes(String(rest["status"]))) {
    delete rest["status"];
  }
  if (typeof rest["name"] === "string" && PARTICIPANTS.has(roleOf(element))) delete rest["name"];
  takeReasoning(rest, draft);
  // Where only they are kept apart from the text, the text is what was said last.
  if (Array.isArray(toolInvocations)) toolInvocations.forEach((one) => isRecord(one) && addInvocation(draft, one));
  addParts(draft, content);
  addParts(draft, parts);
  if (typeof refusal === "string" && refusal !== "") draft.text(refusal);
  else if (refusal !== undefined && refusal !== null && refusal !== "") rest["refusal"] = refusal;
  if (Array.isArray(tool_calls)) tool_calls.forEach((call) => addCall(draft, call));
  else if (tool_calls !== undefined && tool_calls !== null) draft.text(jsonText({ tool_calls }));
  else if (Array.isArray(rest["toolCalls"])) {
    (take(rest, ["toolCalls"]) as unknown[]).forEach((call) => addCall(draft, call));
  }
  if (isRecord(function_call)) addCall(draft, function_call);
  else if (function_call !== undefined && function_call !== null) draft.text(jsonText({ function_call }));
  draft.extras(rest);
  return draft.finish();
}

/** The call that a result answers, by its id or, where it does not say that, by its tool; what says so is taken out. */
function answered(result: JsonRecord): string | null {
  const said = [CALL_IDS, TOOL_NAMES].map((keys) => keys.filter((key) => typeof result[key] === "string"));
  const [id, name] = said.map(([key]) => key === undefined ? null : result[key] as string);
  for (const key of said.flat()) delete result[key];
  return id || name || null;
}

/** Whether an element without a role is a part that stands by itself, as in OpenAI's Responses. */
function draftsAlone(element: JsonRecord): boolean {
  if (element["type"] === undefined) return false;
  return isCall(element) || isResult(element) || reasoningText(element) !== null;
}

function addParts(draft: Draft, parts: unknown): void {
  if (Array.isArray(parts)) parts.forEach((part) => addPart(draft, part));
  else if (typeof parts === "string") draft.text(withoutDataUrls(parts));
  else if (isRecord(parts) && "type" in parts) addPart(draft, parts);
  else if (parts !== undefined && parts !== null) draft.text(jsonText(withoutBlobs(parts)));
}

function addPart(draft: Draft, told: unknown): void {
  if (!isRecord(told)) return draft.text(typeof told === "string" ? withoutDataUrls(told) : jsonText(told));
  const part = opened(told);
  if (part["type"] === "step-start") return;
  const invocation = invocationOf(part);
  if (invocation) return addInvocation(draft, invocation);
  if (isCall(part)) return addCall(draft, part);
  if (isResult(part)) return addResult(draft, part);
  const thought = reasoningText(part);
  if (thought !== null) return thought === "" ? undefined : draft.thought(thought);
  if (TEXT_TYPES.has(part["type"])) {
    const { type: _, ...rest } = part;
    const key = ["content", "text", "refusal"].find((name) => typeof rest[name] === "string");
    if (key !== undefined) {
      draft.text(withoutDataUrls(take(rest, [key]) as string));
      delete rest["id"];
      if (typeof rest["state"] === "string") delete rest["state"];
      return draft.extras(rest);
    }
  }
  draft.text(mediaText(part) ?? jsonText(withoutBlobs(part)));
}
