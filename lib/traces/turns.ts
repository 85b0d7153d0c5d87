import type { Message } from "../model/mod.ts";
import type { Call } from "./conversation.ts";

/** One message of a session as a reader meets it, and the model call (from 1) that brought it. */
export interface Turn {
  /** Position of the call, from 1. */
  call: number;
  /** As the call has it. */
  message: Message;
}

/**
 * A session as one conversation: of each call the messages that the call before did not have, then its answer. An answer
 * that the next call repeats as history is told once. For reading; the judge's transcript also copes with harnesses that
 * rebuild their context at each call.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { exampleSession } from "agent-trace-lab/judge";
 * import { turnsOf, conversationOf } from "agent-trace-lab/traces";
 * equal(turnsOf(conversationOf(exampleSession()))[0]?.message.role, "system");
 * ```
 */
export function turnsOf(calls: readonly Call[]): Turn[] {
  let answered = new Set<string>();
  return calls.flatMap(({ input, kept, output }, i) => {
    const fresh = input.slice(kept).filter((message) => !answered.has(sameness(message)));
    answered = new Set(output.map(sameness));
    return [...fresh, ...output].map((message) => ({ call: i + 1, message }));
  });
}

function sameness({ role, content, tool_calls }: Message): string {
  return JSON.stringify([role, content ?? "", (tool_calls ?? []).map((call) => call.function)]);
}
