import { type RecordedTime, recordedTime } from "../times.ts";
import { isObject, type Json } from "../../dialects/json.ts";
import { textAndCalls } from "../../dialects/payload.ts";
import { said } from "../../dialects/message.ts";
import type { SpanParts } from "../../mapping/row.ts";
import { countAt, listAt, objectAt, textAt } from "../../spans/pick.ts";
import { shareTokens } from "../shared_out.ts";
import { type ChatMessage, type OpenCall, Thread } from "../thread.ts";

/** What the model did when it acted, and not the program around it. */
const NOT_THE_MODEL = new Set([
  "system",
  "recall",
  "change_agent_state",
  "condensation",
  "condensation_request",
  "loop_recovery",
  "null",
  "start",
]);
/** Observations of the program itself: nothing that the model is told. */
const UNSAID = new Set(["agent_state_changed", "null", "loop_detection"]);

/** Tokens by the id of the model's response, where the run's metrics list them. */
export type UsageById = Map<string, Json>;

/**
 * The conversation of a list of events of OpenHands (versions 0 and the SDK's): actions of one response of the model are
 * one call; observations are results of its tools; a condensation takes the forgotten events out of the context.
 */
export class EventThread {
  readonly thread = new Thread();
  readonly models = new Set<string>();
  readonly #usage: UsageById;
  readonly #calls = new Map<string, OpenCall>();
  /** Ids of tool calls, or null, by the event that made them. */
  readonly #toolCalls = new Map<unknown, string>();
  /** Events in the context, with their messages. */
  #context: { id: unknown; message: ChatMessage }[] = [];
  #events = 0;
  /** What the SDK counted so far, by what its models were used for. */
  #metrics: Json = {};

  constructor(usage: UsageById = new Map()) {
    this.#usage = usage;
  }

  add(event: Json): void {
    const first = this.#events++ === 0;
    const time = recordedTime(event["timestamp"]);
    if (typeof event["kind"] === "string") return this.#sdk(event, event["kind"], time);
    if (event["observation"] !== undefined && event["action"] === undefined) return this.#observe(event, time);
    const action = String(event["action"]);
    const args = isObject(event["args"]) ? event["args"] : event;
    const source = event["source"] ?? (first ? "user" : "agent");
    if (action === "condensation") return this.#condense(args);
    if (action === "system") {
      return this.#hear(event, { role: "system", content: args["content"] ?? event["message"] }, time);
    }
    if (source === "user" && action === "message") {
      return this.#hear(event, { role: "user", content: args["content"] }, time);
    }
    if (source !== "agent" || NOT_THE_MODEL.has(action)) return;
    this.#act(event, action, args, time);
  }

