import { summedUsd } from "../../spans/pick.ts";
import { jsonText } from "../../../traces/json_text.ts";
import type { SpanParts } from "../../mapping/parts.ts";
import { isObject, type Json } from "../../dialects/json.ts";
import type { PlacedSession } from "../placed.ts";
import { type ChatMessage, type OpenCall, Thread } from "../thread.ts";
import { sharedOut, textLength } from "../shared_out.ts";
import { type ClaudeLine, type ClaudeMessage, type ClaudeUsage, harnessOf, isBoundary } from "./line.ts";

/** Fields of a session's lines that are kept as its metadata; the first value counts. */
const KEPT = ["cwd", "version", "gitBranch", "entrypoint", "slug", "userType", "claude_code_version"] as const;
const SYNTHETIC = "<synthetic>";

/**
 * Puts a session together from its lines, those of its sub-agents among them. Lines of one message are one call, whose
 * usage is that of the last of them; a line that comes again, and a call that another session has counted, add nothing.
 */
export class ClaudeSession {
  readonly #threads = new Map<string, Thread>();
  readonly #threadOf = new Map<string, string>();
  readonly #calls = new Map<string, OpenCall>();
  readonly #metadata: Record<string, unknown> = {};
  readonly #leftOut = new Map<string, number>();
  readonly #results: Json[] = [];
  #harness = "claude_code";
  #hasOwnFile = false;
  #usd: unknown = null;

  constructor(readonly sessionId: string, readonly counted: Set<string>) {}

  add(line: ClaudeLine): void {
    for (const key of KEPT) if (line[key] !== undefined && line[key] !== "") this.#metadata[key] ??= line[key];
    if (line.type === "summary" && typeof line["summary"] === "string") this.#metadata["summary"] = line["summary"];
    if (line.type === "ai-title" && typeof line["aiTitle"] === "string") this.#metadata["title"] = line["aiTitle"];
    const key = this.#keyOf(line);
    if (line.uuid) {
      if (this.#threadOf.has(line.uuid)) return this.#leave("lines that are there twice");
      this.#threadOf.set(line.uuid, key);
    }
    if (isBoundary(line)) return this.#thread(key).restart([]);
    if (isObject(line["attachment"])) return this.#attach(line, line["attachment"], this.#thread(key));
    if (line.type === "cost-state") return this.#cost(line);
    this.#harness = harnessOf(line) ?? this.#harness;
    if (line.type === "result") return void this.#results.push(line);
    if (!line.message || (line.type !== "user" && line.type !== "assistant")) return;
    if (!line.isStreamed) this.#hasOwnFile = true;
    else if (this.#hasOwnFile) return this.#leave("lines of a stream whose session has a file of its own");
    if (line.type === "assistant") this.#answer(line, line.message, this.#thread(key));
    else this.#hear(line, line.message, this.#thread(key));
  }

  session(): PlacedSession {
    this.#end();
    const threads = [...this.#threads.values()];
    const calls = [...this.#threads].flatMap(([key, { calls }]) =>
      calls.filter(({ parts }) => !parts.modelCall).map(({ parts }) => ({
        ...parts,
        spanId: `${key}:${parts.spanId}`,
        name: key === "main" ? "chat" : "chat of a sub-agent",
      }))
    );
    const models = [...new Set(calls.flatMap(({ responseModel }) => responseModel ? [String(responseModel)] : []))];
    const agents = threads.length - (this.#threads.has("main") ? 1 : 0);
    return {
      sessionId: this.sessionId,
      harness: this.#harness,
      models,
      ...(this.#usd === null ? {} : { grades: { agentUsd: this.#usd } }),
      spans: calls,
      metadata: { ...this.#metadata, ...(agents ? { subagents: agents } : {}) },
      leftOut: Object.fromEntries(this.#leftOut),
    };
  }

  #leave(reason: string): void {
    this.#leftOut.set(reason, (this.#leftOut.get(reason) ?? 0) + 1);
  }

  #thread(key: string): Thread {
    let thread = this.#threads.get(key);
    if (!thread) this.#threads.set(key, thread = new Thread());
    return thread;
  }

  /** The conversation a line belongs to: a sub-agent's has its id, or begins where a side chain has no parent. */
  #keyOf({ isSidechain, agentId, parentUuid, uuid }: ClaudeLine): string {
    if (!isSidechain) return agentId && this.#threads.has(agentId) ? agentId : "main";
    if (agentId) return agentId;
    const parent = parentUuid ? this.#threadOf.get(parentUuid) : undefined;
    return parent && parent !== "main" ? parent : uuid ?? "side";
  }

  /** What the program adds to the conversation: the system prompt and tools, and reminders as the model was told them. */
  #attach(line: ClaudeLine, { type, systemPrompt, tools }: Json, thread: Thread): void {
    if (type === "prompt_snapshot") {
      if (Array.isArray(systemPrompt)) thread.given.systemInstructions = systemPrompt.join("\n");
      if (Array.isArray(tools)) thread.given.toolDefinitions = jsonText(tools);
    }
    const rendered = Array.isArray(line["rendered"]) ? line["rendered"].filter(isObject) : [];
    for (const { content } of rendered) thread.hear({ role: "developer", content }, line.timestamp ?? null);
  }

  /** What all calls cost so far, as the program works it out where it knows all models' prices. */
  #cost({ totalCostUSD, hasUnknownModelCost }: ClaudeLine): void {
    if (hasUnknownModelCost !== true) this.#usd = totalCostUSD ?? this.#usd;
  }

  /**
   * What a stream says at its end: its cost, and how much was answered. Its lines have the counts with which each answer
   * began, so the answers share the sum by the length of their texts.
   */
  #end(): void {
    const cost = this.#results.at(-1)?.["total_cost_usd"];
    this.#usd = cost ?? this.#usd;
    const usage = this.#results.length === 1 ? this.#results[0]!["usage"] : null;
    const sum = isObject(usage) ? usage["output_tokens"] : null;
    const calls = this.#threads.get("main")?.calls ?? [];
    const told = calls.reduce((total, { parts }) => total + Number(parts.outputTokens ?? 0), 0);
    if (typeof sum !== "number" || sum <= told || calls.length === 0) return;
    const shares = sharedOut(sum, calls.map(({ answer }) => textLength(answer.content)));
    calls.forEach(({ parts }, i) => parts.outputTokens = shares[i]!);
  }

  #hear(line: ClaudeLine, { content }: ClaudeMessage, thread: Thread): void {
    // What the program around the model adds is instruction, not the user's word.
    const role = line.isMeta && !hasResult(content) ? "developer" : "user";
    thread.hear({ role, content }, line.timestamp ?? null);
  }

