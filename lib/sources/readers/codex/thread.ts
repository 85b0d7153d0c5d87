import { type RecordedTime, recordedTime } from "../times.ts";
import type { PlacedSession } from "../placed.ts";
import { type ChatMessage, type OpenCall, Thread } from "../thread.ts";
import { answerOf, itemOf } from "./items.ts";
import { COUNTED, type Forks } from "./forks.ts";
import { callTokens, type CodexUsage, type TokenInfo, usageOf } from "./usage.ts";

type Json = Record<string, unknown>;

/** The session of one rollout, or of a main one with those of its sub-agents. */
export function sessionOfThreads(sessionId: string, threads: readonly CodexThread[], forks: Forks): PlacedSession {
  const main = threads.find(({ id }) => id === sessionId) ?? threads[0]!;
  const ordered = [main, ...threads.filter((thread) => thread !== main)];
  for (const thread of ordered) thread.end();
  const repeated = ordered.reduce((sum, thread) => sum + forks.mark(thread), 0);
  return {
    sessionId,
    harness: "codex_cli",
    models: [...new Set(threads.flatMap(({ models }) => [...models]))],
    collectedAt: main.metadata["timestamp"] ?? null,
    spans: threads.flatMap(({ openCalls, id }) =>
      openCalls.filter(({ parts }) => parts.modelCall !== COUNTED).map(({ parts }) => ({
        ...parts,
        ...(threads.length > 1 ? { spanId: `${id}:${parts.spanId}` } : {}),
        ...(id === main.id ? {} : { name: "chat of a sub-agent" }),
      }))
    ),
    metadata: { ...main.metadata, ...(threads.length > 1 ? { subagents: threads.length - 1 } : {}) },
    ...(repeated ? { leftOut: { "calls that another session has": repeated } } : {}),
  };
}

/** Puts a conversation together from the lines of one rollout. */
export class CodexThread {
  readonly #thread = new Thread();
  readonly metadata: Json = {};
  readonly models = new Set<string>();
  /** Lengths of the conversation at the beginning of each turn. */
  readonly #turns: number[] = [];
  /** Of the header; null before it. */
  id: string | null = null;
  /** The thread whose history it begins with; null where it is its own. */
  forkedFrom: string | null = null;
  #model: string | null = null;
  #open: Json[] = [];
  /** Calls whose tokens have not been told yet. */
  #unpaid = 0;
  #total: CodexUsage | null = null;
  #time: RecordedTime = null;

  add(line: Json): void {
    const time = recordedTime(line["timestamp"]);
    const payload = isObject(line["payload"]) ? line["payload"] : line;
    switch (isObject(line["payload"]) ? line["type"] : bareType(line)) {
      case "session_meta":
        return this.#meta(payload);
      case "turn_context":
        return this.#turn(payload);
      case "response_item":
        return this.#item(payload, time);
      case "compacted":
        return this.#compacted(payload);
      case "event_msg":
        return this.#event(payload, time);
    }
  }

  /** The file is at its end. */
  end(): void {
    this.#close();
  }

  /** The calls so far. */
  get openCalls(): readonly OpenCall[] {
    return this.#thread.calls;
  }

  /** A fork repeats the header of the session that it comes from: the first is its own. */
  #meta({ id, forked_from_id, instructions, base_instructions, ...rest }: Json): void {
    if (this.id !== null) {
      if (typeof id === "string" && id !== this.id) this.forkedFrom ??= id;
      return;
    }
    this.id = typeof id === "string" ? id : null;
    this.forkedFrom = typeof forked_from_id === "string" ? forked_from_id : null;
    Object.assign(this.metadata, rest);
    const text = isObject(base_instructions) ? base_instructions["text"] : instructions;
    if (typeof text === "string" && text) this.#thread.hear({ role: "system", content: text });
  }

  #turn({ model }: Json): void {
    this.#close();
    if (typeof model === "string") this.#model = model;
    this.#turns.push(this.#thread.length);
  }

  #item(item: Json, time: RecordedTime): void {
    const found = itemOf(item);
    if (found.by === "model") {
      this.#open.push(found.part);
      this.#time = time;
    } else if (found.by === "others") {
      this.#close();
      this.#thread.hear(found.message, time);
    }
  }

  #event(event: Json, time: RecordedTime): void {
    if (event["type"] === "token_count") {
      this.#close();
      const info = event["info"] as TokenInfo | null;
      const usage = usageOf(info, this.#total);
      this.#total = info?.total_token_usage ?? this.#total;
      if (usage) this.#pay(usage, time);
    } else if (event["type"] === "thread_rolled_back" && typeof event["num_turns"] === "number") {
      this.#close();
      const length = this.#turns.splice(-event["num_turns"])[0];
      if (length !== undefined) this.#thread.restart(this.#thread.first(length));
    }
  }

  #compacted({ message, replacement_history }: Json): void {
    this.#close();
    const kept = Array.isArray(replacement_history) ? replacement_history.flatMap(messageOf) : [];
    const summary = typeof message === "string" && message ? [{ role: "user", content: message }] : [];
    this.#thread.restart(kept.length ? kept : summary);
  }

  /** Ends the answer that is being given. */
  #close(): void {
    if (this.#open.length === 0) return;
    const answer = answerOf(this.#open);
    this.#open = [];
    if (this.#model) this.models.add(this.#model);
    this.#thread.answer(answer, { endTime: this.#time, requestModel: this.#model });
    this.#thread.at(this.#time);
    this.#unpaid++;
  }

  /** Gives the tokens to the call that they were counted for; a call without any text is one all the same. */
  #pay(usage: CodexUsage, time: RecordedTime): void {
    const { calls } = this.#thread;
    if (this.#unpaid > 0) Object.assign(calls.at(-1)!.parts, callTokens(usage));
    else this.#thread.silent({ endTime: time, requestModel: this.#model, ...callTokens(usage) });
    this.#unpaid = 0;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a line of the first versions is: response items stood by themselves, the header had no type. */
function bareType(line: Json): string | null {
  if (line["record_type"] !== undefined) return null;
  return typeof line["type"] === "string" ? "response_item" : "id" in line ? "session_meta" : null;
}

function messageOf(item: unknown): ChatMessage[] {
  if (!isObject(item)) return [];
  const found = itemOf(item);
  return found.by === "others" ? [found.message] : found.by === "model" ? [answerOf([found.part])] : [];
}
