import type { Message } from "../../model/mod.ts";
import { isToolError } from "../../traces/mod.ts";

/**
 * What an item of a transcript is. `result` answers a tool call; `fault` is a model call that failed, with the recorded
 * reason.
 */
export type ItemKind = "system" | "user" | "assistant" | "call" | "result" | "fault";

/** The smallest thing a transcript is made of: one text, one tool call, or one tool result. */
export interface Item {
  /** Who or what speaks. */
  kind: ItemKind;
  /** The tool, for calls and results; null where it is not known. */
  name: string | null;
  /** The text; for a call, its arguments as the model wrote them. */
  text: string;
  /** A result that reports an error, or a fault. */
  error: boolean;
  /**
   * What makes two items the same although recorders write them differently: ids and the tool's name of a result are
   * left out, outer white space and the order of arguments do not count.
   */
  key: string;
}

/** Takes messages apart into items; `unread` is the kind of a message whose role could not be read. */
export type ItemReader = (messages: readonly Message[], unread: ItemKind) => Item[];

/**
 * A reader for the messages of one session, in order: results are named by the calls they answer. A message met again
 * (the same object) gives the same items. Empty texts are no items.
 */
export function itemReader(): ItemReader {
  const toolNames = new Map<string, string>();
  const known = new WeakMap<Message, Item[]>();
  const read = (message: Message, unread: ItemKind): Item[] => {
    const items: Item[] = [];
    if (message.content !== null && message.content.trim() !== "") {
      const kind = kindOf(message.role, unread);
      const name = kind === "result" ? toolNames.get(message.tool_call_id ?? "") ?? null : null;
      items.push(itemOf(kind, name, message.content, isToolError(message)));
    }
    for (const { id, function: { name, arguments: text } } of message.tool_calls ?? []) {
      toolNames.set(id, name);
      items.push(itemOf("call", name, text, false));
    }
    return items;
  };
  return (messages, unread) =>
    messages.flatMap((message) => {
      let items = known.get(message);
      if (!items) known.set(message, items = read(message, unread));
      return items;
    });
}

/** One item with its key. */
export function itemOf(kind: ItemKind, name: string | null, text: string, error: boolean): Item {
  const key = kind === "call" ? `call\n${name}\n${canonicalArguments(text)}` : `${kind}\n${text.trim()}`;
  return { kind, name, text, error, key };
}

function kindOf(role: string, unread: ItemKind): ItemKind {
  if (role === "assistant" || role === "user") return role;
  if (role === "system" || role === "developer") return "system";
  return role === "tool" || role === "function" ? "result" : unread;
}

function canonicalArguments(text: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(text)));
  } catch {
    return text.trim();
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([k, v]) => [k, sorted(v)]));
}