  /** The conversation at its end, each call with what the SDK counted of its response; of all calls where it counted no single one. */
  settled(): { thread: Thread; models: ReadonlySet<string>; usd: number | null } {
    const metrics = Object.values(this.#metrics).filter(isObject);
    for (const one of metrics) {
      for (const usage of listAt(one, "token_usages").filter(isObject)) {
        this.#usage.set(String(usage["response_id"]), usage);
      }
    }
    const calls = this.thread.calls.map(({ parts }) => parts);
    for (const [id, { parts }] of this.#calls) {
      if (parts.inputTokens === undefined) Object.assign(parts, this.#tokens(null, id));
    }
    const agent = objectAt(this.#metrics, "agent", "default");
    const model = textAt(agent, "model_name");
    if (model !== null && this.models.size === 0) this.models.add(model);
    if (calls.every(({ inputTokens }) => (inputTokens ?? null) === null)) {
      const sum = objectAt(agent, "accumulated_token_usage");
      shareTokens(calls, {
        inputTokens: countAt(sum, "prompt_tokens"),
        outputTokens: countAt(sum, "completion_tokens"),
        cachedTokens: countAt(sum, "cache_read_tokens"),
        cacheWriteTokens: countAt(sum, "cache_write_tokens"),
        reasoningTokens: countAt(sum, "reasoning_tokens"),
      });
    }
    const costs = metrics.flatMap((one) => countAt(one, "accumulated_cost") ?? []);
    return { thread: this.thread, models: this.models, usd: costs.length ? costs.reduce((a, b) => a + b) : null };
  }

  #hear(event: Json, message: ChatMessage, time: RecordedTime): void {
    if (message.content === undefined || message.content === null || message.content === "") return;
    this.thread.hear(message, time);
    this.#context.push({ id: event["id"], message });
  }

  #observe(event: Json, time: RecordedTime): void {
    const metadata = isObject(event["tool_call_metadata"]) ? event["tool_call_metadata"] : {};
    const id = metadata["tool_call_id"] ?? this.#toolCalls.get(event["cause"]);
    const { content } = event;
    if (typeof id === "string") {
      const message = { role: "tool", tool_call_id: id, content: content ?? "" };
      this.thread.hear(message, time);
      this.#context.push({ id: event["id"], message });
    } else if (!UNSAID.has(String(event["observation"]))) {
      // Before there were tool calls, the model was told results as a user's message.
      const told = event["observation"] === "recall" ? "developer" : "user";
      this.#hear(event, { role: told, content }, time);
    }
  }

  #act(event: Json, action: string, args: Json, time: RecordedTime): void {
    const metadata = isObject(event["tool_call_metadata"]) ? event["tool_call_metadata"] : {};
    const response = isObject(metadata["model_response"]) ? metadata["model_response"] : null;
    const toolCallId = metadata["tool_call_id"];
    if (typeof toolCallId === "string") this.#toolCalls.set(event["id"], toolCallId);
    const id = response && typeof response["id"] === "string" ? response["id"] : null;
    if (id !== null && this.#calls.has(id)) return;
    const choice = response && Array.isArray(response["choices"]) ? response["choices"][0] : null;
    const answered = isObject(choice) && isObject(choice["message"])
      ? said(choice["message"], "assistant")
      : acted(action, args, event, toolCallId);
    if (!response && isCall(answered)) this.#toolCalls.set(event["id"], String(event["id"]));
    const call = this.thread.answer(answered, {
      endTime: time,
      responseId: id,
      ...modelOf(response),
      ...this.#tokens(response, id),
    });
    if (id !== null) this.#calls.set(id, call);
    if (typeof response?.["model"] === "string") this.models.add(response["model"]);
    this.thread.at(time);
    this.#context.push({ id: event["id"], message: answered });
  }

  #tokens(response: Json | null, id: string | null): SpanParts {
    const own = response && isObject(response["usage"]) ? response["usage"] : null;
    const usage = own ?? (id === null ? undefined : this.#usage.get(id));
    if (!usage) return {};
    const details = isObject(usage["prompt_tokens_details"]) ? usage["prompt_tokens_details"] : {};
    return {
      inputTokens: usage["prompt_tokens"] ?? null,
      outputTokens: usage["completion_tokens"] ?? null,
      cachedTokens: details["cached_tokens"] ?? usage["cache_read_tokens"] ?? null,
      cacheWriteTokens: usage["cache_creation_input_tokens"] ?? usage["cache_write_tokens"] ?? null,
      reasoningTokens: usage["reasoning_tokens"] ?? null,
    };
  }

  #condense(
    { forgotten_event_ids, forgotten_events_start_id, forgotten_events_end_id, summary, summary_offset }: Json,
  ): void {
    const ids = new Set(Array.isArray(forgotten_event_ids) ? forgotten_event_ids : []);
    const [from, to] = [Number(forgotten_events_start_id ?? NaN), Number(forgotten_events_end_id ?? NaN)];
    const kept = this.#context.filter(({ id }) => !ids.has(id) && !(Number(id) >= from && Number(id) <= to));
    if (typeof summary === "string" && summary) {
      const at = typeof summary_offset === "number" ? summary_offset : kept.length;
      kept.splice(at, 0, { id: null, message: { role: "user", content: summary } });
    }
    this.#context = kept;
    this.thread.restart(kept.map(({ message }) => message));
  }

