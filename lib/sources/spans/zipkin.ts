import { isObject, type Json } from "../dialects/json.ts";
import type { OtlpEvent, OtlpSpan } from "../otlp/otlp.ts";
import { countAt, known, listAt, objectAt, textAt } from "./pick.ts";
import { timeOf } from "./times.ts";

/**
 * A span of Zipkin, one a row, or the spans of a trace in a list, as its API answers.
 *
 * Source: Zipkin's API of version 2: times in microseconds, attributes as tags, events as annotations.
 */
export function* zipkinSpans(value: unknown): Generator<OtlpSpan> {
  if (Array.isArray(value)) {
    for (const one of value) yield* zipkinSpans(one);
    return;
  }
  if (!isObject(value)) throw new TypeError("expected a span");
  const attributes = tagsOf(value);
  const start = countAt(value, "timestamp");
  const duration = countAt(value, "duration");
  const error = textAt(attributes, "error");
  const failed = (error !== null && error !== "false") || attributes["otel.status_code"] === "ERROR";
  yield {
    trace_id: textAt(value, "traceId"),
    span_id: textAt(value, "id"),
    parent_span_id: textAt(value, "parentId"),
    name: textAt(value, "name") ?? "",
    start_time: timeOf(start),
    end_time: start === null || duration === null ? null : timeOf(start + duration),
    status: {
      code: failed ? 2 : 0,
      message: failed ? textAt(attributes, "otel.status_description", "error") ?? "" : "",
    },
    attributes,
    resource: known({ "service.name": textAt(value, "localEndpoint.serviceName") }),
    events: listAt(value, "annotations").filter(isObject).map(eventOf),
  };
}

/** Tags, of which counts are numbers again: Zipkin has no other type than text. */
function tagsOf(span: Json): Json {
  return Object.fromEntries(
    Object.entries(objectAt(span, "tags")).map(([key, value]) => [key, isCount(key, value) ? Number(value) : value]),
  );
}

/** Whether a tag is a count, by its name: an id may be of digits, too. */
const isCount = (key: string, value: unknown) =>
  typeof value === "string" && /^\d+(\.\d+)?$/.test(value) && /(^|[._])(usage|token_count|cost)([._]|$)/.test(key);

/** An annotation: a name, of OpenTelemetry's exporter with its attributes as JSON behind it. */
function eventOf({ value }: Json): OtlpEvent {
  const text = String(value ?? "");
  const [, name = text, json] = /^"?([^":{]+)"?:\s*(\{.*\})$/s.exec(text) ?? [];
  return { name, attributes: json === undefined ? {} : objectAt({ json }, "json") };
}
