import type { Format } from "../detect/format.ts";
import { jaegerSpans } from "./jaeger.ts";

/** Exports whose rows, or whose parts, are spans. */
export const SPAN_FORMATS: readonly Format[] = [
  {
    id: "jaeger",
    title: "Jaeger traces",
    page: "otlp",
    rows: [{ has: ["data.[].spans.[].traceID"] }, { has: ["traceID", "spans.[].operationName"] }],
    read: { by: "spans", spans: jaegerSpans },
  },
];
