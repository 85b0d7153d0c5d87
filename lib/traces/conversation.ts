import type { Message, Span, TraceRow } from "../model/mod.ts";
import type { Malformed } from "./malformed.ts";
import { messageReader, type OnElement } from "./messages.ts";
import { callsInOrder } from "./times.ts";

/** One model call, read. */
export interface Call {
  /** The call as recorded. */
  span: Span;
  /** What the model was given: its system instructions, where they are recorded apart, and the messages. */
  input: Message[];
  /** How many leading messages of `input` are those of the call before: the same objects. */
  kept: number;
  /** What the model answered. */
  output: Message[];
  /** Whether input and output were recorded at all (a null text is no empty conversation). */
  inputRecorded: boolean;
  /** The same of `output`. */
  outputRecorded: boolean;
  /** Faults first met in this call; repetitions of a message are not counted again. */
  malformed: Malformed[];
}

/**
 * Reads every call of a session, by start time. Messages that calls repeat are shared by reference, so a conversation
 * takes the memory of its distinct messages, and one can tell what is new in a call without comparing text.
 *
 * @param options `onElement` is told of each recorded message where it is first read, and the messages it became.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { exampleSession } from "agent-trace-lab/judge";
 * import { conversationOf } from "agent-trace-lab/traces";
 * equal(conversationOf(exampleSession()).length, 5); // one entry a call
 * ```
 */
export function conversationOf(row: TraceRow, { onElement }: { onElement?: OnElement } = {}): Call[] {
  const read = messageReader(onElement);
  const readOutput = messageReader(onElement);
  const systems = new Map<string, { messages: Message[]; malformed: Malformed[] }>();
  let before: Message[] = [];
  return callsInOrder(row).map((span) => {
    const input = read(span.inputMessages);
    const output = readOutput(span.outputMessages);
    let malformed = [...input.malformed, ...output.malformed];
    let system: Message[] = [];
    if (span.systemInstructions !== null) {
      let known = systems.get(span.systemInstructions);
      if (!known) {
        known = readSystem(span.systemInstructions);
        systems.set(span.systemInstructions, known);
        malformed = [...known.malformed, ...malformed];
      }
      system = known.messages;
    }
    const messages = system.length ? [...system, ...input.messages] : input.messages;
    const kept = repeated(messages, before);
    before = messages;
    return {
      span,
      input: messages,
      kept,
      output: output.messages,
      inputRecorded: span.inputMessages !== null,
      outputRecorded: span.outputMessages !== null,
      malformed,
    };
  });
}

/** How many leading messages of `messages` are those of `before`. */
function repeated(messages: readonly Message[], before: readonly Message[]): number {
  let n = 0;
  while (n < messages.length && messages[n] === before[n]) n++;
  return n;
}

/** System instructions: JSON text of parts, or plain text. */
function readSystem(text: string): { messages: Message[]; malformed: Malformed[] } {
  const { messages, malformed } = messageReader()(`[{"role":"system","parts":${text}}]`);
  if (malformed.every(({ kind }) => kind === "lone surrogate")) return { messages, malformed };
  const lone: Malformed[] = text.isWellFormed()
    ? []
    : [{ kind: "lone surrogate", at: null, detail: "in the system instructions, written as U+FFFD" }];
  return { messages: text.trim() ? [{ role: "system", content: text.toWellFormed() }] : [], malformed: lone };
}
