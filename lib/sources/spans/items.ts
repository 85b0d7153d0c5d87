import type { SpanLog } from "../dialects/logs.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import type { PartsAt } from "../trace_json.ts";

/** What a document gave, in order; of one of another signal its keys. */
export type SpanItem = { span: OtlpSpan } | { log: SpanLog } | { fault: PartsAt } | { other: string };

/** Why {@link SpanDocuments.isOther} documents are left out. */
export const OTHER_SIGNALS = "documents of other signals (metrics, logs)";

/** Why log records are left out of which no call can be made. */
export const WITHOUT_SPAN = "log records whose span is not there";
