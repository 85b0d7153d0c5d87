import { isObject, type Json } from "../dialects/json.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import { apiUsage } from "./api_usage.ts";
import { known, listAt, objectAt, textAt } from "./pick.ts";

/**
 * Spans of the OpenAI Agents SDK as its processors export them: traces and spans, one a row or in `data`. Spans of type
 * `generation` and `response` are model calls; traces of one group are one session.
 *
 * Source: the SDK's `Trace.export` and `SpanData.export`.
 */
export function* agentsSdkSpans(value: unknown): Generator<OtlpSpan> {
  if (!isObject(value)) throw new TypeError("expected a trace or a span");
  const data = value["data"];
  if (Array.isArray(data)) {
    for (const one of data) yield* agentsSdkSpans(one);
    return;
  }
  yield value["object"] === "trace" ? rootOf(value) : spanOf(value);
}

function rootOf(trace: Json): OtlpSpan {
  const id = textAt(trace, "id", "trace_id");
  return {
    trace_id: id,
    span_id: `${id}:trace`,
    parent_span_id: null,
    name: textAt(trace, "workflow_name") ?? "trace",
    start_time: null,
    end_time: null,
    status: { code: 0, message: "" },
    attributes: known({ "session.id": textAt(trace, "group_id"), "gen_ai.agent.name": textAt(trace, "workflow_name") }),
    resource: known({ "openai.trace.metadata": trace["metadata"] ?? null }),
    events: [],
  };
}

function spanOf(span: Json): OtlpSpan {
  const data = objectAt(span, "span_data");
  const response = objectAt(data, "response");
  const type = textAt(data, "type");
  const call = type === "generation" || type === "response";
  const usage = { ...objectAt(data, "output.[].usage"), ...objectAt(response, "usage"), ...objectAt(data, "usage") };
  const error = objectAt(span, "error");
  const output = listAt(data, "output").length ? listAt(data, "output") : listAt(response, "output");
  return {
    trace_id: textAt(span, "trace_id"),
    span_id: textAt(span, "id"),
    parent_span_id: textAt(span, "parent_id"),
    name: textAt(data, "name") ?? type ?? "",
    start_time: textAt(span, "started_at"),
    end_time: textAt(span, "ended_at"),
    status: { code: Object.keys(error).length ? 2 : 0, message: textAt(error, "message") ?? "" },
    attributes: call
      ? known({
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": textAt(data, "model") ?? textAt(response, "model"),
        "gen_ai.response.model": textAt(data, "output.[].model"),
        "gen_ai.response.id": textAt(data, "response_id", "output.[].id") ?? textAt(response, "id"),
        "gen_ai.prompt": inputOf(data, response),
        "gen_ai.completion": output.length ? type === "response" ? { output } : output : null,
        "gen_ai.tool.definitions": response["tools"] ?? null,
        ...apiUsage(usage),
      })
      : type === "function"
      ? { "gen_ai.operation.name": "execute_tool" }
      : {},
    resource: {},
    events: [],
  };
}

function inputOf(data: Json, response: Json): unknown {
  const input = data["input"] ?? null;
  const instructions = textAt(response, "instructions");
  return input === null ? null : instructions === null ? input : { instructions, input };
}
