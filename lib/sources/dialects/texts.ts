import type { OtlpEvent } from "../otlp/otlp.ts";
import { isObject, type Json, nested, unpacked } from "./json.ts";
import { type Said, said } from "./message.ts";
import { answeredOf, givenOf, textAndCalls } from "./payload.ts";
import type { TextPlace } from "./table.ts";

/** What a place had: messages, or text of JSON that is taken as it is; and tools, where a request was kept whole. */
export interface Texts {
  messages: Said[] | string;
  tools?: unknown;
  model?: unknown;
}

/** The texts of the first place that has some; null where none has. */
export function textsOf(
  attributes: Json,
  events: readonly OtlpEvent[],
  places: readonly TextPlace[],
  side: "input" | "output",
): Texts | null {
  for (const place of places) {
    const found = at(attributes, events, place, side);
    if (found && found.messages.length > 0) return found;
  }
  return null;
}

function at(attributes: Json, events: readonly OtlpEvent[], place: TextPlace, side: "input" | "output"): Texts | null {
  if ("attribute" in place && !("event" in place)) return payload(attributes[place.attribute], side);
  if ("event" in place) {
    return payload(events.find((event) => event.name === place.event)?.attributes[place.attribute], side);
  }
  if ("text" in place) return answer(attributes, place);
  if ("body" in place) return bodied(events, place.body);
  if ("indexed" in place) {
    // A value under the name itself is a request or a response, which another place reads.
    if (place.within === undefined && attributes[place.indexed] !== undefined) return null;
    const list = nested(attributes, place.indexed);
    return Array.isArray(list) ? { messages: list.map((one) => indexedMessage(one, place.within, side)) } : null;
  }
  const told = "listed" in place ? listedEvents(attributes[place.listed]) : events;
  return { messages: told.filter(({ name }) => place.events.test(name)).map(ofEvent) };
}

/** A list of messages in today's shape is taken as it is written; anything else is brought into one that is read. */
function payload(value: unknown, side: "input" | "output"): Texts | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "string" && /^\s*\[\s*\{\s*"role"\s*:\s*"[^"]*"\s*,\s*"parts"\s*:/.test(value)) {
    return { messages: value };
  }
  if (side === "input") return givenOf(value);
  const messages = answeredOf(value);
  return messages && { messages };
}

/** The messages of a body; what is said in one may be inside `content` or `message` once more, as JSON text of its parts. */
function bodied(events: readonly OtlpEvent[], side: "input" | "output"): Texts | null {
  const messages = events.flatMap(({ attributes }) => {
    const body = unpacked(attributes["body"]);
    const part = isObject(body) && isObject(body[side]) ? body[side]["messages"] : null;
    return Array.isArray(part) ? part : [];
  });
  const role = side === "input" ? "user" : "assistant";
  return {
    messages: messages.map((message) => {
      if (!isObject(message)) return said(message, role);
      const { content } = message;
      const inner = isObject(content) ? content["content"] ?? content["message"] ?? content : content;
      return said({ ...message, content: unpackedParts(inner) }, role);
    }),
  };
}

function answer(
  attributes: Json,
  { text, calls, reasoning = [] }: Extract<TextPlace, { text: unknown }>,
): Texts | null {
  const [said, list, thinking] = [text, calls, reasoning].map((names) =>
    names.map((name) => attributes[name]).find((value) => value !== undefined && value !== null && value !== "")
  );
  if (said === undefined && list === undefined) return null;
  const message = textAndCalls(said, list);
  if (typeof thinking !== "string") return { messages: [message] };
  const texts = message["content"] ? [{ type: "text", text: message["content"] }] : [];
  return { messages: [{ ...message, content: [{ type: "thinking", thinking }, ...texts] }] };
}

function indexedMessage(value: unknown, within: string | undefined, side: "input" | "output"): Said {
  const fallback = side === "input" ? "user" : "assistant";
  const inner = within && isObject(value) && isObject(value[within]) ? value[within] : value;
  // Completions of text have a prompt or a completion in the place of a message.
  for (const key of ["prompt", "completion"]) {
    if (isObject(inner) && isObject(inner[key]) && "text" in inner[key]) {
      return { role: fallback, content: inner[key]["text"] };
    }
  }
  if (!isObject(inner)) return said(inner, fallback);
  return said(
    { ...inner, ...(inner["content"] === undefined ? {} : { content: unpackedParts(inner["content"]) }) },
    fallback,
  );
}

/** A list of parts that was written as JSON text. */
function unpackedParts(content: unknown): unknown {
  if (typeof content !== "string" || !/^\s*\[\s*\{\s*"(?:type|text|toolUse|toolResult)"/.test(content)) return content;
  return unpacked(content);
}

/** A message of an event: its body is in attributes, or in one of them. */
function ofEvent({ name, attributes }: OtlpEvent): Said {
  const { body, event_body, "event.name": _, ...rest } = attributes;
  const inner = unpacked(body ?? event_body);
  const all: Json = { ...rest, ...(isObject(inner) ? inner : typeof inner === "string" ? { content: inner } : {}) };
  const role = name === "gen_ai.choice" ? "assistant" : name.split(".")[1]!;
  const kept = Object.fromEntries(Object.entries(all).filter(([key]) => MESSAGE_KEYS.has(key)));
  const message = unpacked(all["message"]);
  const own = isObject(message) ? message : typeof message === "string" ? { content: message } : {};
  return said({ role, ...kept, ...own, ...calls(own["tool_calls"] ?? kept["tool_calls"]) }, role);
}

const MESSAGE_KEYS = new Set(["role", "content", "tool_calls", "id", "tool_call_id", "parts"]);
const calls = (value: unknown) => value === undefined ? {} : { tool_calls: unpacked(value) };

function listedEvents(value: unknown): OtlpEvent[] {
  const list = unpacked(value);
  if (!Array.isArray(list)) return [];
  return list.filter(isObject).map((attributes) => ({ name: String(attributes["event.name"] ?? ""), attributes }));
}
