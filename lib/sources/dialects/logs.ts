import { attributesOf, idOf, type OtlpEvent, type OtlpSpan } from "../otlp/otlp.ts";
import { jsonText } from "../../traces/json_text.ts";
import { isObject, type Json } from "./json.ts";

/** A log record that says something of a span. */
export interface SpanLog {
  trace_id: string;
  span_id: string;
  /** When it was recorded, as it says; null where it does not. */
  time: string | null;
  event: OtlpEvent;
  /** Attributes of what it is from. */
  resource: Json;
}

/**
 * Log records of an OTLP/JSON document that name the span they belong to, as events of it: since 1.28 the conventions
 * keep a call's messages in logs. Others, and those that are no GenAI event, are passed over.
 */
export function* spanLogs(document: unknown): Generator<SpanLog> {
  for (const one of list(document, "resourceLogs", "resource_logs")) {
    const from = isObject(one) && isObject(one["resource"]) ? one["resource"] : {};
    const resource = attributesOf(from["attributes"]);
    for (const scope of list(one, "scopeLogs", "scope_logs")) {
      for (const record of list(scope, "logRecords", "log_records")) {
        const log = logOf(record, resource);
        if (log) yield log;
      }
    }
  }
}

function logOf(record: unknown, resource: Json): SpanLog | null {
  if (!isObject(record)) return null;
  const attributes = attributesOf(record["attributes"]);
  const name = record["eventName"] || record["event_name"] || attributes["event.name"];
  const [trace_id, span_id] = [
    idOf(record["traceId"] ?? record["trace_id"]),
    idOf(record["spanId"] ?? record["span_id"]),
  ];
  if (typeof name !== "string" || !name.startsWith("gen_ai.")) return null;
  if (trace_id === null || span_id === null) return null;
  // A body is a value like those of attributes.
  const { body } = attributesOf([{ key: "body", value: record["body"] }]);
  const at = record["timeUnixNano"] ?? record["time_unix_nano"] ?? record["observedTimeUnixNano"] ?? null;
  const time = at === null ? null : String(at);
  return {
    trace_id,
    span_id,
    time,
    event: { name, attributes: { ...attributes, ...(body === null ? {} : { body }) } },
    resource,
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

/**
 * Calls of log records whose spans were not exported: what they say of messages, model and tokens is all that is known, and
 * the first and the last of them are its times, where there are two.
 */
export function spansOfLogs(spans: readonly OtlpSpan[], logs: readonly SpanLog[]): { calls: OtlpSpan[]; left: number } {
  const there = new Set(logs.length ? spans.map(spanKey) : []);
  const groups = [...Map.groupBy(logs.filter((log) => !there.has(spanKey(log))), spanKey).values()];
  const ofCalls = groups.filter((group) => group.some(({ event }) => OF_CALLS.test(event.name)));
  const left = groups.reduce((sum, group) => sum + group.length, 0) - ofCalls.reduce((sum, one) => sum + one.length, 0);
  return { calls: ofCalls.map(callOf), left };
}

/** Events that say what a model was given, or answered. */
const OF_CALLS = /^gen_ai\.(?:client\.inference\.operation\.details|choice|(?:system|user|assistant|tool)\.message)$/;

function callOf(group: readonly SpanLog[]): OtlpSpan {
  const { trace_id, span_id, resource } = group[0]!;
  const times = group.map(({ time }) => time).filter((time) => time !== null).sort((a, b) => Number(a) - Number(b));
  const said = group.flatMap(({ event }) => Object.entries(event.attributes).filter(([name]) => name !== "body"));
  return {
    trace_id,
    span_id,
    parent_span_id: null,
    name: "chat",
    start_time: times.length > 1 ? times[0] : null,
    end_time: times.at(-1) ?? null,
    status: { code: 0, message: "" },
    attributes: { "gen_ai.operation.name": "chat", ...Object.fromEntries(said) },
    resource,
    events: [],
  };
}

function withoutRepeats(logs: readonly SpanLog[]): SpanLog[] {
  const seen = new Set<string>();
  return logs.filter(({ resource: _, ...log }) => {
    if (log.time === null) return true;
    const key = jsonText(log);
    return !seen.has(key) && seen.add(key);
  });
}