  #answer(line: ClaudeLine, message: ClaudeMessage, thread: Thread): void {
    const time = line.timestamp ?? null;
    if (line.isApiErrorMessage) {
      const statusMessage = textOf(message.content);
      thread.silent({ endTime: time, statusCode: 2, statusMessage });
      return;
    }
    if (message.model === SYNTHETIC) return this.#leave("answers that no model gave");
    const id = message.id === undefined
      ? line.uuid ?? String(this.#calls.size)
      : `${message.id} ${line.requestId ?? ""}`;
    const open = this.#calls.get(id);
    const { content } = message;
    const blocks = Array.isArray(content) ? content : content === undefined ? [] : [{ type: "text", text: content }];
    if (open) (open.answer.content as unknown[] | undefined)?.push(...blocks);
    const call = open ??
      this.#begin(id, content === undefined ? null : { role: "assistant", content: [...blocks] }, thread);
    this.#usd = summedUsd([this.#usd, line.costUSD]);
    const { parts } = call;
    parts.endTime = time;
    parts.responseModel = message.model ?? null;
    parts.responseId = message.id ?? null;
    if (message.usage) addTokens(parts, message.usage);
    if (message.stop_reason) parts.finishReasons = [message.stop_reason];
    thread.at(time);
  }

  /** @param answer null where only its usage is kept. */
  #begin(id: string, answer: ChatMessage | null, thread: Thread): OpenCall {
    const call = answer ? thread.answer(answer, {}) : thread.silent({});
    this.#calls.set(id, call);
    if (this.counted.has(id)) {
      call.parts.modelCall = "counted elsewhere";
      this.#leave("calls that another session has");
    }
    this.counted.add(id);
    return call;
  }
}

function addTokens(parts: SpanParts, usage: ClaudeUsage): void {
  const { input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens } = usage;
  // No call takes nothing: programs that know no counts write zeros.
  if (!input_tokens && !output_tokens && !cache_read_input_tokens && !cache_creation_input_tokens) return;
  parts.inputTokens = input_tokens ?? null;
  parts.outputTokens = output_tokens ?? null;
  parts.cachedTokens = cache_read_input_tokens ?? null;
  parts.cacheWriteTokens = cache_creation_input_tokens ?? null;
  parts.tokens = "Anthropic";
}

const hasResult = (content: unknown) =>
  Array.isArray(content) && content.some((block) => (block as { type?: unknown } | null)?.type === "tool_result");

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  const blocks = Array.isArray(content) ? content as { text?: unknown }[] : [];
  return blocks.map(({ text }) => typeof text === "string" ? text : "").join("\n");
}