  /** Events of the SDK (version 1). */
  #sdk(event: Json, kind: string, time: RecordedTime): void {
    if (kind === "SystemPromptEvent") {
      const prompt = isObject(event["system_prompt"]) ? event["system_prompt"]["text"] : event["system_prompt"];
      return this.#hear(event, { role: "system", content: prompt }, time);
    }
    if (kind === "Condensation") return this.#condense(event);
    if (kind === "ObservationEvent" || kind === "AgentErrorEvent" || kind === "UserRejectObservation") {
      const observation = isObject(event["observation"]) ? event["observation"] : {};
      const content = observation["content"] ?? observation["output"] ?? event["error"] ?? event["rejection_reason"] ??
        "";
      const tool_call_id = event["tool_call_id"] ?? "";
      const isError = kind === "AgentErrorEvent" || observation["is_error"] === true;
      const message = isError
        ? { role: "user", content: [{ type: "tool_result", tool_use_id: tool_call_id, content, is_error: true }] }
        : { role: "tool", tool_call_id, content };
      this.thread.hear(message, time);
      this.#context.push({ id: event["id"], message });
      return;
    }
    if (kind === "ConversationStateUpdateEvent") {
      const stats = event["key"] === "stats" ? objectAt(event, "value") : objectAt(event, "value.stats");
      const metrics = objectAt(stats, "usage_to_metrics");
      if (Object.keys(metrics).length) this.#metrics = metrics;
      return;
    }
    const message = isObject(event["llm_message"]) ? event["llm_message"] : null;
    if (kind === "MessageEvent" && message && message["role"] !== "assistant") {
      return this.#hear(event, { role: String(message["role"]), content: message["content"] }, time);
    }
    if (kind !== "MessageEvent" && kind !== "ActionEvent") return;
    this.#respond(event, message, time);
  }

  /** A message or an action of the model; actions of one response come one after the other. */
  #respond(event: Json, message: Json | null, time: RecordedTime): void {
    const id = typeof event["llm_response_id"] === "string" ? event["llm_response_id"] : String(event["id"]);
    const toolCall = isObject(event["tool_call"]) ? callOf(event["tool_call"], event) : null;
    const open = this.#calls.get(id);
    if (open) {
      if (toolCall) open.answer["tool_calls"] = [...(open.answer["tool_calls"] as unknown[] ?? []), toolCall];
      open.parts.endTime = time;
      return;
    }
    const thinking = message?.["reasoning_content"] ?? event["reasoning_content"];
    const texts = message?.["content"] ?? event["thought"];
    const answer: ChatMessage = {
      role: "assistant",
      content: [
        ...(typeof thinking === "string" && thinking ? [{ type: "thinking", thinking }] : []),
        ...(Array.isArray(texts) ? texts : typeof texts === "string" && texts ? [{ type: "text", text: texts }] : []),
      ],
      ...(toolCall ? { tool_calls: [toolCall] } : {}),
    };
    const usage = this.#usage.get(id);
    const call = this.thread.answer(answer, { endTime: time, ...(usage ? this.#tokens({ usage }, id) : {}) });
    this.#calls.set(id, call);
    this.thread.at(time);
    this.#context.push({ id: event["id"], message: answer });
  }
}

const modelOf = (response: Json | null) => response ? { responseModel: response["model"] ?? null } : {};
const isCall = (message: ChatMessage) => Array.isArray(message["tool_calls"]);

/** An answer of versions that kept none: what the model thought, and the action as a call of a tool. */
function acted(action: string, args: Json, event: Json, toolCallId: unknown): ChatMessage {
  if (action === "message") return { role: "assistant", content: args["content"] ?? event["message"] };
  const { thought, content, action: _, ...rest } = args;
  const told = Object.fromEntries(
    Object.entries(rest).filter(([key, value]) => value !== null && !KEPT_APART.has(key)),
  );
  if (content !== undefined) told["content"] = content;
  const id = typeof toolCallId === "string" ? toolCallId : String(event["id"] ?? "");
  return textAndCalls(thought, [{ id, name: action, arguments: told }]);
}

/** Arguments that the program sets. */
const KEPT_APART = new Set([
  "action_risk",
  "confirmation_state",
  "is_confirmed",
  "keep_prompt",
  "kernel_init_code",
  "hidden",
  "blocking",
  "security_risk",
  "is_static",
  "cwd",
]);

function callOf({ id, name, arguments: args, function: fn }: Json, event: Json): Json {
  if (isObject(fn)) return { id, type: "function", function: fn };
  return { id: id ?? event["tool_call_id"] ?? "", name: name ?? event["tool_name"], arguments: args ?? "" };
}
