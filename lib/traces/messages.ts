import { isDeepStrictEqual } from "node:util";
import { type Message, SharedMessages } from "../model/mod.ts";
import { jsonFault } from "../model/json_fault.ts";
import { type ElementSpan, listElements, skipSpace } from "./elements.ts";
import { hasLoneSurrogate, isRecord, jsonText, parseJson } from "./json_text.ts";
import type { Malformed, MalformedKind } from "./malformed.ts";
import { messagesOf, roleOf } from "./parts/element.ts";

/** Messages read from one text, and what was wrong with it. */
export interface ReadMessages {
  /** What could be read, in order. */
  messages: Message[];
  /** Empty where nothing is wrong. */
  malformed: Malformed[];
}

/** Reads one text after another; see {@link messageReader}. */
export type MessageReader = (recorded: string | SharedMessages | null) => ReadMessages;

/**
 * Reads a recorder's JSON text of `[{ role, parts }]` (OpenTelemetry GenAI) or `[{ role, content, tool_calls }]` (OpenAI)
 * as OpenAI-style messages.
 *
 * Never throws and loses no text: results of tools become `tool` messages; parts and keys that the chat format has no
 * place for are kept as JSON text; text that is not JSON becomes one message of role `unknown`; an element without a role
 * has role `unknown`; lone surrogates become U+FFFD. Each such repair is in `malformed`. Numbers keep their digits.
 *
 * @param json null (not recorded) gives no messages, and so does a text of white space only.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { readMessages } from "agent-trace-lab/traces";
 * const { messages, malformed } = readMessages('[{ "role": "user", "content": "hi" }]');
 * equal(messages.length, 1);
 * equal(malformed.length, 0);
 * ```
 */
export function readMessages(json: string | null): ReadMessages {
  return messageReader()(json);
}

/** Told of each element of a list of messages where it is first read: its value, and the messages it became. */
export type OnElement = (recorded: unknown, messages: readonly Message[]) => void;

/** What one element of a list gave. */
interface Element {
  messages: Message[];
  faults: { kind: MalformedKind; detail: string }[];
}

/** The list read last. */
interface Previous {
  text: string;
  spans: ElementSpan[];
  elements: Element[];
}

/**
 * A reader for the texts of one session, in order. Each call's input repeats the history, so a session's text grows with
 * the square of its calls: elements that were read before are taken over, by reference, instead of being parsed again.
 * A fault of an element is reported where it is first met, not at each repetition. Of a list that calls share each
 * element is read once; of lists of their own, what both begin with.
 */
export function messageReader(onElement?: OnElement): MessageReader {
  const known = new Map<string, Element>();
  const readOne = (value: unknown, raw: string | null): Element => {
    const element = readElement(value, raw);
    onElement?.(value, element.messages);
    return element;
  };
  const shared = new Map<readonly unknown[], Element[]>();
  let before: readonly unknown[] = [];
  let previous: Previous | null = null;
  return (json) => {
    if (json === null) return { messages: [], malformed: [] };
    if (json instanceof SharedMessages) {
      if (!shared.has(json.list)) shared.set(json.list, keptShared(json, before, shared.get(before) ?? []));
      before = json.list;
      return readShared(json, shared.get(json.list)!, readOne);
    }
    try {
      const read = readList(json, previous, known, readOne);
      if (read) {
        previous = read.list;
        return read.result;
      }
      return readOther(json, readOne);
    } catch (error) {
      return asText(json, error);
    }
  };
}

type ReadOne = (value: unknown, raw: string | null) => Element;

function readList(text: string, previous: Previous | null, known: Map<string, Element>, readOne: ReadOne) {
  const open = skipSpace(text, 0);
  if (text[open] !== "[") return null;
  const kept = previous ? keptElements(text, previous) : 0;
  const spans = previous?.spans.slice(0, kept) ?? [];
  const elements = previous?.elements.slice(0, kept) ?? [];
  const further = listElements(text, spans.at(-1)?.end ?? open + 1, kept === 0);
  if (!further) return null;
  const messages = elements.flatMap((element) => element.messages);
  const malformed: Malformed[] = [];
  for (const span of further) {
    const raw = text.slice(span.start, span.end);
    let element = known.get(raw);
    if (!element) {
      element = readOne(parseJson(raw), raw);
      known.set(raw, element);
      for (const fault of element.faults) malformed.push({ ...fault, at: elements.length });
    }
    spans.push(span);
    elements.push(element);
    messages.push(...element.messages);
  }
  return { list: { text, spans, elements }, result: { messages, malformed } };
}

/** The elements that a list begins with as the list read before it did, where each call holds a list of its own. */
function keptShared(
  { list, count }: SharedMessages,
  before: readonly unknown[],
  elements: readonly Element[],
): Element[] {
  let same = 0;
  while (same < Math.min(count, elements.length) && isDeepStrictEqual(list[same], before[same])) same++;
  return elements.slice(0, same);
}

