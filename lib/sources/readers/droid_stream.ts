import { type RecordedTime, recordedTime } from "./times.ts";
import { isObject, type Json } from "../dialects/json.ts";
import { first } from "../messages/places.ts";
import type { PartsAt } from "../trace_json.ts";
import { fileIds } from "./file_ids.ts";
import { placedParts, type PlacedSession } from "./placed.ts";
import type { LocalFile } from "./reading.ts";
import { shareTokens } from "./shared_out.ts";
import { type OpenCall, Thread } from "./thread.ts";
import { fileObjects } from "./objects.ts";

/**
 * Sessions of `droid exec --output-format stream-json`: messages, thoughts, tool calls and their results are lines of their
 * own. What stands together before a result or a further question is one answer. Tokens are told at the end alone, so the
 * answers share them by their length.
 *
 * Source: streams of Droid 0.22 to 0.81.
 */
export async function* droidStreamRows(files: readonly LocalFile[]): AsyncGenerator<PartsAt> {
  const ids = fileIds(files.map(({ path }) => path));
  const sessions = new Map<string, { session: DroidSession; source: string }>();
  for (const file of files) {
    const { path } = file;
    let id = ids.get(path)!;
    for await (const line of fileObjects(file)) {
      if ("fault" in line) yield line;
      else {
        const named = first(line.value, ["session_id", "sessionId"]);
        if (named !== null) id = String(named);
        let known = sessions.get(id);
        if (!known) sessions.set(id, known = { session: new DroidSession(id), source: path });
        known.session.add(line.value);
      }
    }
  }
  let row = 0;
  for (const { session, source } of sessions.values()) {
    yield { source, row: row++, parts: placedParts(session.session()) };
  }
}

const timeOf = ({ timestamp }: Json) => recordedTime(timestamp);

class DroidSession {
  readonly #thread = new Thread();
  /** Lines that say what was said; a thought comes twice. */
  readonly #told = new Set<string>();
  readonly #completions: Json[] = [];
  #metadata: Json = {};
  #open: OpenCall | null = null;

  constructor(readonly id: string) {}

  add(line: Json): void {
    const { type, role, id, text } = line;
    const time = timeOf(line);
    if (type === "system") this.#metadata = { ...this.#metadata, ...line };
    else if (type === "completion") this.#completions.push(line);
    else if (type === "error") {
      this.#thread.silent({ endTime: time, statusCode: 2, statusMessage: line["message"] ?? "" });
    } else if (type === "tool_result") {
      const { toolCallId, value, isError } = line;
      this.#hear(
        [{ type: "tool_result", tool_use_id: toolCallId ?? id ?? "", content: value, is_error: isError }],
        time,
      );
    } else if (type === "message" && role !== "assistant") this.#hear(text, time);
    else if (type === "message") this.#say({ type: "text", text }, time, this.#has("text", "tool_call"));
    else if (type === "reasoning" && !this.#told.has(`${id} ${text}`)) {
      this.#told.add(`${id} ${text}`);
      this.#say({ type: "thinking", thinking: text }, time, this.#has("text", "tool_call"));
    } else if (type === "tool_call") {
      const { toolCallId, toolName, parameters } = line;
      this.#say({ type: "tool_call", id: toolCallId ?? id ?? "", name: toolName, arguments: parameters ?? {} }, time);
    }
  }

  session(): PlacedSession {
    const { type: _, subtype: __, session_id: ___, sessionId: ____, id: _____, model, tools, ...metadata } =
      this.#metadata;
    const last = this.#completions.at(-1);
    if (typeof last?.["finalText"] === "string" && !this.#hasSaid(last["finalText"])) {
      this.#say({ type: "text", text: last["finalText"] }, timeOf(last), true);
    }
    const calls = this.#thread.calls.map(({ parts }) => parts);
    for (const call of calls) call.requestModel = model ?? null;
    // What several runs of a session say at their ends may be sums of all before.
    const usage = this.#completions.length === 1 ? last!["usage"] : null;
    if (isObject(usage)) {
      shareTokens(calls.filter(({ statusCode }) => statusCode !== 2), {
        inputTokens: usage["input_tokens"],
        outputTokens: usage["output_tokens"],
        cachedTokens: usage["cache_read_input_tokens"],
        cacheWriteTokens: usage["cache_creation_input_tokens"],
      });
      for (const call of calls) call.tokens = "Anthropic";
    }
    return {
      sessionId: this.id,
      harness: "droid",
      models: typeof model === "string" ? [model] : [],
      collectedAt: timeOf(this.#metadata),
      spans: calls,
      metadata: { ...metadata, ...(Array.isArray(tools) ? { tools } : {}) },
    };
  }

  #hear(content: unknown, time: RecordedTime): void {
    this.#open = null;
    this.#thread.hear({ role: "user", content }, time);
  }

  /** Adds a part to the answer that is open, or begins one. */
  #say(part: Json, time: RecordedTime, anew = false): void {
    if (!this.#open || anew) {
      this.#open = this.#thread.answer({ role: "assistant", content: [part] }, { endTime: time });
    } else {
      (this.#open.answer.content as unknown[]).push(part);
      this.#open.parts.endTime = time ?? this.#open.parts.endTime;
    }
    this.#thread.at(time);
  }

  /** Whether the answer that is open has parts of these types. */
  #has(...types: string[]): boolean {
    const parts = (this.#open?.answer.content ?? []) as Json[];
    return parts.some(({ type }) => types.includes(String(type)));
  }

  #hasSaid(text: string): boolean {
    return this.#thread.calls.some(({ answer }) =>
      Array.isArray(answer.content) &&
      (answer.content as Json[]).map((part) => part["text"] ?? "").join("").includes(text)
    );
  }
}
