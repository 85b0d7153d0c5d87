import type { Message, ToolCall } from "../../model/mod.ts";
import { isRecord, type JsonRecord, jsonText } from "../json_text.ts";
import { withoutBlobs } from "./media.ts";

/** Keys that carry no text of the conversation: caching hints, positions, signatures, and what the span states itself. */
const SILENT = new Set([
  "cache_control",
  "index",
  "finish_reason",
  "signature",
  "thoughtSignature",
  "thought_signature",
  "providerOptions",
  "providerMetadata",
  "annotations",
  "logprobs",
]);

/** Roles of the chat format: a message of results alone loses nothing when its results go out as `tool` messages. */
const CHAT_ROLES = new Set(["system", "developer", "user", "assistant", "tool", "function", "unknown"]);

/** Collects the parts of one message in order. */
export class Draft {
  readonly #role: string;
  readonly #done: Message[] = [];
  #texts: string[] = [];
  #thoughts: string[] = [];
  #calls: ToolCall[] = [];
  /** Id of the tool call that the message as a whole answers. */
  answers: string | null = null;
  /** Whether the message as a whole reports an error of a tool. */
  isError = false;

  constructor(role: string) {
    this.#role = role;
  }

  text(text: string): void {
    this.#texts.push(text);
  }

  /** What the model thought before it answered: no part of the answer. */
  thought(text: string): void {
    this.#thoughts.push(text);
  }

  call(call: ToolCall): void {
    this.#calls.push(call);
  }

  result(id: string, content: string, isError: boolean): void {
    this.#flush();
    this.#done.push({ role: "tool", content, tool_call_id: id, ...(isError ? { is_error: true } : {}) });
  }

  /** Keeps keys that have no place of their own as one JSON object. */
  extras(rest: JsonRecord): void {
    const kept = keptKeys(rest);
    if (kept) this.text(kept);
  }

  finish(): Message[] {
    const unsaid = !CHAT_ROLES.has(this.#role) && this.#done.every(({ role }) => role !== this.#role);
    const open = this.#texts.length || this.#thoughts.length || this.#calls.length || this.answers;
    if (this.#done.length === 0 || open || unsaid) this.#flush(true);
    return this.#done;
  }

  /** Whether nothing at all has been said. */
  get empty(): boolean {
    return !this.#done.length && !this.#texts.length && !this.#thoughts.length && !this.#calls.length;
  }

  #flush(always = false): void {
    if (!always && !this.#texts.length && !this.#thoughts.length && !this.#calls.length) return;
    this.#done.push({
      role: this.#role,
      content: this.#texts.length ? this.#texts.join("\n") : null,
      ...(this.#thoughts.length ? { reasoning: this.#thoughts.join("\n") } : {}),
      ...(this.#calls.length ? { tool_calls: this.#calls } : {}),
      ...(this.answers === null ? {} : { tool_call_id: this.answers }),
      ...(this.isError ? { is_error: true } : {}),
    });
    [this.#texts, this.#thoughts, this.#calls] = [[], [], []];
    [this.answers, this.isError] = [null, false];
  }
}

/** Keys that say something, as one JSON object; null when none does. */
export function keptKeys(rest: JsonRecord): string | null {
  const kept = Object.entries(rest).filter(([key, value]) => !SILENT.has(key) && !isEmpty(value));
  return kept.length ? jsonText(withoutBlobs(Object.fromEntries(kept))) : null;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.values(value).every((one) => one === null || one === undefined || one === "");
}

/** Removes and returns the first of the keys that has a value. */
export function take(record: JsonRecord, keys: readonly string[]): unknown {
  for (const key of keys) {
    const value = record[key];
    if (value === undefined || value === null) continue;
    delete record[key];
    return value;
  }
  return undefined;
}
