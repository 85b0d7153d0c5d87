import { isObject, type Json, unpacked } from "../dialects/json.ts";
import { first } from "../messages/places.ts";
import type { OtlpEvent, OtlpSpan } from "../otlp/otlp.ts";
import type { SpanLog } from "../dialects/logs.ts";
import { mlflowSpans } from "./mlflow.ts";
import { countAt, known, listAt, objectAt, textAt } from "./pick.ts";
import { annotationScores, gradeAttributes } from "./scores.ts";
import { endOf, timeOf } from "./times.ts";

/** Names of the parts of a span in tables and dumps: the SDKs', Phoenix', MLflow's, Logfire's, ClickHouse' and others'. */
const PLACES = {
  traceId: [
    "context.trace_id",
    "trace_id",
    "traceId",
    "TraceId",
    "trace.trace_id",
    "traceID",
    "spanContext.traceId",
    "_spanContext.traceId",
  ],
  spanId: [
    "context.span_id",
    "span_id",
    "spanId",
    "SpanId",
    "trace.span_id",
    "spanContext.spanId",
    "_spanContext.spanId",
    "id",
  ],
  parentId: [
    "parent_id",
    "parent_span_id",
    "parentSpanId",
    "ParentSpanId",
    "parentId",
    "trace.parent_id",
    "parent.span_id",
    "parentSpanContext.spanId",
  ],
  name: ["name", "span_name", "SpanName", "operationName", "description"],
  start: [
    "start_time",
    "startTime",
    "start_timestamp",
    "start_time_unix_nano",
    "startTimeUnixNano",
    "start_time_ns",
    "start_ns",
    "Timestamp",
    "timestamp",
    "time",
    "Time",
  ],
  end: ["end_time", "endTime", "end_timestamp", "end_time_unix_nano", "endTimeUnixNano", "end_time_ns", "end_ns"],
  duration: ["duration", "Duration", "duration_ns"],
  status: ["status.status_code", "status.code", "status_code", "StatusCode", "otel_status_code", "status"],
  message: ["status.description", "status.message", "status_message", "StatusMessage", "otel_status_message"],
  attributes: ["attributes", "span_attributes", "SpanAttributes", "otel_attributes", "data"],
  resource: [
    "resource.attributes",
    "resource_attributes",
    "ResourceAttributes",
    "otel_resource_attributes",
    "resource",
  ],
  kind: ["span_kind", "spanKind", "kind"],
} as const;

/**
 * Spans of tables and dumps, one a row: a Python SDK's `span.to_json()`, rows of Phoenix (their attributes also as columns),
 * of MLflow, Logfire, Honeycomb, a collector's ClickHouse table; with their children inside; or a trace that lists them,
 * such as a transaction of Sentry.
 */
export function* tableSpans(value: unknown): Generator<OtlpSpan> {
  if (!isObject(value)) throw new TypeError("expected a span, one a row");
  if (isObject(value["page"])) {
    yield* annotated(value["page"], listAt(value, "more.data"));
    return;
  }
  const whole = objectAt(value, "trace");
  if (isObject(whole["data"])) {
    yield* tableSpans(whole);
    return;
  }
  const inside = first(value, ["data.spans", "spans", "data", "rows"]) ?? rowsOfColumns(value);
  if (Array.isArray(inside)) {
    const trace = textAt(value, "trace_id", "traceId", "info.trace_id", "info.request_id");
    const spans = inside.flatMap((one) => Array.from(tableSpans(one)));
    yield* mlflowSpans(value, spans.map((span) => ({ ...span, trace_id: span.trace_id ?? trace })));
    return;
  }
  if (isLog(value)) return;
  yield spanOf(value);
  for (const child of listAt(value, "child_spans", "children")) yield* tableSpans(child);
}

/** Rows of a table whose columns each list their values, as Logfire's API answers; null where there is none. */
function rowsOfColumns(table: Json): Json[] | null {
  const columns = listAt(table, "columns").filter(isObject);
  const lists = columns.map((column) => [textAt(column, "name") ?? "", listAt(column, "values")] as const);
  if (lists.length === 0) return null;
  const length = Math.max(...lists.map(([, values]) => values.length));
  return Array.from({ length }, (_, i) => Object.fromEntries(lists.map(([name, values]) => [name, values[i]])));
}

/** A log record among spans, as CloudWatch keeps both: it has a body, and is of a span. */
const isLog = (row: Json) => "body" in row && !("name" in row) && textAt(row, ...PLACES.spanId) !== null;

