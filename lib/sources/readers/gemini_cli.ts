import { countIn } from "../mapping/values.ts";
import { summed } from "../spans/pick.ts";
import { type RecordedTime, recordedTime } from "./times.ts";
import { isObject, type Json } from "../dialects/json.ts";
import type { SpanParts } from "../mapping/row.ts";
import type { PartsAt } from "../trace_json.ts";
import { fileIds } from "./file_ids.ts";
import { responseOf } from "./gemini_parts.ts";
import { placedParts, type PlacedSession } from "./placed.ts";
import type { LocalFile } from "./reading.ts";
import { Thread } from "./thread.ts";
import { fileObjects } from "./objects.ts";

/**
 * Chats that the Gemini CLI records, a session a file: a document with its messages, or a line for the session and one a
 * message. A message that comes again (it is written anew as it grows) counts once, as it was last.
 *
 * Source: the CLI's chat recording service (`ConversationRecord`, `MessageRecord`).
 */
export async function* geminiCliRows(files: readonly LocalFile[]): AsyncGenerator<PartsAt> {
  const ids = fileIds(files.map(({ path }) => path));
  for (const [row, file] of files.entries()) {
    const { path } = file;
    const header: Json = {};
    const messages = new Map<string, Json>();
    const add = (one: unknown) => {
      if (isObject(one)) messages.set(String(one["id"] ?? messages.size), one);
    };
    for await (const line of fileObjects(file)) {
      if ("fault" in line) yield line;
      else {
        const { messages: list, $set, $rewindTo, ...rest } = line.value;
        if (Array.isArray(list)) list.forEach(add);
        if (typeof $rewindTo === "string") rewind(messages, $rewindTo);
        else if (isObject($set)) Object.assign(header, $set);
        else if ("type" in rest) add(rest);
        else Object.assign(header, rest);
      }
    }
    yield { source: path, row, parts: placedParts(sessionOf(header, [...messages.values()], ids.get(path)!)) };
  }
}

/** Takes back a message and all behind it. */
function rewind(messages: Map<string, Json>, id: string): void {
  const all = [...messages.keys()];
  const from = all.indexOf(id);
  if (from >= 0) all.slice(from).forEach((key) => messages.delete(key));
}

function sessionOf(header: Json, messages: readonly Json[], fileId: string): PlacedSession {
  const { sessionId, startTime, ...metadata } = header;
  const thread = new Thread();
  const models = new Set<string>();
  for (const message of messages) {
    const time = recordedTime(message["timestamp"]);
    const { type, content } = message;
    if (type === "user") thread.hear({ role: "user", content }, time);
    else if (type === "gemini") {
      if (typeof message["model"] === "string") models.add(message["model"]);
      answer(thread, message, time);
    }
  }
  return {
    sessionId: sessionId ?? fileId,
    harness: "gemini_cli",
    models: [...models],
    collectedAt: startTime ?? null,
    spans: thread.calls.map(({ parts }) => parts),
    metadata,
  };
}

function answer(thread: Thread, message: Json, time: RecordedTime): void {
  const { content, thoughts, toolCalls, tokens, model } = message;
  const calls = (Array.isArray(toolCalls) ? toolCalls : []).filter(isObject);
  const texts = Array.isArray(content) ? content : content ? [{ type: "text", text: content }] : [];
  const thought = (Array.isArray(thoughts) ? thoughts : []).filter(isObject)
    .map(({ subject, description }) => [subject, description].filter(Boolean).join(": "));
  thread.answer({
    role: "assistant",
    content: [...(thought.length ? [{ type: "thinking", thinking: thought.join("\n") }] : []), ...texts],
    ...(calls.length ? { tool_calls: calls.map(({ id, name, args }) => ({ id, name, arguments: args ?? {} })) } : {}),
  }, { endTime: time, requestModel: model ?? null, responseModel: model ?? null, ...counts(tokens) });
  thread.at(time);
  for (const call of calls) {
    if (call["result"] === undefined || call["result"] === null) continue;
    const result = { type: "tool_result", tool_use_id: call["id"] ?? "", content: resultOf(call["result"]) };
    const failed = call["status"] === "error" ? { is_error: true } : {};
    const at = recordedTime(call["timestamp"]) ?? time;
    thread.hear({ role: "user", content: [{ ...result, ...failed }] }, at);
  }
}

/** What a tool gave back: the output of its response, where that is all that it says. */
function resultOf(result: unknown): unknown {
  const parts = (Array.isArray(result) ? result : [result]).map(responseOf);
  return parts.length === 1 ? parts[0] : parts;
}

/** Gemini counts thoughts beside its output, and what was read from the cache as part of the input. */
function counts(tokens: unknown): SpanParts {
  if (!isObject(tokens)) return {};
  const { input, output, cached, thoughts } = tokens;
  return {
    inputTokens: input ?? null,
    outputTokens: countIn(output) === null ? null : summed([output, thoughts]),
    cachedTokens: cached ?? null,
    reasoningTokens: thoughts ?? null,
    tokens: "OpenAI",
  };
}
