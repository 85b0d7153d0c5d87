import { countIn } from "../../mapping/values.ts";
import { summed, summedUsd } from "../../spans/pick.ts";
import { jsonText } from "../../../traces/json_text.ts";
import { SharedMessages } from "../../../model/mod.ts";
import { countedTokens, TOKEN_CONVENTIONS } from "../../../traces/mod.ts";
import { isObject, type Json } from "../../dialects/json.ts";
import type { SpanParts } from "../../mapping/row.ts";
import { normalizer } from "../../messages/normal.ts";
import type { PlacedSession } from "../placed.ts";
import { shareTokens } from "../shared_out.ts";
import { attachmentResolver } from "./attachments.ts";
import { gradeOf } from "./score.ts";

const normal = normalizer({
  silent: ["id", "source", "metadata", "function", "model", "parse_error", "view", "internal"],
});

/** Fields of a sample that are kept as metadata. */
const KEPT = ["target", "metadata", "scores", "error", "limit", "total_time", "working_time", "invalidation"] as const;

/**
 * A sample of a log of Inspect as a session: its model events are the calls, but for those of scorers; without events, the
 * answers among its messages are.
 */
export function sampleSession(sample: Json, header: Json): PlacedSession {
  const evaluation = isObject(header["eval"]) ? header["eval"] : {};
  // The first versions kept events and what they refer to in a transcript.
  const { events: told, content } = isObject(sample["transcript"]) ? sample["transcript"] : {};
  const resolve = attachmentResolver(sample["attachments"] ?? content);
  const events = [sample["events"], told].flatMap((list) => Array.isArray(list) ? list : []).filter(isObject);
  const scoring = scorerEvents(events);
  const generations = events.filter(({ event, pending }) => event === "model" && pending !== true);
  const pool = poolOf(sample);
  const calls = generations.filter((event) => !scoring.has(event)).map((event, i) => callOf(event, i, pool, resolve));
  const left = generations.length - calls.length;
  const spans = events.length ? calls : callsOfMessages(sample, resolve);
  const usd = costOf(sample["model_usage"]);
  return {
    sessionId: sample["uuid"] ??
      [evaluation["run_id"] ?? evaluation["eval_id"], sample["id"], sample["epoch"]].join("_"),
    benchmark: evaluation["task_registry_name"] ?? evaluation["task"],
    harness: solverOf(header, evaluation),
    models: typeof evaluation["model"] === "string" ? [evaluation["model"]] : [],
    collectedAt: sample["started_at"] ?? evaluation["created"],
    taskId: sample["id"],
    trial: sample["epoch"],
    run: evaluation["run_id"],
    grades: { ...gradeOf(sample), ...(usd === null ? {} : { agentUsd: usd }) },
    spans,
    metadata: Object.fromEntries(
      KEPT.map((key) => [key, sample[key]]).filter(([, value]) => value !== undefined && value !== null),
    ),
    ...(left ? { leftOut: { "calls of scorers": left } } : {}),
  };
}

/** Who did the work: the solver that was named, or the last step of the plan that is not of Inspect's own small ones. */
function solverOf(header: Json, evaluation: Json): unknown {
  if (typeof evaluation["solver"] === "string") return evaluation["solver"];
  const steps = isObject(header["plan"]) && Array.isArray(header["plan"]["steps"]) ? header["plan"]["steps"] : [];
  const named = steps.flatMap((step) => isObject(step) && typeof step["solver"] === "string" ? [step["solver"]] : []);
  return named.at(-1) ?? "inspect";
}

/** Messages that events refer to by their places, where a log keeps each once. */
function poolOf(sample: Json): unknown[] {
  const data = isObject(sample["events_data"]) ? sample["events_data"]["messages"] : undefined;
  const pool = data ?? sample["message_pool"];
  return Array.isArray(pool) ? pool : [];
}

/** Events of scorers: inside their spans, or, as logs had it before there were spans, inside their steps. */
function scorerEvents(events: readonly Json[]): Set<Json> {
  const spans = new Set<string>();
  const steps: boolean[] = [];
  return new Set(events.filter((event) => {
    const isScorer = event["type"] === "scorer" || event["type"] === "scorers";
    if (event["event"] === "span_begin" && (isScorer || spans.has(String(event["parent_id"])))) {
      spans.add(String(event["id"]));
    }
    if (event["event"] === "step") {
      if (event["action"] === "begin") steps.push(isScorer);
      else steps.pop();
    }
    return event["role"] === "grader" || spans.has(String(event["span_id"])) || steps.includes(true);
  }));
}

