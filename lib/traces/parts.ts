import type { Message, ToolCall } from "../model/mod.ts";
import { isRecord, type JsonRecord, jsonText } from "./json_text.ts";

const TEXT_TYPES = new Set<unknown>(["text", "input_text", "output_text", undefined]);
const CALL_TYPES = new Set<unknown>(["tool_call", "tool_use", "function_call", "function"]);
const RESULT_TYPES = new Set<unknown>(["tool_call_response", "tool_result", "tool_response", "function_call_output"]);
/** Keys that carry no text of the conversation: caching hints, positions, and what the span states itself. */
const SILENT = new Set(["cache_control", "index", "finish_reason"]);

/** Roles of the chat format: a message of results alone loses nothing when its results go out as `tool` messages. */
const CHAT_ROLES = new Set(["system", "developer", "user", "assistant", "tool", "function", "unknown"]);

/**
 * One element of a recorder's message list as OpenAI-style messages. Results of tools become `tool` messages of their
 * own, whatever message they came in; text parts of one message are joined by a line break. What has no place in the
 * chat format (parts and keys not known) is kept as JSON text in the content.
 */
export function messagesOf(element: unknown): Message[] {
  if (!isRecord(element)) return [{ role: "unknown", content: jsonText(element) }];
  const { role, parts, content, tool_calls, tool_call_id, ...rest } = element;
  const draft = new Draft(typeof role === "string" ? role : "unknown");
  if (role !== undefined && typeof role !== "string") draft.text(jsonText({ role }));
  if (typeof tool_call_id === "string") draft.answers = tool_call_id;
  else if (tool_call_id !== undefined && tool_call_id !== null) draft.text(jsonText({ tool_call_id }));
  if (Array.isArray(content)) content.forEach((part) => addPart(draft, part));
  else if (content !== undefined && content !== null) draft.text(jsonText(content));
  if (Array.isArray(parts)) parts.forEach((part) => addPart(draft, part));
  else if (parts !== undefined && parts !== null) draft.text(jsonText(parts));
  if (Array.isArray(tool_calls)) tool_calls.forEach((call) => addCall(draft, call));
  else if (tool_calls !== undefined && tool_calls !== null) draft.text(jsonText({ tool_calls }));
  draft.extras(rest);
  return draft.finish();
}

/** Collects the parts of one message in order. */
class Draft {
  readonly #role: string;
  readonly #done: Message[] = [];
  #texts: string[] = [];
  #calls: ToolCall[] = [];
  /** Id of the tool call that the message as a whole answers. */
  answers: string | null = null;

  constructor(role: string) {
    this.#role = role;
  }

  text(text: string): void {
    this.#texts.push(text);
  }

  call(call: ToolCall): void {
    this.#calls.push(call);
  }

  result(id: string, content: string): void {
    this.#flush();
    this.#done.push({ role: "tool", content, tool_call_id: id });
  }

  /** Keeps keys that have no place of their own as one JSON object. */
  extras(rest: JsonRecord): void {
    const kept = Object.entries(rest).filter(([key, value]) => !SILENT.has(key) && !isEmpty(value));
    if (kept.length) this.text(jsonText(Object.fromEntries(kept)));
  }

  finish(): Message[] {
    const unsaid = !CHAT_ROLES.has(this.#role) && this.#done.every(({ role }) => role !== this.#role);
    if (this.#done.length === 0 || this.#texts.length || this.#calls.length || this.answers || unsaid) {
      this.#flush(true);
    }
    return this.#done;
  }

  #flush(always = false): void {
    if (!always && !this.#texts.length && !this.#calls.length) return;
    this.#done.push({
      role: this.#role,
      content: this.#texts.length ? this.#texts.join("\n") : null,
      ...(this.#calls.length ? { tool_calls: this.#calls } : {}),
      ...(this.answers === null ? {} : { tool_call_id: this.answers }),
    });
    this.#texts = [];
    this.#calls = [];
    this.answers = null;
  }
}

function addPart(draft: Draft, part: unknown): void {
  if (!isRecord(part)) return draft.text(jsonText(part));
  if (TEXT_TYPES.has(part.type)) {
    const key = typeof part.content === "string" ? "content" : "text";
    const { type: _, [key]: text, ...rest } = part;
    if (typeof text !== "string") return draft.text(jsonText(part));
    draft.text(text);
    return draft.extras(rest);
  }
  if (CALL_TYPES.has(part.type)) return addCall(draft, part);
  if (RESULT_TYPES.has(part.type)) return addResult(draft, part);
  draft.text(jsonText(part));
}

function addCall(draft: Draft, call: unknown): void {
  if (!isRecord(call)) return draft.text(jsonText(call));
  const { type, function: inner, ...flat } = call;
  if (type !== undefined && !CALL_TYPES.has(type)) flat.type = type;
  if (inner !== undefined && !isRecord(inner)) flat.function = inner;
  const nested: JsonRecord = isRecord(inner) ? { ...inner } : {};
  const id = take(flat, ["id", "call_id", "tool_call_id"]);
  const name = take(nested, ["name"]) ?? take(flat, ["name"]);
  const args = take(nested, ["arguments"]) ?? take(flat, ["arguments", "input"]);
  draft.call({
    id: id === undefined ? "" : jsonText(id),
    type: "function",
    function: { name: name === undefined ? "" : jsonText(name), arguments: args === undefined ? "" : jsonText(args) },
  });
  draft.extras(flat);
  draft.extras(nested);
}

function addResult(draft: Draft, part: JsonRecord): void {
  const { type: _, ...rest } = part;
  const id = take(rest, ["id", "tool_call_id", "tool_use_id", "call_id"]);
  const result = take(rest, ["result", "content", "response", "output"]);
  const texts = result === undefined ? [] : [resultText(result)];
  const kept = Object.entries(rest).filter(([key, value]) => !SILENT.has(key) && !isEmpty(value));
  if (kept.length) texts.push(jsonText(Object.fromEntries(kept)));
  draft.result(id === undefined ? "" : jsonText(id), texts.join("\n"));
}

/** A tool's result as text; a list of `{ text }` is its texts, one a line. */
function resultText(result: unknown): string {
  if (!Array.isArray(result)) return jsonText(result);
  return result.map((item) => {
    if (!isRecord(item)) return jsonText(item);
    const { type, text, ...rest } = item;
    const plain = typeof text === "string" && TEXT_TYPES.has(type);
    return plain && Object.entries(rest).every(([key, value]) => SILENT.has(key) || isEmpty(value))
      ? text
      : jsonText(item);
  }).join("\n");
}

/** Removes and returns the first of the keys that has a value. */
function take(record: JsonRecord, keys: string[]): unknown {
  for (const key of keys) {
    const value = record[key];
    if (value === undefined || value === null) continue;
    delete record[key];
    return value;
  }
  return undefined;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0;
}
