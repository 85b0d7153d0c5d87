import type { Format } from "../detect/format.ts";
import { agentsSdkSpans } from "./agents_sdk.ts";
import { braintrustSpans } from "./braintrust.ts";
import { datadogSpans } from "./datadog.ts";
import { callLogSpans, isOtherRow } from "./call_log.ts";
import { jaegerSpans } from "./jaeger.ts";
import { langfuseSpans } from "./langfuse.ts";
import { withoutNestedCounts } from "./langfuse_nested.ts";
import { langsmithSpans } from "./langsmith.ts";
import { opikSpans } from "./opik.ts";
import { isOtherEvent, posthogSpans } from "./posthog.ts";
import { tableLogs, tableSpans } from "./table.ts";
import { weaveSpans } from "./weave.ts";
import { zipkinSpans } from "./zipkin.ts";

const OBSERVATIONS = ["GENERATION", "SPAN", "EVENT", "AGENT", "TOOL", "CHAIN"];

const OPIK = ["llm", "general", "tool", "guardrail"];

/** Exports whose rows, or whose parts, are spans. */
export const SPAN_FORMATS: readonly Format[] = [
  {
    id: "jaeger",
    title: "Jaeger traces",
    page: "otlp",
    rows: [{ has: ["data.[].spans.[].traceID"] }, { has: ["traceID", "spans.[].operationName"] }],
    read: { by: "spans", spans: jaegerSpans },
  },
  {
    id: "zipkin",
    title: "Zipkin spans",
    page: "otlp",
    rows: [
      { has: ["traceId", "id", "timestamp"], any: [["tags", "localEndpoint"]], without: ["type", "source"] },
      { has: ["[].traceId", "[].id", "[].timestamp"], any: [["[].tags", "[].localEndpoint"]] },
    ],
    read: { by: "spans", spans: zipkinSpans },
  },
  {
    id: "langfuse",
    title: "Langfuse export",
    page: "services",
    rows: [
      { any: [["observations.[].traceId", "observations.[].trace_id", "trace.observations.[].traceId"]] },
      { has: ["trace.id", "observations"] },
      { has: ["id"], any: [["traceId", "trace_id"], ["startTime", "start_time"]], is: { type: OBSERVATIONS } },
      { is: { "data.[].type": OBSERVATIONS }, any: [["data.[].traceId", "data.[].trace_id"]] },
      { has: ["id", "observations", "sessionId"] },
      { has: ["data.[].observations", "data.[].timestamp"], any: [["data.[].sessionId", "data.[].projectId"]] },
      { has: ["data.[].dataType", "data.[].name", "data.[].source"], any: [["data.[].traceId", "data.[].sessionId"]] },
      { has: ["name", "source"], any: [["traceId", "trace_id"], ["dataType", "data_type"]] },
    ],
    read: { by: "spans", spans: langfuseSpans, settled: withoutNestedCounts },
  },
  {
    id: "langsmith",
    title: "LangSmith runs",
    page: "services",
    rows: [{ has: ["id", "run_type", "inputs"] }, { has: ["runs.[].run_type", "runs.[].inputs"] }],
    read: { by: "spans", spans: langsmithSpans },
  },
  {
    id: "braintrust",
    title: "Braintrust export",
    page: "services",
    rows: [
      { has: ["events.[].root_span_id", "events.[].span_attributes"] },
      { has: ["data.[].root_span_id", "data.[].span_attributes"] },
      { has: ["root_span_id", "span_attributes"], any: [["_xact_id", "org_id", "_pagination_key"]] },
      // What an import writes says of each row whether it is the root.
      { has: ["root_span_id", "span_attributes", "span_id"], without: ["is_root"] },
    ],
    read: { by: "spans", spans: braintrustSpans },
  },
  {
    id: "weave",
    title: "Weave calls",
    page: "services",
    rows: [
      { has: ["op_name", "trace_id", "inputs"] },
      { has: ["calls.[].op_name", "calls.[].inputs"] },
      { has: ["raw_logging_results.[].op_name"] },
      { has: ["op_name", "trace_id"], any: [["inputs.messages", "inputs.input", "inputs.contents", "inputs.prompt"]] },
    ],
    read: { by: "spans", spans: weaveSpans },
  },
  {
    id: "openai-agents",
    title: "OpenAI Agents SDK traces",
    page: "services",
    rows: [
      { is: { object: ["trace", "trace.span"] } },
      { is: { "data.[].object": ["trace", "trace.span"] } },
    ],
    read: { by: "spans", spans: agentsSdkSpans },
  },
  {
    id: "datadog",
    title: "Datadog LLM Observability spans",
    page: "services",
    rows: [
      { has: ["data.[].attributes.span_kind", "data.[].attributes.trace_id"] },
      { has: ["data.attributes.ml_app", "data.attributes.spans"] },
      { has: ["attributes.span_kind", "attributes.ml_app"] },
      { has: ["span_id", "start_ns"], any: [["meta.kind", "meta.span.kind"]] },
    ],
    lacks: ["grades"],
    read: { by: "spans", spans: datadogSpans },
  },
  {
    id: "posthog",
    title: "PostHog LLM events",
    page: "services",
    rows: [
      { has: ["properties"], like: { event: /^\$ai_/ } },
      { has: ["results.[].properties"], like: { "results.[].event": /^\$ai_/ } },
    ],
    lacks: ["grades"],
    read: { by: "spans", spans: posthogSpans, isOther: isOtherEvent },
  },
  {
    id: "opik",
    title: "Opik spans",
    page: "services",
    rows: [
      { has: ["trace.id", "spans.[].trace_id"], is: { "spans.[].type": OPIK } },
      { has: ["content.[].trace_id", "content.[].start_time"], is: { "content.[].type": OPIK } },
      { has: ["id", "trace_id", "start_time", "input"], is: { type: OPIK } },
    ],
    read: { by: "spans", spans: opikSpans },
  },
  {
    id: "span-table",
    title: "OpenTelemetry spans, one a row",
    page: "services",
    rows: [
      { has: ["context.span_id", "name"], any: [["start_time", "start_time_unix_nano"]] },
      { has: ["name", "attributes", "startTime"], any: [["spanContext.spanId", "_spanContext.spanId"]] },
      { has: ["data.[].context.span_id"] },
      { any: [["trace.{}.data.spans", "trace.data.spans"]] },
      { has: ["rows.[].span_id", "rows.[].trace_id"] },
      {
        has: ["columns.[].values"],
        is: { "columns.[].name": ["span_id", "trace_id", "start_timestamp", "span_name"] },
      },
      { has: ["page.data.[].context.span_id"] },
      { has: ["data.spans.[].name"], any: [["data.spans.[].span_id", "data.spans.[].context.span_id"]] },
      { has: ["SpanId", "TraceId", "SpanAttributes"] },
      { has: ["trace.trace_id", "trace.span_id", "name"] },
      { has: ["span_id", "trace_id", "op", "start_timestamp"] },
      { has: ["spans.[].span_id", "spans.[].op", "spans.[].start_timestamp"] },
      { has: ["spanId", "traceId", "name", "startTimeUnixNano"] },
      { has: ["spanId", "traceId", "body", "timeUnixNano"] },
      { has: ["session_id", "spans.[].span_events", "spans.[].trace_id"] },
      { has: ["span_id", "trace_id"], any: [["attributes", "span_attributes", "otel_attributes"]], without: ["spans"] },
      {
        any: [["spans.[].span_attributes", "spans.[].attributes"], ["spans.[].span_id", "spans.[].context.span_id"]],
        without: ["session_id"],
      },
    ],
    read: { by: "spans", spans: tableSpans, logs: tableLogs },
  },
];

