import { GRADE_ORIGINS } from "../../model/mod.ts";
import { jsonFault } from "../../model/json_fault.ts";
import { timeUs } from "../../traces/mod.ts";
import { isToolSpan, named, toolCallIdOf, withTexts } from "../dialects/canonical.ts";
import { spanReader } from "../jsonl.ts";
import { groupCopies } from "../mapping/copies.ts";
import { namesOf, reader, valuesOf } from "../mapping/lookup.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { RowParts } from "../mapping/row.ts";
import { contradict, toText } from "../mapping/values.ts";
import type { OtlpSpan } from "./otlp.ts";

/** The row of a session, or why it could not be made. */
type SessionRow = { parts: RowParts } | { fault: string };

/** A session that spans make, as far as their ids, parents and names tell: its texts may be elsewhere. */
export interface SessionPlan {
  sessionId: string;
  /** Its spans, each with all copies of it. */
  spans: (readonly OtlpSpan[])[];
  /** Spans around those of the session that are of no session, nearest first. */
  around: OtlpSpan[];
  /** Whether no other session shares a trace with it. */
  alone: boolean;
}

/**
 * Groups spans into sessions, in the order in which each is first seen. A span counts once by trace and span id, however
 * often it was exported. It belongs to the session that it names itself, else to that of the nearest span around it that
 * names one; else, where its trace names a single session, to that one, otherwise to one named by the trace.
 *
 * @param all spans as {@link withNames} gives them
 * @param own which session a span names; see {@link sessionNamer}
 */
export function sessionPlans(
  all: readonly OtlpSpan[],
  own: (span: OtlpSpan) => string | null,
): { plans: SessionPlan[]; repeated: number } {
  const copies = new Map(
    groupCopies(all, idOf, (span) => timeUs(span.start_time)).map((group) => [merged(group), group]),
  );
  const plans = groupedBySession([...copies.keys()], own).map(({ spans, ...group }) => ({
    ...group,
    spans: spans.map((span) => copies.get(span)!),
  }));
  return { plans, repeated: all.length - copies.size };
}

/** A span whose attributes have the names that mappings look up. */
export function withNames(span: OtlpSpan): OtlpSpan {
  return { ...span, attributes: named(span.attributes) };
}

/** What a recorder's spans say together and not each by itself: the spans of a session, put right. */
export type Settled = (spans: OtlpSpan[]) => OtlpSpan[];

/** How to make the row of a planned session, or what it adds to what is left out: a trace of something else is none. */
export function rowPlanner(
  mapping: Mapping,
  settled: Settled = (spans) => spans,
): (plan: SessionPlan) => SessionRow | { leftOut: Record<string, number> } {
  const rowParts = rowReader(mapping);
  return (plan) => {
    try {
      return made(plan);
    } catch (error) {
      // Whatever a session does to its reader, the others are as good as before.
      return { fault: `session "${plan.sessionId}": ${jsonFault(error)}` };
    }
  };

  function made({ sessionId, spans, around, alone }: SessionPlan): ReturnType<ReturnType<typeof rowPlanner>> {
    const once = settled(spans.map(merged));
    const row = rowParts(sessionId, once, around);
    // A trace of something else, or the spans above the sessions of a trace, which are of none of them.
    if (row.calls > 0 || (alone && (once.some(hasFailed) || row.isGraded))) return { parts: row.parts };
    const leftOut: Record<string, number> = {};
    if (alone) count(leftOut, "traces without a model call", 1);
    count(leftOut, "spans that are not model calls", once.length);
    return { leftOut };
  }
}

function count(counts: Record<string, number>, reason: string, n: number): void {
  counts[reason] = (counts[reason] ?? 0) + n;
}

/**
 * Whether a span says that an agent failed: a run that ended before its first model call is a session too, and so is one
 * that began and was graded. Of any other it is not known that it made no call, only that none was recorded.
 */
