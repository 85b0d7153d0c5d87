import type { Message } from "../model/mod.ts";
import { addSecretCounts, redactSecrets, type SecretCounts } from "../traces/mod.ts";

/** A value without its secrets. */
export interface RedactedValue<T> {
  value: T;
  counts: SecretCounts;
}

/**
 * Redacts the messages of one session. Calls repeat messages by reference: each is gone through once, and comes out as
 * the same object each time. A message without secrets comes out as it is.
 */
export function messageRedactor(): (message: Message) => RedactedValue<Message> {
  const done = new Map<Message, RedactedValue<Message>>();
  return (message) => {
    let redacted = done.get(message);
    if (!redacted) done.set(message, redacted = redactMessage(message));
    return redacted;
  };
}

function redactMessage(message: Message): RedactedValue<Message> {
  let counts: SecretCounts = {};
  const clean = (text: string) => {
    const redacted = redactSecrets(text);
    if (redacted.text !== text) counts = addSecretCounts(counts, redacted.counts);
    return redacted.text;
  };
  const value: Message = { ...message, content: message.content === null ? null : clean(message.content) };
  if (message.reasoning !== undefined) value.reasoning = clean(message.reasoning);
  if (message.tool_calls) {
    value.tool_calls = message.tool_calls.map((call) => ({
      ...call,
      function: { name: call.function.name, arguments: clean(call.function.arguments) },
    }));
  }
  return { value: Object.keys(counts).length ? value : message, counts };
}

/**
 * Redacts every string inside a value, keys aside, and makes it plain JSON: integers beyond 2^53 become text, dates ISO
 * 8601 text.
 */
export function redactValue(value: unknown): RedactedValue<unknown> {
  let counts: SecretCounts = {};
  const clean = (part: unknown): unknown => {
    if (typeof part === "string") {
      const redacted = redactSecrets(part);
      counts = addSecretCounts(counts, redacted.counts);
      return redacted.text.toWellFormed();
    }
    if (typeof part === "bigint") {
      const number = Number(part);
      return Number.isSafeInteger(number) ? number : String(part);
    }
    if (part instanceof Date) return Number.isNaN(part.getTime()) ? null : part.toISOString();
    if (Array.isArray(part)) return part.map(clean);
    if (typeof part === "object" && part !== null) {
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, clean(inner)]));
    }
    return part;
  };
  return { value: clean(value), counts };
}
