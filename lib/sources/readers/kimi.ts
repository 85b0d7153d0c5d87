import { timeUs } from "../../traces/mod.ts";
import { isoOfUs } from "../../traces/time_text.ts";
import { type RecordedTime, recordedTime } from "./times.ts";
import { jsonText } from "../../traces/json_text.ts";
import { isObject, type Json } from "../dialects/json.ts";
import type { SpanParts } from "../mapping/row.ts";
import { countAt, objectAt, recordedCount, textAt } from "../spans/pick.ts";
import type { PartsAt } from "../trace_json.ts";
import type { PlacedSession } from "./placed.ts";
import type { LocalFile } from "./reading.ts";
import { type OpenCall, Thread } from "./thread.ts";
import { fileSessions } from "./objects.ts";

/**
 * Sessions of Kimi Code's CLI, a wire file each: what entered the context, and what each step said and took. A step is a
 * call, and so is a compaction; a sub-agent has a file of its own.
 *
 * Source: wire files of protocol 1.4.
 */
export const kimiRows = (files: readonly LocalFile[]): AsyncGenerator<PartsAt> =>
  fileSessions(files, () => new KimiSession());

class KimiSession {
  readonly #thread = new Thread();
  readonly #models = new Set<string>();
  #metadata: Json = {};
  #system: string | null = null;
  #collectedAt: RecordedTime = null;
  /** What was asked of the model last: when, and which model. */
  #request: Json = {};
  #open: OpenCall | null = null;

  add(line: Json): void {
    const time = recordedTime(line["time"]);
    this.#collectedAt ??= time;
    switch (line["type"]) {
      case "metadata":
        this.#metadata = { protocol_version: line["protocol_version"] };
        break;
      case "config.update":
        this.#configure(textAt(line, "systemPrompt"));
        break;
      case "llm.request":
        this.#request = line;
        break;
      case "llm.tools_snapshot":
        if (Array.isArray(line["tools"])) this.#thread.given.toolDefinitions = jsonText(line["tools"]);
        break;
      case "context.append_message":
        this.#hear(objectAt(line, "message"), time);
        break;
      case "context.append_loop_event":
        this.#step(objectAt(line, "event"), time);
        break;
      case "usage.record":
        // Those of turns repeat what their steps say.
        if (line["usageScope"] === "session") this.#thread.silent({ endTime: time, ...this.#asked(), ...tokens(line) });
        break;
      case "context.apply_compaction":
        this.#thread.restart([{ role: "user", content: line["contextSummary"] ?? line["summary"] }]);
    }
  }

  session(fileId: string): PlacedSession {
    return {
      sessionId: fileId,
      harness: "kimi_cli",
      models: [...this.#models],
      collectedAt: this.#collectedAt,
      spans: this.#thread.calls.map(({ parts }) => parts),
      metadata: this.#metadata,
    };
  }

  #configure(system: string | null): void {
    if (system === null || system === this.#system) return;
    this.#system = system;
    this.#thread.hear({ role: "system", content: system });
  }

  #hear({ role, content, origin }: Json, time: RecordedTime): void {
    const isUser = role === "user" && !(isObject(origin) && origin["kind"] === "injection");
    this.#thread.hear({ role: isUser ? "user" : role === "user" ? "developer" : String(role), content }, time);
  }

  #step(event: Json, time: RecordedTime): void {
    const { type, part, toolCallId, name, args, result } = event;
    if (type === "step.begin") this.#open = null;
    else if (type === "content.part" && isObject(part)) {
      this.#say(part["type"] === "think" ? { type: "thinking", thinking: part["think"] } : part, time);
    } else if (type === "tool.call") {
      this.#say({ type: "tool_call", id: toolCallId ?? "", name, arguments: args ?? {} }, time);
    } else if (type === "tool.result" && isObject(result)) {
      const { output, note, isError } = result;
      const content = typeof note === "string"
        ? [output ?? "", note].map((text) => ({ type: "text", text }))
        : output ?? "";
      const told = { type: "tool_result", tool_use_id: toolCallId ?? "", content, is_error: isError === true };
      this.#thread.hear({ role: "user", content: [told] }, time);
    } else if (type === "step.end") this.#end(event, time);
  }

  #say(part: Json, time: RecordedTime): void {
    if (this.#open) (this.#open.answer.content as unknown[]).push(part);
    else this.#open = this.#thread.answer({ role: "assistant", content: [part] }, { endTime: time, ...this.#asked() });
  }

  /** A step ends when its tools have run; its answer ended when it had been streamed. */
  #end(event: Json, time: RecordedTime): void {
    const call = this.#open ?? this.#thread.silent({ endTime: time, ...this.#asked() });
    const [first, stream] = [countAt(event, "llmFirstTokenLatencyMs"), countAt(event, "llmStreamDurationMs")];
    const asked = timeUs(this.#request["time"]);
    if (first !== null && stream !== null && asked !== null) {
      call.parts.endTime = isoOfUs(asked + 1000 * (first + stream));
    }
    const reason = textAt(event, "finishReason");
    Object.assign(call.parts, tokens(event), reason === null ? {} : { finishReasons: [reason] });
    this.#open = null;
  }

  #asked(): SpanParts {
    const model = textAt(this.#request, "model", "modelAlias");
    if (model !== null) this.#models.add(model);
    const began = recordedTime(this.#request["time"]);
    return { requestModel: model, ...(began === null ? {} : { startTime: began }) };
  }
}

/** Kimi's counts leave out of the input what was read from the cache and written to it. */
function tokens(line: Json): SpanParts {
  const usage = objectAt(line, "usage");
  return {
    inputTokens: recordedCount(usage, "inputOther"),
    outputTokens: recordedCount(usage, "output"),
    cachedTokens: recordedCount(usage, "inputCacheRead"),
    cacheWriteTokens: recordedCount(usage, "inputCacheCreation"),
    tokens: "Anthropic",
  };
}
