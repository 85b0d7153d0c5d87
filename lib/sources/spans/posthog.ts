import { isObject } from "../dialects/json.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import { apiUsage } from "./api_usage.ts";
import { countAt, known, objectAt, recordedCount, textAt } from "./pick.ts";
import { startOf } from "./times.ts";

/** Whether a value is an event of something else than models. */
export const isOtherEvent = (value: unknown): boolean => isObject(value) && "event" in value;

/**
 * Spans of PostHog: its events whose names begin with `$ai_`, one a row or in `results`. Generations are model calls; an
 * event is captured when what it is about has ended.
 *
 * Source: PostHog, "Manual capture LLM analytics": the properties of each event.
 */
export function* posthogSpans(value: unknown): Generator<OtlpSpan> {
  if (!isObject(value)) throw new TypeError("expected an event");
  const { results } = value;
  if (Array.isArray(results)) {
    for (const one of results) yield* posthogSpans(one);
    return;
  }
  const event = textAt(value, "event") ?? "";
  if (!event.startsWith("$ai_")) return;
  const said = objectAt(value, "properties");
  const end = textAt(value, "timestamp", "created_at");
  const trace = textAt(said, "$ai_trace_id");
  const provider = textAt(said, "$ai_provider");
  const cached = {
    read: recordedCount(said, "$ai_cache_read_input_tokens"),
    written: recordedCount(said, "$ai_cache_creation_input_tokens"),
  };
  yield {
    trace_id: trace,
    span_id: textAt(said, "$ai_span_id", "$ai_generation_id") ?? textAt(value, "uuid", "id"),
    parent_span_id: textAt(said, "$ai_parent_id"),
    name: textAt(said, "$ai_span_name") ?? event,
    start_time: startOf(end, countAt(said, "$ai_latency")),
    end_time: end,
    status: { code: said["$ai_is_error"] === true ? 2 : 0, message: textAt(said, "$ai_error") ?? "" },
    attributes: known({
      "session.id": textAt(said, "$ai_session_id"),
      ...(event === "$ai_generation"
        ? {
          "gen_ai.operation.name": "chat",
          "gen_ai.request.model": textAt(said, "$ai_model"),
          "gen_ai.prompt": said["$ai_input"] ?? null,
          "gen_ai.completion": said["$ai_output_choices"] ?? said["$ai_output"] ?? null,
          "gen_ai.tool.definitions": said["$ai_tools"] ?? null,
          ...apiUsage(known({
            input_tokens: recordedCount(said, "$ai_input_tokens"),
            output_tokens: recordedCount(said, "$ai_output_tokens"),
            ...(provider === "anthropic"
              ? { cache_read_input_tokens: cached.read, cache_creation_input_tokens: cached.written }
              : { input_tokens_details: { cached_tokens: cached.read } }),
          })),
          "gen_ai.usage.cost": countAt(said, "$ai_total_cost_usd"),
        }
        : {}),
    }),
    resource: {},
    events: [],
  };
}
