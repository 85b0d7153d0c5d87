import { isObject, type Json, unpacked } from "../dialects/json.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import { apiUsage } from "./api_usage.ts";
import { countAt, known, listAt, objectAt, textAt } from "./pick.ts";
import { gradeAttributes } from "./scores.ts";

/** Opik's words for who gave a score, in those that {@link gradeAttributes} knows. */
const SOURCES: Record<string, string> = { ui: "HUMAN", online_scoring: "LLM", sdk: "CODE" };

/**
 * Spans of Opik: a trace with its spans, as `opik export` writes it, a page of its API, or a span a row. A trace's thread is
 * its session, its feedback the grade.
 *
 * Source: Opik's API reference, the types `TracePublic` and `SpanPublic`.
 */
export function* opikSpans(value: unknown): Generator<OtlpSpan> {
  if (!isObject(value)) throw new TypeError("expected a trace with its spans, or a span");
  const list = value["spans"] ?? value["content"];
  if (!Array.isArray(list)) {
    yield spanOf(value, null);
    return;
  }
  const trace = objectAt(value, "trace");
  if (textAt(trace, "id") !== null) yield traceOf(trace);
  for (const span of list.filter(isObject)) yield spanOf(span, textAt(trace, "id"));
}

/** What is said of a trace as a whole, as a span around its spans. */
function traceOf(trace: Json): OtlpSpan {
  const id = textAt(trace, "id");
  const scores = listAt(trace, "feedback_scores").filter(isObject);
  return {
    trace_id: id,
    span_id: `${id}:trace`,
    parent_span_id: null,
    name: textAt(trace, "name") ?? "",
    start_time: textAt(trace, "start_time"),
    end_time: textAt(trace, "end_time"),
    status: statusOf(trace),
    attributes: known({
      "session.id": textAt(trace, "thread_id"),
      "gen_ai.agent.name": textAt(trace, "name"),
      ...gradeAttributes(
        scores.map(({ name, value, source }) => ({ name, value, source: SOURCES[String(source)] ?? "" })),
      ),
    }),
    resource: known({
      "opik.tags": listAt(trace, "tags").length ? listAt(trace, "tags") : null,
      "opik.metadata": trace["metadata"] ?? null,
      "opik.feedback_scores": scores.length ? scores : null,
    }),
    events: [],
  };
}

function spanOf(row: Json, traceId: string | null): OtlpSpan {
  const trace_id = textAt(row, "trace_id") ?? traceId;
  const type = textAt(row, "type");
  return {
    trace_id,
    span_id: textAt(row, "id"),
    parent_span_id: textAt(row, "parent_span_id") ?? (traceId === null ? null : `${traceId}:trace`),
    name: textAt(row, "name") ?? "",
    start_time: textAt(row, "start_time"),
    end_time: textAt(row, "end_time"),
    status: statusOf(row),
    attributes: known(
      type === "llm"
        ? {
          "gen_ai.operation.name": "chat",
          "gen_ai.request.model": textAt(row, "model"),
          "gen_ai.prompt": unpacked(row["input"]) ?? null,
          "gen_ai.completion": unpacked(row["output"]) ?? null,
          "gen_ai.tool.definitions": objectAt(row, "metadata")["tools"] ?? objectAt(row, "input")["tools"] ?? null,
          ...apiUsage(usageOf(row)),
          "gen_ai.usage.cost": countAt(row, "total_estimated_cost"),
        }
        : type === "tool"
        ? { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": textAt(row, "name") }
        : {},
    ),
    resource: {},
    events: [],
  };
}

/** The usage as the provider gave it, where that was kept under its own names; else Opik's sums. */
function usageOf(row: Json): Json {
  const usage = objectAt(row, "usage");
  const own = Object.entries(usage).filter(([key]) => key.startsWith(ORIGINAL));
  return own.length ? Object.fromEntries(own.map(([key, value]) => [key.slice(ORIGINAL.length), value])) : usage;
}

const ORIGINAL = "original_usage.";

function statusOf(row: Json): OtlpSpan["status"] {
  const error = objectAt(row, "error_info");
  const why = textAt(error, "message", "exception_type");
  return { code: Object.keys(error).length ? 2 : 0, message: why ?? "" };
}
