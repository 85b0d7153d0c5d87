import { attributesOf, type OtlpEvent, type OtlpSpan } from "../otlp/otlp.ts";
import { jsonText } from "../../traces/json_text.ts";
import { isObject } from "./json.ts";

/** A log record that says something of a span. */
export interface SpanLog {
  trace_id: string;
  span_id: string;
  /** When it was recorded, as it says; null where it does not. */
  time: string | null;
  event: OtlpEvent;
}

/**
 * Log records of an OTLP/JSON document that name the span they belong to, as events of it: since 1.28 the conventions
 * keep a call's messages in logs. Others, and those that are no GenAI event, are passed over.
 */
export function* spanLogs(document: unknown): Generator<SpanLog> {
  for (const resource of list(document, "resourceLogs", "resource_logs")) {
    for (const scope of list(resource, "scopeLogs", "scope_logs")) {
      for (const record of list(scope, "logRecords", "log_records")) {
        const log = logOf(record);
        if (log) yield log;
      }
    }
  }
}

function logOf(record: unknown): SpanLog | null {
  if (!isObject(record)) return null;
  const attributes = attributesOf(record["attributes"]);
  const name = record["eventName"] || record["event_name"] || attributes["event.name"];
  const [trace_id, span_id] = [record["traceId"] ?? record["trace_id"], record["spanId"] ?? record["span_id"]];
  if (typeof name !== "string" || !name.startsWith("gen_ai.")) return null;
  if (typeof trace_id !== "string" || typeof span_id !== "string" || trace_id === "" || span_id === "") return null;
  // A body is a value like those of attributes.
  const { body } = attributesOf([{ key: "body", value: record["body"] }]);
  const at = record["timeUnixNano"] ?? record["time_unix_nano"] ?? record["observedTimeUnixNano"] ?? null;
  const time = at === null ? null : String(at);
  return {
    trace_id,
    span_id,
    time,
    event: { name, attributes: { ...attributes, ...(body === null ? {} : { body }) } },
  };
}

function list(value: unknown, ...names: string[]): unknown[] {
  if (!isObject(value)) return [];
  const found = names.map((name) => value[name]).find(Array.isArray);
  return found ?? [];
}

/** The span that a log record belongs to. */
export const spanKey = ({ trace_id, span_id }: { trace_id: string | null; span_id: string | null }): string =>
  `${trace_id} ${span_id}`;

/** Joins log records to the spans they name, as events. One that was exported twice, at the same time, counts once. */
export function addLogs(spans: readonly OtlpSpan[], logs: readonly SpanLog[]): void {
  const bySpan = Map.groupBy(withoutRepeats(logs), spanKey);
  if (bySpan.size === 0) return;
  for (const span of spans) {
    const found = bySpan.get(spanKey(span));
    if (found) span.events.push(...found.map(({ event }) => event));
  }
}

function withoutRepeats(logs: readonly SpanLog[]): SpanLog[] {
  const seen = new Set<string>();
  return logs.filter((log) => {
    if (log.time === null) return true;
    const key = jsonText(log);
    return !seen.has(key) && seen.add(key);
  });
}