/** The log record that a row is; see {@link isLog}. */
export function* tableLogs(row: unknown): Generator<SpanLog> {
  if (!isObject(row) || !isLog(row)) return;
  const [trace_id, span_id] = [bare(textAt(row, ...PLACES.traceId)), bare(textAt(row, ...PLACES.spanId))];
  if (trace_id === null || span_id === null) return;
  const attributes = objectAt(row, ...PLACES.attributes);
  const event = {
    name: textAt(attributes, "event.name") ?? "",
    attributes: { ...attributes, body: unpacked(row["body"]) },
  };
  const time = textAt(row, "timeUnixNano", "observedTimeUnixNano");
  yield { trace_id, span_id, time, event, resource: objectAt(row, ...PLACES.resource) };
}

/** A page of Phoenix' API with the annotations of its spans: those of a root are of its trace. */
function* annotated(page: Json, annotations: readonly unknown[]): Generator<OtlpSpan> {
  const bySpan = Map.groupBy(annotations.filter(isObject), (one) => textAt(one, "span_id"));
  for (const span of tableSpans(page)) {
    const own = span.parent_span_id === null ? bySpan.get(span.span_id) ?? [] : [];
    const scores = annotationScores(own);
    yield scores.length ? { ...span, attributes: { ...span.attributes, ...gradeAttributes(scores) } } : span;
  }
}

function spanOf(row: Json): OtlpSpan {
  const text = (place: keyof typeof PLACES) => textAt(row, ...PLACES[place]);
  const start = timeOf(first(row, PLACES.start));
  const status = text("status") ?? "";
  return {
    trace_id: bare(text("traceId")),
    span_id: bare(text("spanId")),
    parent_span_id: bare(text("parentId")),
    name: text("name") ?? "",
    start_time: start,
    end_time: timeOf(first(row, PLACES.end)) ?? sentryEnd(row) ?? endOf(start, first(row, PLACES.duration)) ??
      endOf(start, (countAt(row, "duration_ms") ?? NaN) * 1e6),
    status: {
      code: /error/i.test(status) || status === "2" ? 2 : /ok/i.test(status) || status === "1" ? 1 : 0,
      message: text("message") ?? "",
    },
    attributes: attributesOf(row),
    resource: objectAt(row, ...PLACES.resource),
    events: listAt(row, "events", "Events", "span_events").filter(isObject).map(eventOf),
  };
}

/** Sentry's time of a span that has another for its start is that of its end. */
const sentryEnd = (row: Json) => "start_timestamp" in row && "op" in row ? timeOf(row["timestamp"]) : null;

/** Attributes as an object (its text, too), and as columns named after it; those of Honeycomb are columns by themselves. */
function attributesOf(row: Json): Json {
  const own = "trace.trace_id" in row ? row : objectAt(row, ...PLACES.attributes);
  const columns = Object.entries(row).filter(([key, value]) => key.startsWith("attributes.") && value !== null)
    .map(([key, value]) => [key.slice("attributes.".length), value]);
  const kind = textAt(row, "span_kind");
  return known({
    ...flattened(own),
    ...Object.fromEntries(columns),
    ...(kind !== null && /^(LLM|AGENT|CHAIN|TOOL|RETRIEVER|EMBEDDING|RERANKER|GUARDRAIL|EVALUATOR)$/.test(kind)
      ? { "openinference.span.kind": kind }
      : {}),
  });
}

/** Attributes that were nested (`{ llm: { model_name } }`) under their dotted names; lists and values stay. */
function flattened(attributes: Json, prefix = ""): Json {
  const flat: Json = {};
  for (const [key, value] of Object.entries(attributes)) {
    const name = prefix + key;
    if (isObject(value) && isNamespace(name)) Object.assign(flat, flattened(value, `${name}.`));
    flat[name] = value;
  }
  return flat;
}

/** Namespaces of attributes: anything else that is an object is a value. */
const isNamespace = (name: string) =>
  /^(gen_ai|llm|openinference|session|user|input|output|ai|traceloop|langfuse|mlflow|token_count|span)(\.|$)/.test(
    name,
  ) &&
  !/\.(messages|arguments|parameters|metadata|value)$/.test(name);

function eventOf(event: Json): OtlpEvent {
  return {
    name: textAt(event, "name", "Name", "event_name") ?? "",
    attributes: {
      ...objectAt(event, "attributes", "Attributes"),
      ...(event["body"] === undefined ? {} : { body: event["body"] }),
    },
  };
}

/** An id without the `0x` that Python's SDK writes before it. */
const bare = (id: string | null) => id === null ? null : id.replace(/^0x/, "");
