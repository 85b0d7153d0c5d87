import { GRADE_ORIGINS } from "../../model/mod.ts";
import { spanReader } from "../jsonl.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { reader } from "../mapping/lookup.ts";
import type { RowParts } from "../mapping/row.ts";
import { toText } from "../mapping/values.ts";
import type { OtlpSpan } from "./otlp.ts";
import { named, withTexts } from "../dialects/canonical.ts";

/**
 * Groups spans into sessions, in the order in which each is first seen, and the spans of each by start time. A span
 * without the attribute that names the session belongs to the session that another span of its trace names, else to
 * its trace. All spans of a source have to be held, because those of one session may be anywhere in it.
 */
export function otlpRows(spans: Iterable<OtlpSpan>, mapping: Mapping): RowParts[] {
  const keyOf = reader(mapping.session.sessionId);
  const all = Array.from(spans, (one) => {
    const span = { ...one, attributes: named(one.attributes) };
    return { span, key: toText(keyOf(span)) ?? "" };
  });
  const ofTrace = new Map<string, string>();
  for (const { span, key } of all) {
    if (span.trace_id && key !== span.trace_id && !ofTrace.has(span.trace_id)) ofTrace.set(span.trace_id, key);
  }
  const sessions = new Map<string, OtlpSpan[]>();
  for (const { span, key } of all) {
    const session = key === span.trace_id ? ofTrace.get(key) ?? key : key;
    const group = sessions.get(session);
    if (group) group.push(span);
    else sessions.set(session, [span]);
  }
  return [...sessions].map(([id, group]) => rowParts(id, group, mapping));
}

function rowParts(sessionId: string, group: OtlpSpan[], mapping: Mapping): RowParts {
  const parts = spanReader(mapping);
  const callKind = reader(mapping.modelCall.field);
  const modelOf = reader(mapping.session.models);
  const { values, whenMissing } = mapping.modelCall;
  const spans = group.toSorted((a, b) => compare(a.start_time ?? "\uffff", b.start_time ?? "\uffff"))
    .map((span) => ({ ...span, attributes: withTexts(span) }));
  const calls = spans.filter((span) => {
    const kind = toText(callKind(span));
    return kind === null ? whenMissing : values.includes(kind);
  });
  const models = [...new Set(calls.map((span) => toText(modelOf(span))).filter((model) => model !== null))];
  const columns = columnsOf(spans);
  const origin = GRADE_ORIGINS.find((one) => one === columns.attributes["session.grade_origin"]);
  return {
    known: { sessionId, models },
    columns: { ...columns, usd: usdOf(calls) },
    spans: spans.map(parts),
    ...(origin ? { origin } : {}),
  };
}

/** What the calls cost, as their recorder says; a cost of 0 is what it writes where it knows no price. */
function usdOf(calls: readonly OtlpSpan[]): number | null {
  const costs = calls.map(({ attributes }) => Number(attributes["gen_ai.usage.cost"] ?? NaN)).filter((usd) => usd > 0);
  return costs.length ? costs.reduce((sum, usd) => sum + usd, 0) : null;
}

const compare = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;

/** What a mapping may look up of a session: the first value that any of its spans has of each attribute. */
function columnsOf(spans: OtlpSpan[]) {
  const first = (of: (span: OtlpSpan) => Record<string, unknown>): Record<string, unknown> =>
    Object.assign({}, ...spans.map(of).reverse());
  return {
    attributes: first((span) => span.attributes),
    resource: first((span) => span.resource),
    trace_id: spans[0]!.trace_id,
  };
}
