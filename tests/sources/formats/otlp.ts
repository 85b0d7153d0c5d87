/** OTLP/JSON documents made of plain attributes. @module */

export interface PlainSpan {
  id: string;
  parent?: string;
  /** One digit; all are of one trace unless told. */
  trace?: string;
  name?: string;
  /** Seconds; the id unless told. */
  start?: number;
  /** A second after the start unless told; null for a span that has not ended. */
  end?: number | null;
  attributes?: Record<string, unknown>;
  events?: { name: string; attributes: Record<string, unknown> }[];
}

/** A value as OTLP/JSON writes it. */
export function anyValue(value: unknown): unknown {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number") {
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  return { kvlistValue: { values: pairs(value as Record<string, unknown>) } };
}

const pairs = (attributes: Record<string, unknown>) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));

/** An export of these spans. */
export function otlp(...spans: PlainSpan[]) {
  return {
    resourceSpans: [{
      resource: { attributes: pairs({ "service.name": "librarian" }) },
      scopeSpans: [{ scope: { name: "test" }, spans: spans.map(spanOf) }],
    }],
  };
}

const nanos = (second: number) => `${1_770_000_000 + second}000000000`;

function spanOf(
  { id, parent, trace = "0", name = "chat", start = Number(id), end = start + 1, attributes = {}, events = [] }:
    PlainSpan,
) {
  return {
    traceId: `${trace}af7651916cd43dd8448eb211c80319c`,
    spanId: id.padStart(16, "0"),
    ...(parent ? { parentSpanId: parent.padStart(16, "0") } : {}),
    name,
    kind: 3,
    startTimeUnixNano: nanos(start),
    ...(end === null ? {} : { endTimeUnixNano: nanos(end) }),
    attributes: pairs(attributes),
    events: events.map((event) => ({
      name: event.name,
      timeUnixNano: nanos(start),
      attributes: pairs(event.attributes),
    })),
    status: {},
  };
}

/** An export of log records of the spans. */
export function otlpLogs(...records: { span: string; name: string; body: unknown }[]) {
  const logRecords = records.map(({ span, name, body }) => ({
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId: span.padStart(16, "0"),
    eventName: name,
    body: anyValue(body),
    attributes: [],
  }));
  return { resourceLogs: [{ resource: {}, scopeLogs: [{ scope: {}, logRecords }] }] };
}
