import { jsonText } from "../../traces/json_text.ts";
import { isObject, type Json, unpacked } from "../dialects/json.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import { countAt, known, listAt, objectAt, recordedCount, textAt } from "./pick.ts";
import { gradeAttributes } from "./scores.ts";

/**
 * Spans of Braintrust: rows of a project's logs or of an experiment, as its API gives them (`events`), as its page exports
 * them (JSON, CSV), or as SQL answers (`data`). Spans of type `llm` are model calls; their root is the session.
 *
 * Source: Braintrust's API reference, "Fetch project logs".
 */
export function* braintrustSpans(value: unknown): Generator<OtlpSpan> {
  if (!isObject(value)) throw new TypeError("expected a row of Braintrust");
  const rows = value["events"] ?? value["data"] ?? value["rows"];
  if (Array.isArray(rows)) {
    for (const row of rows) yield* braintrustSpans(row);
    return;
  }
  yield spanOf(value);
}

function spanOf(row: Json): OtlpSpan {
  const metadata = objectAt(row, "metadata");
  const metrics = objectAt(row, "metrics");
  const about = objectAt(row, "span_attributes");
  const parents = listAt(row, "span_parents");
  const root = parents.length === 0;
  const call = textAt(about, "type") === "llm";
  const error = unpacked(row["error"]) ?? null;
  return {
    trace_id: textAt(row, "root_span_id") ?? textAt(row, "id"),
    span_id: textAt(row, "span_id", "id"),
    parent_span_id: typeof parents[0] === "string" ? parents[0] : null,
    name: textAt(about, "name") ?? "",
    start_time: metrics["start"] ?? textAt(row, "created"),
    end_time: metrics["end"] ?? null,
    status: {
      code: error === null || error === "" ? 0 : 2,
      message: error === null ? "" : typeof error === "string" ? error : jsonText(error),
    },
    attributes: known({
      "session.id": textAt(metadata, "session_id", "thread_id", "conversation_id"),
      ...(root ? gradeAttributes(scoresOf(row)) : {}),
      ...(root ? { "gen_ai.agent.name": textAt(about, "name") } : {}),
      ...(call
        ? {
          "gen_ai.operation.name": "chat",
          "gen_ai.request.model": textAt(metadata, "model"),
          "gen_ai.prompt": unpacked(row["input"]) ?? null,
          "gen_ai.completion": unpacked(row["output"]) ?? null,
          "gen_ai.tool.definitions": metadata["tools"] ?? null,
          "gen_ai.usage.input_tokens": recordedCount(metrics, "prompt_tokens"),
          "gen_ai.usage.output_tokens": recordedCount(metrics, "completion_tokens"),
          "gen_ai.usage.cache_read.input_tokens": recordedCount(metrics, "prompt_cached_tokens"),
          "gen_ai.usage.cache_creation.input_tokens": recordedCount(metrics, "prompt_cache_creation_tokens"),
          "gen_ai.usage.reasoning.output_tokens": recordedCount(metrics, "completion_reasoning_tokens"),
          "gen_ai.usage.cost": countAt(metrics, "estimated_cost"),
        }
        : textAt(about, "type") === "tool"
        ? { "gen_ai.operation.name": "execute_tool" }
        : {}),
    }),
    resource: root ? known({ "braintrust.metadata": Object.keys(metadata).length ? metadata : null }) : {},
    events: [],
  };
}

const scoresOf = (row: Json): Json[] =>
  Object.entries(objectAt(row, "scores")).filter(([, value]) => typeof value === "number")
    .map(([name, value]) => ({ name, value, source: "API" }));
