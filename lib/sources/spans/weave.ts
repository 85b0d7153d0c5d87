import { isObject, type Json, nested, unpacked } from "../dialects/json.ts";
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
  const calls = value["calls"] ?? value["raw_logging_results"];
  if (Array.isArray(calls)) {
    for (const call of calls) yield* weaveSpans(call);
    return;
  }
  const asked = partOf(value, "inputs");
  const inputs = isObject(asked) ? asked : {};
  const output = partOf(value, "output");
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
      "session.id": textAt(value, "thread_id") ?? textAt(value, ...SESSIONS),
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

/** Where a call's attributes name its session; harnesses that log to Weave name the task. */
const SESSIONS = ["attributes.session_id", "attributes.thread_id", "attributes.weave_task_id"];

/** A part of a call; a table may keep it in columns of their own (`output.usage.prompt_tokens`). */
function partOf(row: Json, name: string): unknown {
  const own = unpacked(row[name]);
  if (own !== undefined && own !== null && own !== "") return own;
  const columns = nested(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== "")), name);
  if (!isObject(columns)) return own;
  return Object.fromEntries(Object.entries(columns).map(([key, value]) => [key, unpacked(value)]));
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
