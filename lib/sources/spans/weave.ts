import { isObject, type Json, unpacked } from "../dialects/json.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import { apiUsage } from "./api_usage.ts";
import { countAt, known, objectAt, textAt } from "./pick.ts";

/**
 * Spans of Weave: calls, one a row. A call is a model's where its inputs are a request and its output is a response with
 * usage: Weave sums usage up in the calls around it as well.
 *
 * Source: Weave's trace server interface (`CallSchema`).
 */
export function* weaveSpans(value: unknown): Generator<OtlpSpan> {
  if (!isObject(value)) throw new TypeError("expected a call");
  const calls = value["calls"];
  if (Array.isArray(calls)) {
    for (const call of calls) yield* weaveSpans(call);
    return;
  }
  const inputs = objectAt(value, "inputs");
  const output = unpacked(value["output"]);
  const call = isRequest(inputs) && isResponse(output);
  const exception = textAt(value, "exception");
  const op = textAt(value, "op_name") ?? "";
  yield {
    trace_id: textAt(value, "trace_id"),
    span_id: textAt(value, "id"),
    parent_span_id: textAt(value, "parent_id"),
    name: /\/op\/([^:]+)/.exec(op)?.[1] ?? op,
    start_time: textAt(value, "started_at"),
    end_time: textAt(value, "ended_at"),
    status: { code: exception === null ? 0 : 2, message: exception ?? "" },
    attributes: known({
      "session.id": textAt(value, "thread_id") ?? textAt(value, "attributes.session_id", "attributes.thread_id"),
      ...(call
        ? {
          "gen_ai.operation.name": "chat",
          "gen_ai.request.model": textAt(inputs, "model"),
          "gen_ai.response.model": textAt(output as Json, "model"),
          "gen_ai.prompt": inputs,
          "gen_ai.completion": output,
          "gen_ai.tool.definitions": inputs["tools"] ?? null,
          ...usageOf(value, output as Json),
        }
        : {}),
    }),
    resource: value["parent_id"] ? {} : known({
      "weave.project": textAt(value, "project_id"),
      "weave.attributes": value["attributes"] ?? null,
    }),
    events: [],
  };
}

const isRequest = (inputs: Json) =>
  ["messages", "contents", "input", "prompt"].some((key) => inputs[key] !== undefined && inputs[key] !== null);

function isResponse(output: unknown): boolean {
  if (!isObject(output)) return false;
  const answered = ["choices", "content", "candidates", "output"].some((key) => Array.isArray(output[key]));
  return answered && (isObject(output["usage"]) || isObject(output["usage_metadata"]) || "model" in output);
}

function usageOf(call: Json, output: Json): Json {
  const usage = isObject(output["usage"]) ? output["usage"] : objectAt(output, "usage_metadata", "usageMetadata");
  const costs = Object.values(objectAt(call, "summary.weave.costs")).filter(isObject);
  const cost = costs.reduce<number | null>((sum, one) => {
    const parts = [countAt(one, "prompt_tokens_total_cost"), countAt(one, "completion_tokens_total_cost")];
    return parts.every((part) => part === null) ? sum : (sum ?? 0) + (parts[0] ?? NaN) + (parts[1] ?? NaN);
  }, null);
  return { ...apiUsage(usage), "gen_ai.usage.cost": cost };
}
