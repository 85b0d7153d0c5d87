import { BUILT_IN } from "../mapping/builtin.ts";
import { MESSAGE_FORMATS } from "../messages/formats.ts";
import { READER_FORMATS } from "../readers/formats.ts";
import { CALL_LOG_FORMATS, SPAN_FORMATS } from "../spans/formats.ts";
import type { Format } from "./format.ts";
import { UNSUPPORTED } from "./unsupported.ts";

const TABLES: readonly Format[] = [
  {
    id: "v1",
    title: "Sessions with their spans, one a row (v1)",
    page: "tables",
    rows: [{ has: ["session_id", "spans.[].type"] }],
    read: { by: "mapping", mapping: BUILT_IN.v1 },
  },
  {
    id: "v2",
    title: "Sessions with their spans, one a row (v2)",
    page: "tables",
    // Spans with events are rows of OpenTelemetry.
    rows: [{ has: ["session_id", "spans"], without: ["spans.[].span_events"] }],
    read: { by: "mapping", mapping: BUILT_IN.v2 },
  },
];

const KEYS = [
  "resourceSpans.[].scopeSpans.[].spans.[].attributes.[].key",
  "trace.resourceSpans.[].scopeSpans.[].spans.[].attributes.[].key",
  "result.resourceSpans.[].scopeSpans.[].spans.[].attributes.[].key",
  "resource_spans.[].scope_spans.[].spans.[].attributes.[].key",
  "batches.[].scopeSpans.[].spans.[].attributes.[].key",
  "scopeSpans.[].spans.[].attributes.[].key",
];
const SCOPES = ["resourceSpans.[].scopeSpans.[].scope.name", "scopeSpans.[].scope.name"];
const SPAN_NAMES = "resourceSpans.[].scopeSpans.[].spans.[].name";
const hasKey = (pattern: RegExp) => KEYS.map((path) => ({ like: { [path]: pattern } }));
const hasScope = (pattern: RegExp) => SCOPES.map((path) => ({ like: { [path]: pattern } }));

/** Recorders of OTLP by their attributes, or by the name of their library. */
const OTLP_DIALECTS = [
  { name: "OpenInference", rows: hasKey(/^openinference\.span\.kind$/) },
  { name: "Vercel AI SDK", rows: hasKey(/^ai\.operationId$/) },
  {
    name: "OpenLLMetry",
    rows: [
      ...hasKey(/^(traceloop\.|gen_ai\.(prompt|completion)\.\d|llm\.usage\.total_tokens)/),
      ...hasScope(/traceloop/),
    ],
  },
  { name: "Pydantic AI", rows: [...hasScope(/^pydantic-ai$/), ...hasKey(/^logfire\./)] },
  { name: "LiteLLM", rows: [...hasScope(/^litellm/), { like: { [SPAN_NAMES]: /^litellm/ } }] },
  { name: "MLflow", rows: hasKey(/^mlflow\.spanType$/) },
  { name: "Langfuse", rows: hasKey(/^langfuse\./) },
  { name: "LangSmith", rows: hasKey(/^langsmith\./) },
  { name: "Braintrust", rows: hasKey(/^braintrust\./) },
  { name: "Google ADK", rows: hasKey(/^gcp\.vertex\.agent\./) },
  { name: "OpenTelemetry GenAI", rows: hasKey(/^gen_ai\.(operation\.name|provider\.name|system)$/) },
];

const OTLP: readonly Format[] = [
  {
    id: "otlp",
    title: "OpenTelemetry, OTLP/JSON",
    page: "otlp",
    rows: [
      { any: [["resourceSpans", "resource_spans"]] },
      { any: [["resourceLogs", "resource_logs"]] },
      { any: [["resourceMetrics", "resource_metrics"]] },
      { has: ["batches.[].resource"] },
      { any: [["trace.resourceSpans", "trace.batches", "result.resourceSpans"]] },
      { any: [["scopeSpans", "scope_spans", "instrumentationLibrarySpans"]] },
    ],
    dialects: OTLP_DIALECTS,
    read: { by: "mapping", mapping: BUILT_IN.otlp },
  },
];

/** Every kind of file that is recognised, in the order in which they are tried: the special before the general. */
export const FORMATS: readonly Format[] = [
  ...OTLP,
  ...TABLES,
  ...SPAN_FORMATS,
  ...READER_FORMATS,
  ...CALL_LOG_FORMATS,
  ...UNSUPPORTED,
  ...MESSAGE_FORMATS,
];
