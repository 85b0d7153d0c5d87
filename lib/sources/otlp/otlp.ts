/** A span of an OTLP/JSON file in the shape that mappings speak of: snake case, plain attributes. */
export interface OtlpSpan {
  trace_id: string | null;
  span_id: string | null;
  parent_span_id: string | null;
  name: string;
  /** As recorded, in nanoseconds since 1970 or otherwise: whoever places it reads it. */
  start_time: unknown;
  end_time: unknown;
  status: { code: unknown; message: string };
  attributes: Record<string, unknown>;
  /** Attributes of the resource that sent the span. */
  resource: Record<string, unknown>;
  events: OtlpEvent[];
}

/** Something that a span says happened while it ran. */
export interface OtlpEvent {
  name: string;
  attributes: Record<string, unknown>;
}

type Json = Record<string, unknown>;

/**
 * Spans of one OTLP/JSON document (`ExportTraceServiceRequest` in JSON, as the OpenTelemetry collector's file exporter
 * and SDKs write it), in the order of the document. Also of one `ResourceSpans` by itself, and of a trace as Tempo gives
 * it (`batches`), or Jaeger's current API (`result`). A document of logs or metrics, which collectors write into the same file, has none.
 *
 * Source: opentelemetry-proto, `trace/v1/trace.proto` and "JSON Protobuf Encoding" of the OTLP specification 1.x.
 *
 * @throws {Error} when the document is none of these.
 */
export function* otlpSpans(document: unknown): Generator<OtlpSpan> {
  for (const one of resourceSpansOf(document)) {
    const resource = attributesOf(pick(pick(one, "resource"), "attributes"));
    for (const scope of list(one, "scopeSpans", "scope_spans", "instrumentationLibrarySpans") ?? []) {
      for (const span of list(scope, "spans") ?? []) yield spanOf(span, resource);
    }
  }
}

function resourceSpansOf(document: unknown): unknown[] {
  const found = list(document, "resourceSpans", "resource_spans") ?? list(document, "batches");
  if (found) return found;
  const trace = pick(document, "trace", "result");
  if (trace !== undefined) return resourceSpansOf(trace);
  if (list(document, "scopeSpans", "scope_spans", "instrumentationLibrarySpans")) return [document];
  if (isOtherSignal(document)) return [];
  throw new Error('expected an object with a list "resourceSpans"');
}

/** Whether a document of OTLP/JSON is of another signal than traces, such as metrics: collectors write all into one file. */
export function isOtherSignal(document: unknown): boolean {
  return OTHER_SIGNALS.some((names) => list(document, ...names));
}

const OTHER_SIGNALS = [["resourceLogs", "resource_logs"], ["resourceMetrics", "resource_metrics"], [
  "resourceProfiles",
  "resource_profiles",
]];

function spanOf(span: unknown, resource: Record<string, unknown>): OtlpSpan {
  const status = pick(span, "status");
  return {
    trace_id: idOf(pick(span, "traceId", "trace_id")),
    span_id: idOf(pick(span, "spanId", "span_id")),
    parent_span_id: idOf(pick(span, "parentSpanId", "parent_span_id")),
    name: text(pick(span, "name")) ?? "",
    start_time: pick(span, "startTimeUnixNano", "start_time_unix_nano") ?? null,
    end_time: pick(span, "endTimeUnixNano", "end_time_unix_nano") ?? null,
    status: { code: pick(status, "code") ?? 0, message: text(pick(status, "message")) ?? "" },
    attributes: attributesOf(pick(span, "attributes")),
    resource,
    events: (list(span, "events") ?? []).map((event) => ({
      name: text(pick(event, "name")) ?? "",
      attributes: attributesOf(pick(event, "attributes")),
    })),
  };
}

/** Attributes as a plain object: `[{ key, value: { stringValue } }]` in OTLP; an object already is kept. */
export function attributesOf(value: unknown, depth = 0): Record<string, unknown> {
  if (!Array.isArray(value)) return typeof value === "object" && value !== null ? value as Json : {};
  const found: Json = {};
  for (const pair of value) {
    const key = String(pick(pair, "key")), held = anyValue(pick(pair, "value"), depth);
    // Such a name would set what the object inherits from.
    if (key === "__proto__") {
      Object.defineProperty(found, key, { value: held, enumerable: true, configurable: true, writable: true });
    } else found[key] = held;
  }
  return found;
}

/** What nests deeper is kept as it is, unread. */
const DEEPEST = 100;

/** The value of an OTLP `AnyValue`: text, number, true or false, list, object, or null. */
function anyValue(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || depth >= DEEPEST) return value ?? null;
  let kind: string | undefined;
  for (kind in value) break;
  const inner = kind === undefined ? undefined : (value as Json)[kind];
  switch (kind) {
    case "intValue":
    case "int_value":
      return Number.isSafeInteger(Number(inner)) ? Number(inner) : String(inner);
    case "doubleValue":
    case "double_value":
      return Number(inner);
    case "arrayValue":
    case "array_value":
      return (list(inner, "values") ?? []).map((item) => anyValue(item, depth + 1));
    case "kvlistValue":
    case "kvlist_value":
      return attributesOf(list(inner, "values") ?? [], depth + 1);
    default:
      return inner ?? null;
  }
}

/** 16 or 8 bytes in base64, as Protobuf's own JSON has ids. */
const PACKED_ID = /^(?:[\w+/-]{22}==|[\w+/-]{11}=)$/;

/** An id; hexadecimal digits may be of either case, behind `0x`, or packed as base64. One of zeros alone is none. */
export function idOf(value: unknown): string | null {
  let found = typeof value === "number" || typeof value === "bigint" ? String(value) : text(value);
  if (found === null) return null;
  if (PACKED_ID.test(found)) found = Uint8Array.fromBase64(found.replace(/-/g, "+").replace(/_/g, "/")).toHex();
  const digits = /^(?:0[xX])?([0-9A-Fa-f]+)$/.exec(found)?.[1];
  if (digits === undefined) return found;
  return /^0+$/.test(digits) ? null : digits.toLowerCase();
}

const text = (value: unknown): string | null => typeof value === "string" && value !== "" ? value : null;

/** A field by its JSON name or by its name in the proto, which some exporters write. */
function pick(value: unknown, ...names: string[]): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  for (const name of names) {
    const found = (value as Json)[name];
    if (found !== undefined) return found;
  }
  return undefined;
}

function list(value: unknown, ...names: string[]): unknown[] | undefined {
  const found = pick(value, ...names);
  return Array.isArray(found) ? found : undefined;
}
