import { timeUs } from "../../../traces/mod.ts";
import { isoOfUs } from "../../../traces/time_text.ts";
import { countIn } from "../../mapping/values.ts";
import { summed, summedUsd } from "../../spans/pick.ts";
import { recordedTime } from "../times.ts";
import { isObject, type Json } from "../../dialects/json.ts";
import { first } from "../../messages/places.ts";
import type { SpanParts } from "../../mapping/row.ts";
import type { PlacedSession } from "../placed.ts";
import { type ChatMessage, Thread } from "../thread.ts";

/** A message of opencode and its parts, in order. */
export interface OpencodeMessage {
  info: Json;
  parts: Json[];
}

/** A session with the messages of each of its threads: its own, and those of its sub-agents. */
export function opencodeSession(
  info: Json,
  threads: readonly (readonly OpencodeMessage[])[],
  fileId: string,
): PlacedSession {
  const models = new Set<string>();
  const costs: unknown[] = [];
  const said = threads.map((messages) => threadOf(messages, models, costs));
  const { id, time, ...metadata } = info;
  return {
    sessionId: id ?? fileId,
    harness: "opencode",
    models: [...models],
    collectedAt: isObject(time) ? recordedTime(time["created"]) : null,
    grades: { agentUsd: summedUsd(costs) },
    spans: said.flatMap(({ calls }, i) =>
      calls.map(({ parts }) => said.length === 1 ? parts : { ...parts, spanId: `${i}:${parts.spanId}` })
    ),
    metadata,
  };
}

function threadOf(messages: readonly OpencodeMessage[], models: Set<string>, costs: unknown[]): Thread {
  const thread = new Thread();
  for (const { info, parts } of messages) {
    if (info["role"] === "user") {
      const content = parts.filter(({ ignored }) => ignored !== true).map(blockOf).filter((block) => block !== null);
      if (content.length) thread.hear({ role: "user", content }, recordedTime(first(info, ["time.created"])));
      continue;
    }
    const model = first(info, ["modelID", "model.modelID"]);
    if (typeof model === "string") models.add(model);
    if (Array.isArray(info["system"])) thread.given.systemInstructions = info["system"].join("\n");
    const steps = stepsOf(parts);
    steps.forEach((step, i) => {
      // Where steps do not say their tokens, and there is one, they are the message's.
      const finish = step.find(({ type }) => type === "step-finish") ?? (steps.length === 1 ? info : {});
      costs.push(finish["cost"]);
      addStep(thread, step, { info, finish, model, isLast: i === steps.length - 1 });
    });
    // What is summed up begins the context anew: the request for a summary, and the summary.
    if (info["summary"] === true) thread.restart(thread.first(thread.length).slice(-2));
  }
  return thread;
}

/** The parts of each model call of a message: each call ends with the part that says its tokens. */
function stepsOf(parts: readonly Json[]): Json[][] {
  const steps: Json[][] = [[]];
  for (const part of parts) {
    if (part["type"] === "step-start" && steps.at(-1)!.length) steps.push([]);
    steps.at(-1)!.push(part);
  }
  const told = steps.filter((step) => step.some((part) => part["type"] === "step-finish" || blockOf(part) !== null));
  return told.length ? told : [[]];
}

interface Step {
  info: Json;
  finish: Json;
  model: unknown;
  isLast: boolean;
}

function addStep(thread: Thread, parts: readonly Json[], { info, finish, model, isLast }: Step): void {
  const error = isLast && isObject(info["error"]) ? info["error"] : null;
  const tools = parts.filter(({ type }) => type === "tool");
  const span: SpanParts = {
    endTime: endOf(parts) ?? recordedTime(first(info, ["time.completed", "time.created"])),
    requestModel: model,
    ...tokensOf(finish["tokens"]),
    ...(typeof finish["reason"] === "string" ? { finishReasons: [finish["reason"]] } : {}),
    ...(error ? { statusCode: 2, statusMessage: first(error, ["data.message", "name"]) ?? "" } : {}),
  };
  const content = parts.map(blockOf).filter((block) => block !== null);
  if (content.length) thread.answer({ role: "assistant", content }, span);
  else thread.silent(span);
  thread.at(span.endTime as string | null);
  for (const tool of tools) {
    const result = resultOf(tool);
    if (result) thread.hear(result, recordedTime(first(tool, ["state.time.end"])));
  }
}

/** A part as a block of a message; null where nobody said it. */
function blockOf(part: Json): unknown {
  const { type, text } = part;
  if (type === "text") return text ? { type: "text", text } : null;
  if (type === "reasoning") return text ? { type: "thinking", thinking: text } : null;
  if (type === "tool") {
    const input = first(part, ["state.input"]);
    return { type: "tool_use", id: part["callID"] ?? "", name: part["tool"], input: input ?? {} };
  }
  if (type === "file") return { type: "file", mime: part["mime"], filename: part["filename"], url: part["url"] };
  return null;
}

/** What a tool gave back, or that it failed; null of one that is still at work. */
function resultOf({ callID, state }: Json): ChatMessage | null {
  if (!isObject(state)) return null;
  const failed = state["status"] === "error";
  const content = failed ? state["error"] ?? state["output"] : state["output"];
  if (content === undefined || content === null) return null;
  const result = { type: "tool_result", tool_use_id: callID ?? "", content, ...(failed ? { is_error: true } : {}) };
  return { role: "user", content: [result] };
}

/** When the model had answered: when its last text ended, or its first tool began. */
function endOf(parts: readonly Json[]): string | null {
  const began = parts.filter(({ type }) => type === "tool").map((part) => first(part, ["state.time.start"]));
  const ended = parts.filter(({ type }) => type === "text" || type === "reasoning")
    .map((part) => first(part, ["time.end"]));
  const known = [...began, ...ended].flatMap((time) => timeUs(time) ?? []);
  return known.length ? isoOfUs(Math.max(...known)) : null;
}

/** Tokens of a call: what was cached stands beside the input, and reasoning beside the output where a total says so. */
function tokensOf(tokens: unknown): SpanParts {
  if (!isObject(tokens)) return {};
  const { input, output, reasoning, total, cache } = tokens;
  const { read, write } = isObject(cache) ? cache : {};
  return {
    inputTokens: input ?? null,
    outputTokens: output ?? null,
    cachedTokens: read ?? null,
    cacheWriteTokens: write ?? null,
    reasoningTokens: reasoning ?? null,
    tokens: total !== undefined && countIn(total) === summed([input, output, reasoning, read, write])
      ? "Langfuse"
      : "Anthropic",
  };
}
