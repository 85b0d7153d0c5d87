import type { Message, TraceRow } from "../model/mod.ts";
import { type Call, conversationOf } from "./conversation.ts";
import { isRecord } from "./json_text.ts";

/**
 * Whether a tool's result reports an error: the recorder says so, or its text does: it begins with the word error, exception, fatal or failed (also
 * as `SomeError:` or behind a quote, a bracket or "Execution"), with a Python traceback or a harness' error tag, or it
 * is (or ends in) a JSON object whose `error` or `is_error` is set or whose `status` or `type` is `error`. An exit code
 * or the word "error" further in is not taken as one: tools that print files would be.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { isToolError } from "agent-trace-lab/traces";
 * equal(isToolError({ role: "tool", content: "Error: no such file" }), true);
 * ```
 */
export function isToolError(message: Message): boolean {
  if (message.role !== "tool") return false;
  if (message.is_error) return true;
  if (message.content === null) return false;
  const text = message.content;
  return BEGINS.test(text.slice(0, 200)) || isErrorObject(text) ||
    isErrorObject(text.slice(text.lastIndexOf("\n") + 1));
}

const BEGINS =
  /^[\s"'[(*]*(?:<tool_use_error>|<error>|Traceback \(most recent call last\)|(?:Execution|Tool(?: call| execution)?|Command)? ?(?:fail(?:ed|ure)\b(?=[.:\s])|error\b\s*[:.!\])]|exception\b\s*:|fatal\b\s*:)|error\s+(?:calling|executing|running|while|in|invoking|parsing)\b|[\w.]*(?:Error|Exception): )/i;

function isErrorObject(text: string): boolean {
  if (text.length > 100_000 || !/^\s*\{[\s\S]*\}\s*$/.test(text) || !/"(?:is_?error|error|status|type)"/i.test(text)) {
    return false;
  }
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return false;
    return value.is_error === true || value.isError === true || value.status === "error" || value.type === "error" ||
      (value.error !== undefined && value.error !== null && value.error !== false && value.error !== "");
  } catch {
    return false;
  }
}

/**
 * How many results of tools report an error ({@link isToolError}). Later calls repeat earlier results, so each is
 * counted as often as it occurs in the one input that holds it most often.
 *
 * @returns null when the texts of no call were recorded.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { exampleSession } from "agent-trace-lab/judge";
 * import { toolErrorsOf } from "agent-trace-lab/traces";
 * equal(toolErrorsOf(exampleSession()), 0);
 * ```
 */
export function toolErrorsOf(row: TraceRow, calls: readonly Call[] = conversationOf(row)): number | null {
  if (!calls.some(({ inputRecorded }) => inputRecorded)) return null;
  const verdicts = new Map<Message, boolean>();
  const most = new Map<string, number>();
  for (const { input } of calls) {
    const counts = new Map<string, number>();
    for (const message of input) {
      if (message.role !== "tool") continue;
      let isError = verdicts.get(message);
      if (isError === undefined) verdicts.set(message, isError = isToolError(message));
      if (!isError) continue;
      const key = `${message.tool_call_id ?? ""}\u0000${message.content}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [key, n] of counts) most.set(key, Math.max(n, most.get(key) ?? 0));
  }
  return [...most.values()].reduce((total, n) => total + n, 0);
}