function callOf(event: Json, index: number, pool: readonly unknown[], resolve: (value: unknown) => unknown): SpanParts {
  const output = isObject(event["output"]) ? event["output"] : {};
  const choices = (Array.isArray(output["choices"]) ? output["choices"] : []).filter(isObject);
  const input = inputOf(event, pool).map((message) => normal(resolve(message)));
  const error = event["error"] ?? output["error"];
  return {
    spanId: event["uuid"] ?? String(index),
    name: "chat",
    startTime: event["timestamp"] ?? null,
    endTime: event["completed"] ?? null,
    requestModel: event["model"] ?? null,
    responseModel: output["model"] ?? null,
    finishReasons: choices.map(({ stop_reason }) => stop_reason).filter((reason) => typeof reason === "string"),
    ...(error ? { statusCode: 2, statusMessage: typeof error === "string" ? error : jsonText(error) } : {}),
    ...tokensOf(output["usage"]),
    inputMessages: new SharedMessages(input),
    outputMessages: choices.length ? new SharedMessages(choices.map(({ message }) => normal(resolve(message)))) : null,
    toolDefinitions: Array.isArray(event["tools"]) && event["tools"].length ? resolve(event["tools"]) : null,
  };
}

/** What a call was given: its messages, or ranges of places in the pool. */
function inputOf(event: Json, pool: readonly unknown[]): unknown[] {
  const { input, input_refs } = event;
  if (Array.isArray(input) && input.length) return input;
  if (!Array.isArray(input_refs)) return typeof input === "string" ? [{ role: "user", content: input }] : [];
  return input_refs.flatMap((range) => Array.isArray(range) ? pool.slice(Number(range[0]), Number(range[1])) : []);
}

/** Inspect's input leaves out what was read from a cache or written to one; where a total says otherwise it is inside. */
function tokensOf(usage: unknown): SpanParts {
  if (!isObject(usage)) return {};
  const { input_tokens, output_tokens, total_tokens, input_tokens_cache_read, input_tokens_cache_write } = usage;
  const input = countIn(input_tokens);
  if (input === null) return {};
  const cacheRead = countIn(input_tokens_cache_read);
  const inside = countIn(total_tokens) === summed([input_tokens, output_tokens]) &&
    (typeof cacheRead !== "number" || cacheRead <= Number(input));
  return {
    inputTokens: input_tokens,
    outputTokens: output_tokens ?? null,
    cachedTokens: input_tokens_cache_read ?? null,
    cacheWriteTokens: input_tokens_cache_write ?? null,
    reasoningTokens: usage["reasoning_tokens"] ?? null,
    tokens: inside ? "OpenAI" : "Anthropic",
  };
}

const countOf = (value: unknown) => {
  const count = countIn(value);
  return count === "neither" ? null : count;
};

function costOf(usage: unknown): unknown {
  return isObject(usage)
    ? summedUsd(Object.values(usage).map((one) => isObject(one) ? one["total_cost"] : null))
    : null;
}

/** Calls of a log without events: the answers among the messages share the tokens of the sample. */
function callsOfMessages(sample: Json, resolve: (value: unknown) => unknown): SpanParts[] {
  const list = (Array.isArray(sample["messages"]) ? sample["messages"] : []).map((message) => normal(resolve(message)));
  const models = (Array.isArray(sample["messages"]) ? sample["messages"] : []).map((one) =>
    isObject(one) ? one["model"] : null
  );
  const calls = list.flatMap((message, i): SpanParts[] =>
    message.role !== "assistant" || i === 0 ? [] : [{
      spanId: String(i),
      name: "chat",
      responseModel: models[i] ?? null,
      inputMessages: new SharedMessages(list, i),
      outputMessages: new SharedMessages([message]),
    }]
  );
  const usages = Object.values(isObject(sample["model_usage"]) ? sample["model_usage"] : {});
  // Of several models it is not known which of them answered.
  if (usages.length !== 1 || calls.length === 0) return calls;
  const { tokens, ...stated } = tokensOf(usages[0]);
  const whole = countedTokens({
    input: countOf(stated.inputTokens),
    cached: countOf(stated.cachedTokens),
    cacheWrite: countOf(stated.cacheWriteTokens),
    output: countOf(stated.outputTokens),
    reasoning: countOf(stated.reasoningTokens),
    total: null,
  }, tokens === "OpenAI" ? TOKEN_CONVENTIONS.OpenAI : TOKEN_CONVENTIONS.Anthropic);
  shareTokens(calls, whole);
  return calls;
}