const hasFailed = ({ attributes, status }: OtlpSpan) =>
  /^2$|error/i.test(String(status.code)) && attributes["gen_ai.operation.name"] !== "embeddings" &&
  Object.keys(attributes).some((name) => OF_AGENT.test(name));

/** Attributes that only spans of agents have. */
const OF_AGENT = /^(gen_ai|llm|ai|session|openinference|traceloop)\./;

const idOf = ({ trace_id, span_id }: OtlpSpan) => span_id === null ? null : `${trace_id} ${span_id}`;

/** The copy that is ended, or has more attributes, with what only others have. */
function merged(copies: readonly OtlpSpan[]): OtlpSpan {
  if (copies.length === 1) return copies[0]!;
  const [best, ...others] = copies.toSorted((a, b) =>
    (timeUs(b.end_time) ?? -1) - (timeUs(a.end_time) ?? -1) ||
    Object.keys(b.attributes).length - Object.keys(a.attributes).length
  );
  return {
    ...best!,
    start_time: copies.find((copy) => timeUs(copy.start_time) !== null)?.start_time ?? best!.start_time,
    parent_span_id: copies.find((copy) => copy.parent_span_id !== null)?.parent_span_id ?? null,
    attributes: Object.assign({}, ...others.map((copy) => copy.attributes), best!.attributes),
    resource: Object.assign({}, ...others.map((copy) => copy.resource), best!.resource),
    events: copies.find((copy) => copy.events.length === Math.max(...copies.map((one) => one.events.length)))!.events,
  };
}

interface SpanGroup {
  sessionId: string;
  spans: OtlpSpan[];
  /** Spans around those of the session that are of no session, nearest first. */
  around: OtlpSpan[];
  /** Whether no other session shares a trace with it. */
  alone: boolean;
}

function groupedBySession(spans: readonly OtlpSpan[], own: (span: OtlpSpan) => string | null): SpanGroup[] {
  const byId = new Map(spans.filter(({ span_id }) => span_id !== null).map((span) => [idOf(span)!, span]));
  const parentOf = ({ trace_id, parent_span_id }: OtlpSpan) =>
    parent_span_id === null ? undefined : byId.get(`${trace_id} ${parent_span_id}`);
  const named = new Map<OtlpSpan, string | null>();
  for (const span of spans) nameOf(span);
  const ofTrace = new Map<string | null, Set<string>>();
  for (const [{ trace_id }, name] of named) {
    const names = ofTrace.get(trace_id) ?? new Set();
    ofTrace.set(trace_id, name === null ? names : names.add(name));
  }
  const groups = new Map<string, SpanGroup>();
  for (const span of spans) {
    const names = span.trace_id === null ? new Set<string>() : ofTrace.get(span.trace_id)!;
    const sessionId = named.get(span) ?? (names.size === 1 ? [...names][0]! : span.trace_id ?? "");
    const group = groups.get(sessionId) ?? { sessionId, spans: [], around: [], alone: true };
    group.spans.push(span);
    group.alone &&= names.size < 2;
    groups.set(sessionId, group);
  }
  for (const group of groups.values()) group.around = spansAround(group.spans, parentOf);
  return [...groups.values()];

  /** The session that a span, or the nearest span around it, names. */
  function nameOf(span: OtlpSpan): string | null {
    const path = new Set<OtlpSpan>();
    let name: string | null = null;
    for (let next: OtlpSpan | undefined = span; next && !path.has(next); next = parentOf(next)) {
      const known: string | null | undefined = named.get(next);
      name = known === undefined ? own(next) : known;
      path.add(next);
      if (known !== undefined || name !== null) break;
    }
    for (const one of path) named.set(one, name);
    return name;
  }
}

/** How to read the session that a span names itself; null where it names none, or its trace. */
export function sessionNamer({ session }: Mapping): (span: OtlpSpan) => string | null {
  const keyOf = reader(session.sessionId);
  return (span) => {
    const key = toText(keyOf(span));
    return key !== null && isSession(key, span.trace_id) ? key : null;
  };
}