function readShared({ list, count }: SharedMessages, elements: Element[], readOne: ReadOne): ReadMessages {
  const malformed: Malformed[] = [];
  for (let at = elements.length; at < count; at++) {
    const element = readOne(list[at], null);
    elements.push(element);
    for (const fault of element.faults) malformed.push({ ...fault, at });
  }
  const messages: Message[] = [];
  for (let at = 0; at < count; at++) for (const message of elements[at]!.messages) messages.push(message);
  return { messages, malformed };
}

/** How many elements of the list read last this text begins with. */
function keptElements(text: string, { text: before, spans }: Previous): number {
  const same = (n: number) => {
    const end = spans[n - 1]?.end ?? 0;
    // Only after a closing brace is the end of an element certain: the number 1 is also the beginning of 12.
    return end <= text.length && before[end - 1] === "}" && text.slice(0, end) === before.slice(0, end);
  };
  if (spans.length === 0) return 0;
  if (same(spans.length)) return spans.length;
  let [low, high] = [0, spans.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (same(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** JSON that is not a list: one message, `{ messages: [...] }`, or no messages at all. */
function readOther(json: string, readOne: ReadOne): ReadMessages {
  if (json.trim() === "") return { messages: [], malformed: [] };
  const value = parseJson(json);
  if (isRecord(value) && Array.isArray(value.messages) && Object.keys(value).length === 1) {
    return collect(value.messages.map((message) => readOne(message, json)));
  }
  if (isRecord(value) && "role" in value) return collect([readOne(value, json)]);
  return asText(json, new TypeError("it is not a list of messages"), "not a message");
}

function collect(elements: Element[]): ReadMessages {
  return {
    messages: elements.flatMap((element) => element.messages),
    malformed: elements.flatMap((element, at) => element.faults.map((fault) => ({ ...fault, at }))),
  };
}

/** Reads one element; `raw` is the text it was parsed from, or one that holds it, where it is at hand. */
function readElement(value: unknown, raw: string | null): Element {
  const faults: Element["faults"] = [];
  if (!isRecord(value)) {
    faults.push({ kind: "not a message", detail: `expected an object with a role, found ${clip(jsonText(value))}` });
  } else if (roleOf(value) === null) {
    faults.push({
      kind: "not a message",
      detail: `no role in an object with the keys ${clip(Object.keys(value).join())}`,
    });
  }
  const messages = messagesOf(value);
  const suspect = raw === null ? !isWellFormed(value) : /\\u[dD][89a-fA-F]/.test(raw) || !raw.isWellFormed();
  if (!suspect || !hasLoneSurrogate(value)) return { messages, faults };
  faults.push({ kind: "lone surrogate", detail: "half of a UTF-16 pair, written as U+FFFD" });
  return { messages: messages.map(wellFormed), faults };
}

function asText(json: string, error: unknown, kind: MalformedKind = "not JSON"): ReadMessages {
  const reason = jsonFault(error);
  const malformed: Malformed[] = [{ kind, at: null, detail: clip(reason.toWellFormed()) }];
  if (!json.isWellFormed()) malformed.push({ kind: "lone surrogate", at: null, detail: "in a text that is not JSON" });
  return { messages: [{ role: "unknown", content: json.toWellFormed() }], malformed };
}

function wellFormed(message: Message): Message {
  return {
    ...message,
    role: message.role.toWellFormed(),
    content: message.content?.toWellFormed() ?? null,
    ...(message.reasoning === undefined ? {} : { reasoning: message.reasoning.toWellFormed() }),
    ...(message.tool_calls === undefined ? {} : {
      tool_calls: message.tool_calls.map(({ id, type, function: { name, arguments: args } }) => ({
        id: id.toWellFormed(),
        type,
        function: { name: name.toWellFormed(), arguments: args.toWellFormed() },
      })),
    }),
    ...(message.tool_call_id === undefined ? {} : { tool_call_id: message.tool_call_id.toWellFormed() }),
  };
}

/** Whether no text of a value has half of a surrogate pair; level by level, for there may be more than the stack has room for. */
function isWellFormed(value: unknown): boolean {
  const open = [value];
  while (open.length) {
    const next = open.pop();
    if (typeof next === "string" && !next.isWellFormed()) return false;
    if (typeof next !== "object" || next === null) continue;
    const isList = Array.isArray(next);
    for (const key in next) {
      if (!isList && !key.isWellFormed()) return false;
      open.push((next as Record<string, unknown>)[key]);
    }
  }
  return true;
}

const clip = (text: string) => text.length > 120 ? `${text.slice(0, 117)}...` : text;
