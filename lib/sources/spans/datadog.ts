import { isObject, type Json } from "../dialects/json.ts";
import { first } from "../messages/places.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import { known, listAt, objectAt, recordedCount, textAt } from "./pick.ts";
import { endOf, timeOf } from "./times.ts";

/**
 * Spans of Datadog's LLM Observability: a page of its export, what is sent to it (spans in one list), or one span a row. Spans
 * of kind `llm` are model calls.
 *
 * Source: Datadog's references of the Export API and of the Spans API.
 */
export function* datadogSpans(value: unknown): Generator<OtlpSpan> {
  if (!isObject(value)) throw new TypeError("expected a span, or a page of spans");
  const { data, attributes, spans, ...around } = value;
  if (Array.isArray(data)) { for (const one of data) yield* datadogSpans(one); }
  else if (isObject(data)) yield* datadogSpans(data);
  else if (isObject(attributes)) yield* datadogSpans(attributes);
  else if (Array.isArray(spans)) {
    const { ml_app, session_id } = around;
    for (const one of spans) yield* datadogSpans(isObject(one) ? { ml_app, session_id, ...one } : one);
  } else yield spanOf(value);
}

function spanOf(row: Json): OtlpSpan {
  const meta = { ...row, ...objectAt(row, "meta") };
  const metrics = objectAt(row, "metrics");
  const kind = textAt(meta, "span_kind", "kind", "span.kind");
  const start = timeOf(first(row, ["start_ns", "start_ms", "timestamp"]));
  const parent = textAt(row, "parent_id");
  const error = objectAt(meta, "error");
  return {
    trace_id: textAt(row, "trace_id"),
    span_id: textAt(row, "span_id"),
    parent_span_id: parent === "undefined" ? null : parent,
    name: textAt(row, "name") ?? "",
    start_time: start,
    end_time: endOf(start, first(row, ["duration"])),
    status: { code: row["status"] === "error" ? 2 : 0, message: textAt(error, "message") ?? "" },
    attributes: known({
      "session.id": textAt(row, "session_id") ?? tagOf(row, "session_id"),
      "gen_ai.agent.name": textAt(row, "ml_app") ?? tagOf(row, "ml_app"),
      ...(kind === "llm"
        ? {
          "gen_ai.operation.name": "chat",
          "gen_ai.request.model": textAt(meta, "model_name", "metadata.model_name"),
          "gen_ai.prompt": saidIn(objectAt(meta, "input")),
          "gen_ai.completion": saidIn(objectAt(meta, "output")),
          "gen_ai.tool.definitions": meta["tool_definitions"] ?? null,
          "gen_ai.usage.input_tokens": recordedCount(metrics, "input_tokens"),
          "gen_ai.usage.output_tokens": recordedCount(metrics, "output_tokens"),
          "gen_ai.usage.cache_read.input_tokens": recordedCount(metrics, "cache_read_input_tokens"),
          "gen_ai.usage.cache_creation.input_tokens": recordedCount(metrics, "cache_write_input_tokens"),
          "gen_ai.usage.reasoning.output_tokens": recordedCount(metrics, "reasoning_output_tokens"),
        }
        : kind === "tool"
        ? { "gen_ai.operation.name": "execute_tool" }
        : {}),
    }),
    resource: {},
    events: [],
  };
}

/** Messages, or a value by itself; a tool's message has its results beside its text. */
function saidIn(side: Json): unknown {
  const messages = listAt(side, "messages");
  if (messages.length === 0) return side["value"] ?? null;
  return messages.flatMap((message) => {
    if (!isObject(message)) return [message];
    const { tool_results, ...rest } = message;
    const results = (Array.isArray(tool_results) ? tool_results : []).filter(isObject).map(({ tool_id, result }) => ({
      role: "tool",
      tool_call_id: tool_id ?? "",
      content: result,
    }));
    const isToldByThem = results.length > 0 &&
      [undefined, null, "", ...results.map(({ content }) => content)].includes(rest["content"]);
    return isToldByThem ? results : [rest, ...results];
  });
}

function tagOf(row: Json, name: string): string | null {
  const tag = listAt(row, "tags").find((one) => typeof one === "string" && one.startsWith(`${name}:`));
  return typeof tag === "string" ? tag.slice(name.length + 1) : null;
}