/** Whether a text names a session: not its trace, nor what programs write where they have none. */
export function isSession(name: string, trace: string | null): boolean {
  return name !== trace && !/^\s*(?:null|undefined|none|nil|nan|n\/a|-)?\s*$/i.test(name);
}

function spansAround(spans: readonly OtlpSpan[], parentOf: (span: OtlpSpan) => OtlpSpan | undefined): OtlpSpan[] {
  const inside = new Set(spans);
  const seen = new Set<OtlpSpan>();
  for (const span of spans) {
    for (let next = parentOf(span); next && !seen.has(next); next = parentOf(next)) seen.add(next);
  }
  return [...seen].filter((span) => !inside.has(span));
}

function rowReader(mapping: Mapping) {
  const parts = spanReader(mapping);
  const callKind = reader(mapping.modelCall.field);
  const modelOf = reader(mapping.session.models);
  const scoreOf = reader([mapping.grades?.success ?? [], mapping.grades?.score ?? []].flat());
  const verdictsOf = valuesOf(mapping.grades?.success);
  const { values, whenMissing } = mapping.modelCall;
  return (sessionId: string, group: OtlpSpan[], around: OtlpSpan[]) => {
    const spans = group.map((span) => ({ span, at: timeUs(span.start_time) ?? Infinity }))
      .toSorted((a, b) => a.at === b.at ? 0 : a.at - b.at)
      .map(({ span }) => ({ ...span, attributes: withTexts(span) }));
    const calls = spans.filter((span) => {
      const kind = toText(callKind(span));
      return kind === null ? whenMissing : values.includes(kind);
    });
    const models = [...new Set(calls.flatMap((span) => toText(modelOf(span)) || []))];
    const columns = columnsOf(spans, around, mapping);
    const totals = spans.flatMap(({ attributes }) => attributes["session.total_tokens"] ?? []);
    // Each trace of a session counts its own.
    if (totals.length > 1) {
      columns.attributes["session.total_tokens"] = totals.reduce<number>((a, b) => a + Number(b), 0);
    }
    const contradicted = columns.attributes["session.grades_contradict"] === true ||
      contradict(spans.flatMap(verdictsOf));
    const origin = GRADE_ORIGINS.find((one) => one === columns.attributes["session.grade_origin"]);
    return {
      calls: calls.length,
      // What never began, such as the score of a session that is elsewhere, is no session.
      isGraded: spans.some(({ start_time }) => start_time !== null) && scoreOf(columns) !== null,
      parts: {
        known: { sessionId, models },
        columns,
        spans: spans.map(parts),
        toolSpans: spans.filter(({ attributes }) => isToolSpan(attributes)).map(({ attributes }) =>
          toolCallIdOf(attributes)
        ),
        ...(origin ? { origin } : {}),
        ...(contradicted ? { contradicted } : {}),
      },
    };
  };
}

/**
 * What a mapping may look up of a session: the first value that any of its spans has of each attribute, else one of a span
 * around them. A grade there is of the whole trace: of its sessions none can be said to have got it.
 */
function columnsOf(spans: readonly OtlpSpan[], around: readonly OtlpSpan[], { grades }: Mapping) {
  const { origin: _, ...graded } = grades ?? {};
  const ofTrace = new Set(Object.values(graded).flatMap((field) => namesOf(field).map(({ name }) => name)));
  const first = (of: (span: OtlpSpan) => Record<string, unknown>, prefix: string): Record<string, unknown> => {
    const outer: Record<string, unknown> = Object.assign({}, ...around.map(of).reverse());
    for (const name of Object.keys(outer)) if (ofTrace.has(`${prefix}.${name}`)) delete outer[name];
    return Object.assign(outer, ...spans.map(of).reverse());
  };
  return {
    attributes: first((span) => span.attributes, "attributes"),
    resource: first((span) => span.resource, "resource"),
    trace_id: spans[0]!.trace_id,
  };
}