const REQUESTS = [
  "request.messages",
  "request.contents",
  "request.input",
  "request.body",
  "request_body",
  "messages.[].role",
];
const RESPONSES = [
  "response.choices",
  "response.content",
  "response.candidates",
  "response.output",
  "response.body",
  "response_body",
];

/** Logs of single calls; their rows hold messages, as those of whole conversations do. */
export const CALL_LOG_FORMATS: readonly Format[] = [
  {
    id: "call-log",
    title: "Calls of an API, a request and its response a row",
    page: "services",
    rows: [
      {
        any: [
          REQUESTS,
          RESPONSES,
        ],
      },
      { has: ["custom_id"], any: [["response.body", "result.message", "result.error"]] },
      { has: ["call_type", "startTime"], any: [["spend", "response_cost"]] },
      { has: ["input.messages.[].role", "output.choices"] },
      { has: ["modelId", "input.inputBodyJson", "output.outputBodyJson"] },
      { has: ["output", "model"], is: { object: ["response"] } },
      { has: ["choices", "model"], is: { object: ["chat.completion", "text_completion"] } },
      { is: { "data.[].object": ["chat.completion", "response"], object: ["list"] } },
      { has: ["input.[].role", "output"], any: [["model", "usage", "request_id"]] },
    ],
    lacks: ["grades"],
    read: { by: "spans", spans: callLogSpans, isOther: isOtherRow },
  },
];
