import { isRecord, type JsonRecord } from "../json_text.ts";
import type { Draft } from "./draft.ts";
import { addCall, addResult } from "./tools.ts";

/** Keys of an invocation that say how far it got, or what was shown of it. */
const SILENT = [
  ...["type", "state", "step", "title", "preliminary", "dynamic", "providerExecuted", "approval"],
  ...["callProviderMetadata", "resultProviderMetadata"],
];

/**
 * A tool call and its result in one part, as UI messages of the Vercel AI SDK have them: `tool-NAME` and `dynamic-tool`
 * since version 5, `tool-invocation` before.
 *
 * @returns null for any other part.
 */
export function invocationOf(part: JsonRecord): JsonRecord | null {
  const { type, toolInvocation, toolCallId } = part;
  if (type === "tool-invocation" && isRecord(toolInvocation)) return toolInvocation;
  if (typeof type !== "string" || typeof toolCallId !== "string") return null;
  if (type === "dynamic-tool") return part;
  const named = /^tool-(.+)$/.exec(type);
  return named && "state" in part ? { ...part, toolName: named[1] } : null;
}

/** Adds the call, and its result where there is one. */
export function addInvocation(draft: Draft, invocation: JsonRecord): void {
  const { toolCallId, toolName, input, rawInput, args, output, result, errorText, ...rest } = invocation;
  for (const key of SILENT) delete rest[key];
  addCall(draft, { id: toolCallId, name: toolName, arguments: input ?? args ?? rawInput, ...rest });
  const failed = typeof errorText === "string";
  const told = failed ? errorText : output ?? result;
  if (told !== undefined) addResult(draft, { tool_call_id: toolCallId, result: told, is_error: failed });
}

/**
 * A UI message without what it says twice: where it has parts, these also hold its text, its thoughts and its tools, in
 * order.
 */
export function toldOnce(element: JsonRecord): JsonRecord {
  const { parts, content, reasoning, toolInvocations } = element;
  const isTwice = [content, reasoning, toolInvocations].some((one) => one !== undefined);
  if (!Array.isArray(parts) || !isTwice) return element;
  const kept = { ...element };
  const records = parts.filter(isRecord);
  const texts = records.filter(({ type }) => type === "text").map(({ text }) => text).join("");
  if (typeof content === "string" && [bare(texts), ""].includes(bare(content))) delete kept["content"];
  if (typeof reasoning === "string" && records.some(({ type }) => type === "reasoning")) delete kept["reasoning"];
  if (Array.isArray(toolInvocations)) {
    const ids = new Set(records.map((part) => invocationOf(part)?.["toolCallId"]));
    kept["toolInvocations"] = toolInvocations.filter((one) => !isRecord(one) || !ids.has(one["toolCallId"]));
  }
  return kept;
}

/** Steps are put together with white space between. */
const bare = (text: string) => text.replace(/\s+/g, "");
