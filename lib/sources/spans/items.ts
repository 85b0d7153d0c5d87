import { RowError } from "../../model/mod.ts";
import type { SpanLog } from "../dialects/logs.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import type { SessionRow } from "../otlp/sessions.ts";
import type { PartsAt } from "../trace_json.ts";

/** What a document gave, in order; of one of another signal its keys. */
export type SpanItem = { span: OtlpSpan } | { log: SpanLog } | { fault: PartsAt } | { other: string };

/** A session with where it was. */
export function sessionAt(source: string, row: number, made: SessionRow): PartsAt {
  return { source, row, ..."parts" in made ? made : { fault: new RowError(source, row, "", made.fault).message } };
}

/** Why {@link SpanDocuments.isOther} documents are left out. */
export const OTHER_SIGNALS = "documents of other signals (metrics, logs)";

/** Why log records are left out of which no call can be made. */
export const WITHOUT_SPAN = "log records whose span is not there";
