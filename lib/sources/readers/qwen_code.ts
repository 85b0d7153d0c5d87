import { countIn } from "../mapping/values.ts";
import { summed } from "../spans/pick.ts";
import { type RecordedTime, recordedTime } from "./times.ts";
import { isObject, type Json } from "../dialects/json.ts";
import type { SpanParts } from "../mapping/row.ts";
import type { PartsAt } from "../trace_json.ts";
import { Branches } from "./branches.ts";
import { responseOf } from "./gemini_parts.ts";
import type { PlacedSession } from "./placed.ts";
import type { LocalFile } from "./reading.ts";
import { type OpenCall, Thread } from "./thread.ts";
import { fileSessions } from "./objects.ts";

/**
 * Chats of Qwen Code, a file each: a line for each message, in Gemini's parts, that names the line it follows. A line of the
 * model is a call. Lines of its telemetry say nothing more.
 *
 * Source: files of `~/.qwen/projects/…/chats`, version 0.21.
 */
export const qwenCodeRows = (files: readonly LocalFile[]): AsyncGenerator<PartsAt> =>
  fileSessions(files, () => new QwenChat());

class QwenChat {
  readonly #thread = new Thread();
  readonly #branches = new Branches(this.#thread);
  readonly #models = new Set<string>();
  readonly #metadata: Json = {};
  /** The call of the line before, and that line's id: a line of the same id is more of the same answer. */
  #open: { uuid: unknown; call: OpenCall } | null = null;
  #sessionId: unknown = null;
  #began: unknown = null;

  add(line: Json): void {
    this.#sessionId ??= line["sessionId"];
    this.#began ??= line["timestamp"];
    for (const key of ["version", "cwd", "gitBranch"]) {
      if (line[key] !== undefined) this.#metadata[key] ??= line[key];
    }
    const { uuid, type, message } = line;
    const again = this.#open !== null && this.#open.uuid === uuid;
    if (!again) this.#branches.follow(line["parentUuid"]);
    const time = recordedTime(line["timestamp"]);
    const { parts } = isObject(message) ? message : {};
    if (type === "assistant") this.#answer(line, parts, time, again);
    else if ((type === "user" || type === "tool_result") && parts !== undefined) {
      this.#thread.hear({ role: "user", parts: Array.isArray(parts) ? parts.map(partOf(line)) : parts }, time);
    } else if (line["subtype"] === "chat_compression") this.#compress(line["systemPayload"]);
    this.#branches.end(uuid);
  }

  session(fileId: string): PlacedSession {
    return {
      sessionId: this.#sessionId ?? fileId,
      harness: "qwen_code",
      models: [...this.#models],
      collectedAt: this.#began,
      spans: this.#thread.calls.map(({ parts }) => parts),
      metadata: this.#metadata,
    };
  }

  #answer({ uuid, model, usageMetadata }: Json, parts: unknown, time: RecordedTime, again: boolean): void {
    if (typeof model === "string") this.#models.add(model);
    const known = { ...(model === undefined ? {} : { responseModel: model }), ...counts(usageMetadata) };
    if (again && this.#open) {
      const { answer, parts: span } = this.#open.call;
      answer["parts"] = [answer["parts"], parts].flatMap((one) => one ?? []);
      Object.assign(span, known, { endTime: time ?? span.endTime });
    } else {
      const call = this.#thread.answer({ role: "assistant", parts }, { endTime: time, ...known });
      this.#open = { uuid, call };
    }
    this.#thread.at(time);
  }

  /** The context begins anew with what it was compressed to. */
  #compress(payload: unknown): void {
    const { compressedHistory } = isObject(payload) ? payload : {};
    if (!Array.isArray(compressedHistory)) return;
    this.#thread.restart(
      compressedHistory.filter(isObject).map(({ role, parts }) => ({
        role: role === "model" ? "assistant" : String(role ?? "user"),
        parts,
      })),
    );
  }
}

/** A part; one with a tool's answer as a result, which failed where the line says so. */
function partOf({ toolCallResult }: Json): (part: unknown) => unknown {
  const failed = isObject(toolCallResult) && toolCallResult["status"] === "error" ? { is_error: true } : {};
  return (part) => {
    if (!isObject(part) || !isObject(part["functionResponse"])) return part;
    const { id } = part["functionResponse"];
    return { type: "tool_result", tool_use_id: id ?? "", content: responseOf(part), ...failed };
  };
}

/** Gemini's usage; thoughts are part of the answer where the total is that of prompt and answer alone. */
function counts(usage: unknown): SpanParts {
  if (!isObject(usage)) return {};
  const { promptTokenCount, candidatesTokenCount, cachedContentTokenCount, thoughtsTokenCount, totalTokenCount } =
    usage;
  const inside = summed([promptTokenCount, candidatesTokenCount]) === countIn(totalTokenCount);
  return {
    inputTokens: promptTokenCount ?? null,
    outputTokens: candidatesTokenCount ?? null,
    cachedTokens: cachedContentTokenCount ?? null,
    reasoningTokens: thoughtsTokenCount ?? null,
    tokens: inside ? "OpenAI" : "Gemini",
  };
}
