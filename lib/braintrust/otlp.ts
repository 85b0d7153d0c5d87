import type { Redacted } from "../model/mod.ts";
import { redactedJson, redactValue } from "../traces/mod.ts";
import type { BraintrustClient } from "./client.ts";
import { BraintrustError } from "./error.ts";
import { attributesOf, type OtlpAttribute } from "./otlp_attributes.ts";
import type { BraintrustRow } from "./row.ts";
import type { RowLine } from "./row_files.ts";

/** A span in OTLP/JSON. */
export interface OtlpSpanJson {
  /** 32 hexadecimal digits: those of the root row's id. */
  traceId: string;
  /** 16 hexadecimal digits: the first of the row's id. */
  spanId: string;
  /** The root's span; not there in a root. */
  parentSpanId?: string;
  /** As Braintrust shows it. */
  name: string;
  /** 1 internal, 3 client. */
  kind: 1 | 3;
  /** Nanoseconds since 1970, in digits: too many for a number. */
  startTimeUnixNano: string;
  /** The same of its end. */
  endTimeUnixNano: string;
  /** What else is known of the row. */
  attributes: OtlpAttribute[];
  /** Code 2 with the message where the row has an error; else empty. */
  status: { code?: 2; message?: string };
}

/** `ExportTraceServiceRequest` in JSON. */
export interface OtlpDocument {
  /** One resource with one scope that holds all spans. */
  resourceSpans: {
    resource: { attributes: OtlpAttribute[] };
    scopeSpans: { scope: { name: string }; spans: OtlpSpanJson[] }[];
  }[];
}

/**
 * Span rows as OTLP/JSON: a trace for each session, a span for each row. Model calls carry the GenAI conventions' attributes
 * (`gen_ai.operation.name` = `chat`, models, tokens, messages), a root the session's names, scores and, under
 * `braintrust.*`, its task and answer. Ids are those of the rows, so the same rows give the same spans again.
 *
 * A row without times gets those of 1970: OTLP has no word for an unknown time.
 *
 * Source: opentelemetry-proto, `trace/v1/trace.proto`; OTLP 1.x, "JSON Protobuf Encoding"; semantic conventions for generative
 * AI, 1.38.
 */
export function spanRowsToOtlp(rows: readonly Redacted<BraintrustRow>[]): Redacted<OtlpDocument> {
  const byHarness = Map.groupBy(rows, (row) => String(row.metadata["harness"] ?? "unspecified"));
  return redactValue({
    resourceSpans: [...byHarness].map(([harness, of]) => ({
      resource: { attributes: [{ key: "service.name", value: { stringValue: harness } }] },
      scopeSpans: [{ scope: { name: "agent-trace-lab" }, spans: of.map(spanOf) }],
    })),
  }).value;
}

function spanOf(row: BraintrustRow): OtlpSpanJson {
  const created = row.created === null ? 0 : Date.parse(row.created) / 1000;
  const start = row.metrics["start"] ?? created;
  const [parent] = row.span_parents ?? [];
  return {
    traceId: hex(row.root_span_id),
    spanId: hex(row.id).slice(0, 16),
    ...(parent === undefined ? {} : { parentSpanId: hex(parent).slice(0, 16) }),
    name: row.span_attributes.name,
    kind: row.is_root ? 1 : 3,
    startTimeUnixNano: nanos(start),
    endTimeUnixNano: nanos(row.metrics["end"] ?? start),
    attributes: attributesOf(row),
    status: row.error === null ? {} : { code: 2, message: row.error },
  };
}

const hex = (uuid: string) => uuid.replaceAll("-", "").toLowerCase();

/** Rows hold microseconds at best; a double of nanoseconds would not hold them. */
const nanos = (seconds: number) => String(BigInt(Math.round(seconds * 1e6)) * 1000n);

/**
 * Sends span rows to a collector, or to Braintrust's endpoint.
 *
 * @param path such as `/otel/v1/traces`
 * @throws {BraintrustError} when it refuses them, or some of them
 */
export async function sendOtlp(
  client: BraintrustClient,
  path: string,
  rows: readonly Pick<RowLine, "row">[],
  headers: Record<string, string> = {},
): Promise<void> {
  const document = spanRowsToOtlp(rows.map(({ row }) => row));
  const answer = await client.call("POST", path, redactedJson(document), headers);
  const { partialSuccess } = (answer ?? {}) as {
    partialSuccess?: { rejectedSpans?: number | string; errorMessage?: string };
  };
  const rejected = Number(partialSuccess?.rejectedSpans ?? 0);
  if (rejected > 0) {
    const why = partialSuccess?.errorMessage ?? "without a reason";
    throw new BraintrustError("request", `POST ${path}: ${rejected} of ${rows.length} spans were rejected: ${why}`);
  }
}
