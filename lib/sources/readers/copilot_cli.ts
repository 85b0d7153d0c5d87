import { type RecordedTime, recordedTime } from "./times.ts";
import { isObject, type Json } from "../dialects/json.ts";
import type { SpanParts } from "../mapping/row.ts";
import { listAt, objectAt, recordedCount, textAt } from "../spans/pick.ts";
import type { PartsAt } from "../trace_json.ts";
import type { PlacedSession } from "./placed.ts";
import type { LocalFile } from "./reading.ts";
import { shareTokens } from "./shared_out.ts";
import { Thread } from "./thread.ts";
import { fileSessions } from "./objects.ts";

/**
 * Sessions of the GitHub Copilot CLI: the events of `~/.copilot/session-state`, a file each. A message of the assistant is a
 * call; those of a sub-agent name the tool call that began it. How much models were given is told at the end of a session
 * alone, what was cached being part of it, so the calls of each model share it.
 *
 * Source: event files of Copilot CLI 0.0.370 to 1.0.77.
 */
export const copilotCliRows = (files: readonly LocalFile[]): AsyncGenerator<PartsAt> =>
  fileSessions(files, () => new CopilotSession());

class CopilotSession {
  readonly #threads = new Map<string, Thread>();
  readonly #models = new Set<string>();
  readonly #ends: Json[] = [];
  #start: Json = {};
  #model: string | null = null;
  #thought: string | null = null;

  add({ type, data, timestamp }: Json): void {
    if (!isObject(data)) return;
    const time = recordedTime(timestamp);
    const thread = this.#thread(textAt(data, "parentToolCallId") ?? "main");
    switch (type) {
      case "session.start":
        this.#start = data;
        this.#model = textAt(data, "selectedModel");
        break;
      case "session.model_change":
        this.#model = textAt(data, "newModel") ?? this.#model;
        break;
      case "session.shutdown":
        this.#ends.push(data);
        break;
      case "session.error":
        thread.silent({ endTime: time, statusCode: 2, statusMessage: textAt(data, "message") ?? "" });
        break;
      case "system.message":
        thread.hear({ role: "system", content: data["content"] }, time);
        break;
      case "user.message":
        this.#hear(data, thread, time);
        break;
      case "assistant.reasoning":
        this.#thought = textAt(data, "content");
        break;
      case "assistant.message":
        this.#answer(data, thread, time);
        break;
      case "tool.execution_complete":
        this.#result(data, thread, time);
    }
  }

  session(fileId: string): PlacedSession {
    const calls = [...this.#threads].flatMap(([key, { calls }]) =>
      calls.map(({ parts }) => ({ ...parts, spanId: `${key}:${parts.spanId}` }))
    );
    // A session that was taken up again ends several times.
    if (this.#ends.length === 1) this.#share(calls, objectAt(this.#ends[0]!, "modelMetrics"));
    const { sessionId, startTime, copilotVersion, context } = this.#start;
    return {
      sessionId: sessionId ?? fileId,
      harness: "copilot_cli",
      models: [...this.#models],
      collectedAt: startTime ?? null,
      spans: calls,
      metadata: { copilotVersion, ...(isObject(context) ? context : {}) },
    };
  }

  #thread(key: string): Thread {
    let thread = this.#threads.get(key);
    if (!thread) this.#threads.set(key, thread = new Thread());
    return thread;
  }

  /** What a user said; what the program put around it on its way to the model is the program's word. */
  #hear({ content, transformedContent }: Json, thread: Thread, time: RecordedTime): void {
    const around = typeof content === "string" && typeof transformedContent === "string" && content !== ""
      ? transformedContent.split(content)
      : [];
    const [before = "", after = ""] = around.length === 2 ? around : [];
    if (before.trim()) thread.hear({ role: "developer", content: before }, time);
    thread.hear({ role: "user", content: content ?? transformedContent }, time);
    if (after.trim()) thread.hear({ role: "developer", content: after }, time);
  }

  #answer(data: Json, thread: Thread, time: RecordedTime): void {
    const thinking = textAt(data, "reasoningText") ?? this.#thought;
    this.#thought = null;
    const model = textAt(data, "model") ?? this.#model;
    if (model !== null) this.#models.add(model);
    const calls = listAt(data, "toolRequests").filter(isObject).map(({ toolCallId, name, arguments: args }) => ({
      type: "tool_call",
      id: toolCallId ?? "",
      name,
      arguments: args ?? {},
    }));
    const text = textAt(data, "content");
    const content = [
      ...(thinking ? [{ type: "thinking", thinking }] : []),
      ...(text ? [{ type: "text", text }] : []),
      ...calls,
    ];
    thread.answer({ role: "assistant", content }, {
      endTime: time,
      responseModel: model,
      outputTokens: recordedCount(data, "outputTokens"),
    });
    thread.at(time);
  }

  #result(data: Json, thread: Thread, time: RecordedTime): void {
    const result = objectAt(data, "result");
    const content = textAt(result, "content", "detailedContent") ?? textAt(data, "error.message", "error") ?? "";
    const is_error = data["success"] === false;
    const part = { type: "tool_result", tool_use_id: data["toolCallId"] ?? "", content, is_error };
    thread.hear({ role: "user", content: [part] }, time);
  }

  #share(calls: readonly SpanParts[], metrics: Json): void {
    const [only, ...others] = Object.keys(metrics);
    if (only !== undefined && others.length === 0) {
      for (const call of calls) call.responseModel ??= only;
      this.#models.add(only);
    }
    for (const [model, told] of Object.entries(metrics)) {
      const usage = isObject(told) ? objectAt(told, "usage") : {};
      const own = calls.filter(({ responseModel, statusCode }) => responseModel === model && statusCode !== 2);
      shareTokens(own, {
        inputTokens: recordedCount(usage, "inputTokens"),
        cachedTokens: recordedCount(usage, "cacheReadTokens"),
        cacheWriteTokens: recordedCount(usage, "cacheWriteTokens"),
        ...(own.some(({ outputTokens }) => outputTokens === null)
          ? { outputTokens: recordedCount(usage, "outputTokens") }
          : {}),
      });
    }
  }
}
