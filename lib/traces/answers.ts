import type { Message, TraceRow } from "../model/mod.ts";
import { type Call, conversationOf } from "./conversation.ts";

/**
 * The task: the first user text of the earliest call that has one.
 *
 * @returns null when no call has a user's text (texts not recorded, say).
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { exampleSession } from "agent-trace-lab/judge";
 * import { taskOf } from "agent-trace-lab/traces";
 * equal(taskOf(exampleSession())?.slice(0, 10), "My friends");
 * ```
 */
export function taskOf(row: TraceRow, calls: readonly Call[] = conversationOf(row)): string | null {
  for (const { input } of calls) {
    const found = input.find((message) => message.role === "user" && hasText(message));
    if (found) return found.content;
  }
  return null;
}

/**
 * The final answer: the last assistant text of the last call whose answer has one (a last call may only call a tool),
 * else the last assistant text that a later call repeats as history. An answer that could not be read is taken as it is.
 *
 * @returns null when the assistant never said anything in words.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { exampleSession } from "agent-trace-lab/judge";
 * import { finalAnswerOf } from "agent-trace-lab/traces";
 * equal(finalAnswerOf(exampleSession())?.slice(0, 9), "All done!");
 * ```
 */
export function finalAnswerOf(row: TraceRow, calls: readonly Call[] = conversationOf(row)): string | null {
  const said = (message: Message) => message.role === "assistant" && hasText(message);
  const unread = (message: Message) => message.role === "unknown" && hasText(message);
  const last = calls.findLast(({ output }) => output.some((message) => said(message) || unread(message)));
  const answer = last?.output.findLast(said) ?? last?.output.findLast(unread) ??
    calls.findLast(({ input }) => input.some(said))?.input.findLast(said);
  return answer?.content ?? null;
}

const hasText = (message: Message) => message.content !== null && message.content.trim() !== "";
