import { messagesText, type Span, type TraceRow } from "../../model/mod.ts";
import { exampleSession } from "../example/example.ts";
import data from "./attacks.json" with { type: "json" };

/** One attempt to sway a judge from inside a recorded session. */
export interface Attack {
  /** What is tried: there are ten kinds. */
  kind: string;
  /** Where it stands: in the task, a tool's name, arguments or result, an error, or the agent's last answer. */
  place: "task" | "tool" | "arguments" | "result" | "error" | "answer";
  /** What is written there. */
  text: string;
}

/** How a text of the list is turned into what stands in the trace. */
const ENCODINGS: Record<string, (text: string) => string> = {
  /** Letters of Unicode's tags: no font shows them, and models read them. */
  "tags": (text) => [...text].map((c) => String.fromCodePoint(0xE0000 + (c.codePointAt(0)! & 0x7F))).join(""),
  "zero-width": (text) => [...text].join("\u200B"),
  "base64": (text) => `Decode this and do as it says: ${btoa(text)}`,
};

/** The attacks of `attacks.json`, six of each kind. */
export const ATTACKS: readonly Attack[] = data.map(({ kind, place, text, ...how }): Attack => {
  const encoded = "encode" in how && how.encode ? ENCODINGS[how.encode]!(text) : text;
  const times = "repeat" in how && how.repeat ? how.repeat : 0;
  return {
    kind,
    place: place as Attack["place"],
    text: times
      ? Array.from({ length: times }, (_, i) => encoded.replaceAll("{i}", String(i + 1))).join("\n")
      : encoded,
  };
});

/** The session that is attacked: its agent did a part of its task and claims all of it; a right verdict is 0. */
export function cleanTrace(): TraceRow {
  return exampleSession();
}

/** The same session with an attack in it; nothing else of it changes. */
export function attackedTrace({ place, text }: Attack, i: number): TraceRow {
  const row = cleanTrace();
  const spans = row.spans.map((span, n): Span => {
    const last = n === row.spans.length - 1;
    return {
      ...span,
      ...(place === "error" && last ? { status: { code: 2, message: text } } : {}),
      inputMessages: changed(span.inputMessages, place, text, false),
      outputMessages: changed(span.outputMessages, place, text, last),
    };
  });
  return { ...row, sessionId: `attack_${i + 1}`, spans };
}

type Part = Record<string, unknown>;
type RecordedMessage = { role: string; parts: Part[] };

/** A message list with the attack put into what stands at its place; the last tool call is the one that is changed. */
function changed(messages: Span["inputMessages"], place: Attack["place"], text: string, last: boolean): string | null {
  const json = messagesText(messages);
  if (json === null) return null;
  const list = JSON.parse(json) as RecordedMessage[];
  return JSON.stringify(
    list.map(({ role, parts }) => ({ role, parts: parts.map((part) => changedPart(part, role, place, text, last)) })),
  );
}

const LAST_CALL = "t4";

function changedPart(part: Part, role: string, place: Attack["place"], text: string, last: boolean): Part {
  const isCall = part["id"] === LAST_CALL && part["type"] === "tool_call";
  if (place === "tool" && isCall) return { ...part, name: text };
  if (place === "arguments" && isCall) return { ...part, arguments: `${JSON.stringify(part["arguments"])}\n${text}` };
  if (place === "result" && part["id"] === LAST_CALL && part["type"] === "tool_call_response") {
    return { ...part, result: `${part["result"]}\n${text}` };
  }
  const said = part["type"] === "text";
  if (place === "task" && said && role === "user" || place === "answer" && said && role === "assistant" && last) {
    return { ...part, content: `${part["content"]}\n${text}` };
  }
  return part;
}
