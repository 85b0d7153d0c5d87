import { BUILT_IN } from "../mapping/builtin.ts";
import { MESSAGE_FORMATS } from "../messages/formats.ts";
import { READER_FORMATS } from "../readers/formats.ts";
import { SPAN_FORMATS } from "../spans/formats.ts";
import type { Format } from "./format.ts";

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
    rows: [{ has: ["session_id", "spans"] }],
    read: { by: "mapping", mapping: BUILT_IN.v2 },
  },
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
      { any: [["trace.resourceSpans", "trace.batches"]] },
      { any: [["scopeSpans", "scope_spans", "instrumentationLibrarySpans"]] },
    ],
    read: { by: "mapping", mapping: BUILT_IN.otlp },
  },
];

/** Every kind of file that is recognised, in the order in which they are tried: the special before the general. */
export const FORMATS: readonly Format[] = [...OTLP, ...TABLES, ...SPAN_FORMATS, ...READER_FORMATS, ...MESSAGE_FORMATS];
