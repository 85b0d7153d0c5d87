import { summedUsd } from "../spans/pick.ts";
import { type RecordedTime, recordedTime } from "./times.ts";
import { isObject, type Json } from "../dialects/json.ts";
import type { PartsAt } from "../trace_json.ts";
import { Branches } from "./branches.ts";
import { fileIds } from "./file_ids.ts";
import { placedParts, type PlacedSession } from "./placed.ts";
import type { LocalFile } from "./reading.ts";
import type { SpanParts } from "../mapping/row.ts";
import { type ChatMessage, Thread } from "./thread.ts";
import { fileObjects } from "./objects.ts";

/**
 * Sessions of Pi, and in the Hub's simple format for traces of other harnesses: a line for the session, then a line for
 * each message; Factory's Droid writes the same. Entries form a tree: a message that answers an earlier one begins a branch
 * there.
 *
 * Source: Pi's session format, version 3; "Session Traces Format" of the Hugging Face Hub; session files of Droid 0.81.
 */
export async function* piRows(files: readonly LocalFile[]): AsyncGenerator<PartsAt> {
  const ids = fileIds(files.map(({ path }) => path));
  let row = 0;
  for (const file of files) {
    const { path } = file;
    let session = new PiSession();
    for await (const line of fileObjects(file)) {
      if ("fault" in line) yield line;
      else {
        if (isHeader(line.value) && session.begun) {
          yield { source: path, row: row++, parts: placedParts(session.session(ids.get(path)!)) };
          session = new PiSession();
        }
        session.add(line.value);
      }
    }
    if (session.begun) yield { source: path, row: row++, parts: placedParts(session.session(ids.get(path)!)) };
  }
}

/** The line that Factory's Droid begins a session with; its messages have the same shape. */
const DROID = "session_start";
const isHeader = ({ type }: Json) => type === "session" || type === DROID;

class PiSession {
  readonly #thread = new Thread();
  readonly #models = new Set<string>();
  readonly #branches = new Branches(this.#thread);
  #header: Json | null = null;
  #usd: unknown = null;

  get begun(): boolean {
    return this.#header !== null || this.#thread.length > 0;
  }

  add(entry: Json): void {
    if (isHeader(entry)) {
      this.#header = entry;
      const system = entry["systemPrompt"] ?? entry["system_prompt"];
      if (typeof system === "string") this.#thread.hear({ role: "system", content: system });
      return;
    }
    this.#branches.follow(entry["parentId"]);
    const time = recordedTime(entry["timestamp"]);
    if (entry["type"] === "compaction") this.#compact(entry);
    else if (entry["type"] === "branch_summary" && typeof entry["summary"] === "string") {
      this.#thread.hear({ role: "user", content: entry["summary"] }, time);
    } else if (isObject(entry["message"])) this.#message(entry["message"], time);
    else if (entry["type"] === "custom_message") {
      this.#thread.hear({ role: "developer", content: entry["content"] }, time);
    }
    this.#branches.end(entry["id"]);
  }

  session(fileId: string): PlacedSession {
    const { type, id, harness, model, ...metadata } = this.#header ?? {};
    if (typeof model === "string") this.#models.add(model);
    return {
      sessionId: id ?? fileId,
      harness: harness ?? (type === DROID ? "droid" : "pi"),
      models: [...this.#models],
      collectedAt: metadata["timestamp"] ?? null,
      ...(this.#usd === null ? {} : { grades: { agentUsd: this.#usd } }),
      spans: this.#thread.calls.map(({ parts }) => parts),
      metadata,
    };
  }

  #compact({ summary, firstKeptEntryId }: Json): void {
    const from = this.#branches.lengthAt(firstKeptEntryId);
    const kept = from === undefined ? [] : this.#thread.first(this.#thread.length).slice(Math.max(0, from - 1));
    this.#thread.restart([{ role: "user", content: summary ?? "" }, ...kept]);
  }

  #message(message: Json, time: RecordedTime): void {
    const { role, content } = message;
    if (role === "assistant") return this.#answer(message, time);
    if (role === "toolResult") {
      const result = {
        type: "tool_result",
        tool_use_id: message["toolCallId"] ?? "",
        content,
        is_error: message["isError"],
      };
      return this.#thread.hear({ role: "user", content: [result] }, time);
    }
    if (role === "bashExecution") {
      const text = `$ ${message["command"] ?? ""}\n${message["output"] ?? ""}`;
      return this.#thread.hear({ role: "user", content: text }, time);
    }
    if (role === "branchSummary" || role === "compactionSummary") {
      return this.#thread.hear({ role: "user", content: message["summary"] ?? content }, time);
    }
    const { tool_call_id, tool_calls } = message;
    this.#thread.hear({
      role: role === "custom" ? "developer" : String(role ?? "unknown"),
      content,
      ...(tool_call_id === undefined ? {} : { tool_call_id }),
      ...(tool_calls === undefined ? {} : { tool_calls }),
    }, time);
  }

  #answer(
    { content, model, usage, stopReason, errorMessage, tool_calls, reasoning_content }: Json,
    time: RecordedTime,
  ): void {
    if (typeof model === "string") this.#models.add(model);
    const failed = stopReason === "error";
    const parts: SpanParts = {
      endTime: time,
      responseModel: model ?? null,
      ...tokens(usage),
      ...(typeof stopReason === "string" ? { finishReasons: [stopReason] } : {}),
      ...(failed ? { statusCode: 2, statusMessage: errorMessage ?? "" } : {}),
    };
    const cost = isObject(usage) && isObject(usage["cost"]) ? usage["cost"]["total"] : null;
    this.#usd = summedUsd([this.#usd, cost]);
    const blocks = Array.isArray(content) ? content.map(blockOf) : content;
    const thought = reasoning_content ? [{ type: "thinking", thinking: reasoning_content }] : [];
    const texts = Array.isArray(blocks) ? blocks : blocks ? [{ type: "text", text: blocks }] : [];
    const answer: ChatMessage = {
      role: "assistant",
      content: [...thought, ...texts],
      ...(tool_calls === undefined ? {} : { tool_calls }),
    };
    this.#thread.answer(answer, parts);
    this.#thread.at(time);
  }
}

/** A tool call of Pi's under the name that is read. */
function blockOf(block: unknown): unknown {
  if (!isObject(block) || block["type"] !== "toolCall") return block;
  return { type: "tool_call", id: block["id"], name: block["name"], arguments: block["arguments"] ?? {} };
}

/** Pi's input leaves out what was read from the cache and written to it, whatever the provider's does. */
function tokens(usage: unknown): SpanParts {
  if (!isObject(usage)) return {};
  const { input, output, cacheRead, cacheWrite, input_tokens, prompt_tokens, output_tokens, completion_tokens } = usage;
  if (input !== undefined && input !== null) {
    return {
      inputTokens: input,
      outputTokens: output ?? null,
      cachedTokens: cacheRead ?? null,
      cacheWriteTokens: cacheWrite ?? null,
      tokens: "Anthropic",
    };
  }
  return {
    inputTokens: input_tokens ?? prompt_tokens ?? null,
    outputTokens: output_tokens ?? completion_tokens ?? null,
  };
}
