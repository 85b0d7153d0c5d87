import { amountIn } from "../mapping/values.ts";
import { isObject, type Json } from "../dialects/json.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";

/**
 * Spans of a document of Jaeger's query API or its export (`{ data: [{ traceID, spans, processes }] }`), or of one trace.
 *
 * Source: Jaeger's JSON model (`model/json`): times in microseconds, attributes as typed tags, events as logs.
 *
 * @throws {Error} when the value holds no trace.
 */
export function* jaegerSpans(value: unknown): Generator<OtlpSpan> {
  const traces = isObject(value) && Array.isArray(value["data"]) ? value["data"] : [value];
  for (const trace of traces) {
    if (!isObject(trace) || !Array.isArray(trace["spans"])) {
      throw new Error('expected "data", a list of traces with "spans"');
    }
    const processes = isObject(trace["processes"]) ? trace["processes"] : {};
    for (const span of trace["spans"].filter(isObject)) yield spanOf(span, processes);
  }
}

function spanOf(span: Json, processes: Json): OtlpSpan {
  const attributes = tagsOf(span["tags"]);
  const process = processes[String(span["processID"])] ?? span["process"];
  const { serviceName, tags } = isObject(process) ? process : {};
  const failed = attributes["otel.status_code"] === "ERROR" || attributes["error"] === true;
  const start = micros(span["startTime"]);
  const duration = micros(span["duration"]);
  return {
    trace_id: text(span["traceID"]),
    span_id: text(span["spanID"]),
    parent_span_id: parentOf(span),
    name: text(span["operationName"]) ?? "",
    // What is no such time is noted where the span is read.
    start_time: start ?? span["startTime"] ?? null,
    end_time: start === null || duration === null ? null : start + duration,
    status: { code: failed ? 2 : 0, message: text(attributes["otel.status_description"]) ?? "" },
    attributes,
    resource: { ...(serviceName === undefined ? {} : { "service.name": serviceName }), ...tagsOf(tags) },
    events: (Array.isArray(span["logs"]) ? span["logs"] : []).filter(isObject).map((log) => {
      const { event, name, ...rest } = tagsOf(log["fields"]);
      return { name: text(event ?? name) ?? "", attributes: rest };
    }),
  };
}

function parentOf(span: Json): string | null {
  const references = (Array.isArray(span["references"]) ? span["references"] : []).filter(isObject);
  const parent = references.find(({ refType }) => refType === "CHILD_OF") ?? references[0];
  return text(parent?.["spanID"] ?? span["parentSpanID"]);
}

const tagsOf = (tags: unknown): Json =>
  Array.isArray(tags) ? Object.fromEntries(tags.filter(isObject).map(({ key, value }) => [String(key), value])) : {};

const text = (value: unknown): string | null => typeof value === "string" && value !== "" ? value : null;

/** Microseconds, which may be text: Jaeger's own unit, whatever their size says. */
function micros(value: unknown): number | null {
  const amount = amountIn(value);
  return typeof amount === "number" ? Math.round(amount) : null;
}
