import type { OtlpEvent, OtlpSpan } from "./otlp.ts";

type Json = Record<string, unknown>;
interface Turn {
  role: string;
  parts: Json[];
}

/**
 * Attributes of a model call with its messages under the names of today's GenAI conventions, whichever way the recorder
 * wrote them: `gen_ai.input.messages` on the span or on its `…operation.details` event; one event a message
 * (`gen_ai.user.message`, `gen_ai.choice`); one attribute a message part (`gen_ai.prompt.0.content`).
 *
 * Source: OpenTelemetry semantic conventions for generative AI, 1.28 to 1.38.
 */
export function withMessages({ attributes, events }: OtlpSpan): Record<string, unknown> {
  const details = events.filter(({ name }) => name === "gen_ai.client.inference.operation.details");
  const all: Json = Object.assign({}, ...details.map((event) => event.attributes), attributes);
  const input = all["gen_ai.input.messages"] ?? fromEvents(events, isPrompt) ?? fromIndexed(all, "gen_ai.prompt");
  const output = all["gen_ai.output.messages"] ?? fromEvents(events, isChoice) ?? fromIndexed(all, "gen_ai.completion");
  return { ...all, "gen_ai.input.messages": input, "gen_ai.output.messages": output };
}

const isPrompt = (name: string) => /^gen_ai\.(system|user|assistant|tool)\.message$/.test(name);
const isChoice = (name: string) => name === "gen_ai.choice";

function fromEvents(events: OtlpEvent[], wanted: (name: string) => boolean): Turn[] | null {
  const turns = events.filter(({ name }) => wanted(name)).map(({ name, attributes }) => {
    const body = { ...attributes, ...object(parsed(attributes["body"] ?? attributes["event_body"])) };
    const message = object(parsed(body["message"]));
    const role = name === "gen_ai.choice" ? "assistant" : name.split(".")[1]!;
    return turnOf({ ...body, ...message }, role);
  });
  return turns.length ? turns : null;
}

/** `gen_ai.prompt.0.role`, `gen_ai.prompt.0.content`, `gen_ai.prompt.0.tool_calls.0.name` as messages. */
function fromIndexed(attributes: Json, prefix: string): Turn[] | null {
  const messages: Json[] = [];
  for (const [key, value] of Object.entries(attributes)) {
    const [index, name, ...rest] = key.startsWith(`${prefix}.`) ? key.slice(prefix.length + 1).split(".") : [];
    if (index === undefined || name === undefined || !/^\d+$/.test(index)) continue;
    const message = messages[Number(index)] ??= {};
    if (name !== "tool_calls") message[name] = value;
    else if (rest.length === 2) {
      const calls = (message["tool_calls"] ??= []) as Json[];
      (calls[Number(rest[0])] ??= {})[rest[1]!] = value;
    }
  }
  const turns = messages.filter(Boolean).map((message) =>
    turnOf(message, prefix.endsWith("prompt") ? "user" : "assistant")
  );
  return turns.length ? turns : null;
}

function turnOf(message: Json, fallbackRole: string): Turn {
  const role = typeof message["role"] === "string" ? message["role"] : fallbackRole;
  const content = message["content"];
  const parts: Json[] = [];
  if (role === "tool") {
    parts.push({
      type: "tool_call_response",
      id: message["id"] ?? message["tool_call_id"] ?? null,
      result: content ?? null,
    });
  } else if (content !== undefined && content !== null) {
    parts.push({ type: "text", content });
  }
  const calls = parsed(message["tool_calls"]);
  for (const call of Array.isArray(calls) ? calls : []) {
    const fn = object(call["function"]);
    const [name, args] = [fn["name"] ?? call["name"] ?? "", fn["arguments"] ?? call["arguments"] ?? null];
    parts.push({ type: "tool_call", id: call["id"] ?? null, name, arguments: args });
  }
  return { role, parts };
}

const object = (value: unknown): Json => typeof value === "object" && value !== null ? value as Json : {};

/** A value that a recorder may have written as JSON text. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return { content: value };
  }
}
