import { addLogs, spanKey, type SpanLog } from "../dialects/logs.ts";
import { NAMES } from "../dialects/table.ts";
import { namesOf } from "../mapping/lookup.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { RowParts } from "../mapping/parts.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import { OF_AGENT, rowPlanner, type SessionPlan, sessionPlans, withNames } from "../otlp/sessions.ts";
import type { PartsAt } from "../trace_json.ts";
import { OTHER_SIGNALS, type SpanItem } from "./items.ts";
import { noCallIn } from "./no_call.ts";

/** Characters of a text that are kept to tell which session a span is of. */
const KEPT_TEXT = 200;

/** A session of which the spans are being collected. */
interface Collected {
  plan: SessionPlan;
  /** Copies of each of its spans as far as they have been met. */
  spans: OtlpSpan[][];
  logs: SpanLog[];
  /** Spans and logs that are still to come. */
  missing: number;
}

/**
 * Sessions of more spans than can be held. The first reading keeps of each span what tells its session: ids, times, short
 * attributes. The second collects the spans of each session, and gives the session when it has them all, in the order in
 * which sessions began: so much is held as lies between the first and the last span of one.
 */
export async function* streamedSessions(
  items: () => AsyncIterable<SpanItem>,
  mapping: Mapping,
  source: string,
): AsyncGenerator<PartsAt> {
  const skeletonOf = skeletonMaker(mapping);
  const skeletons: OtlpSpan[] = [];
  const logs = new Map<string, number>();
  let others = 0;
  for await (const item of items()) {
    if ("span" in item) skeletons.push(skeletonOf(item.span));
    else if ("log" in item) logs.set(spanKey(item.log), (logs.get(spanKey(item.log)) ?? 0) + 1);
    else if ("other" in item) others++;
    else yield item.fault;
  }
  const { plans, repeated } = sessionPlans(skeletons, mapping);
  const places = placesOf(skeletons, plans);
  const collected = plans.map((plan): Collected => ({
    plan,
    spans: plan.spans.map(() => []),
    logs: [],
    missing: plan.spans.reduce((sum, copies) => sum + copies.length + (logs.get(spanKey(copies[0]!)) ?? 0), 0),
  }));
  const bySpan = new Map(logs.size ? plans.flatMap((plan, i) => plan.spans.map(([span]) => [spanKey(span!), i])) : []);
  const ready = rowsInOrder(collected, mapping, {
    ...(repeated ? { "repeated spans": repeated } : {}),
    ...(others ? { [OTHER_SIGNALS]: others } : {}),
  });
  let [ordinal, row] = [0, 0];
  for await (const item of items()) {
    if ("fault" in item || "other" in item) continue;
    const place = "span" in item ? places[ordinal++] : undefined;
    const session = collected[place?.session ?? ("log" in item ? bySpan.get(spanKey(item.log)) ?? -1 : -1)];
    if (!session) continue;
    if ("span" in item) session.spans[place!.span]!.push(withNames(item.span));
    else session.logs.push(item.log);
    if (--session.missing === 0) { for (const parts of ready.next()) yield { source, row: row++, parts }; }
  }
  for (const parts of ready.end()) yield { source, row: row++, parts };
  if (row === 0 && skeletons.length > 0) yield { source, row, fault: noCallIn(skeletons, source) };
}

/** Which session a span is of, and which of its spans it is a copy of. */
interface SpanPlace {
  session: number;
  span: number;
}

/** The place of each span, by its position in the files. Plans have spans with other names of attributes: ids tell them. */
function placesOf(skeletons: readonly OtlpSpan[], plans: readonly SessionPlan[]): SpanPlace[] {
  const byEvents = new Map<unknown, SpanPlace>();
  plans.forEach(({ spans }, session) =>
    spans.forEach((copies, span) => copies.forEach(({ events }) => byEvents.set(events, { session, span })))
  );
  // The list of events of a skeleton is its own, and stays with it.
  return skeletons.map(({ events }) => byEvents.get(events)!);
}

/** How to keep of a span what tells its session: what the mapping looks up of sessions, and whether it is an agent's. */
function skeletonMaker({ session, grades }: Mapping): (span: OtlpSpan) => OtlpSpan {
  const { origin: _, ...graded } = grades ?? {};
  const looked = [...Object.values(session), ...Object.values(graded)].flatMap((field) => namesOf(field));
  const names = new Set(looked.map(({ name }) => name.replace(/^(attributes|resource)\./, "")));
  const kept = new Set([...names, ...Object.entries(NAMES).flatMap(([name, others]) => names.has(name) ? others : [])]);
  const short = (value: unknown) => typeof value === "string" && value.length > KEPT_TEXT ? "" : value;
  const cut = (attributes: Record<string, unknown>) => {
    const found: Record<string, unknown> = {};
    let isMarked = false;
    for (const key in attributes) {
      if (kept.has(key)) found[key] = short(attributes[key]);
      else if (!isMarked && OF_AGENT.test(key)) {
        found[key] = null;
        isMarked = true;
      }
    }
    return found;
  };
  const resources = new WeakMap<object, Record<string, unknown>>();
  return (span) => {
    let resource = resources.get(span.resource);
    if (!resource) resources.set(span.resource, resource = cut(span.resource));
    return { ...span, attributes: cut(span.attributes), resource, events: [] };
  };
}

/** Gives the rows of sessions that are complete, as long as none before them is not; the last waits for what is left out. */
function rowsInOrder(collected: (Collected | undefined)[], mapping: Mapping, leftOut: Record<string, number>) {
  let at = 0;
  const planned = rowPlanner(mapping);
  let held: RowParts | null = null;
  let pending = leftOut;
  function* next(all = false): Generator<RowParts> {
    for (; at < collected.length && (all || collected[at]!.missing === 0); at++) {
      const { plan, spans, logs } = collected[at]!;
      collected[at] = undefined;
      addLogs(spans.flat(), logs);
      const row = planned({ ...plan, spans });
      if ("leftOut" in row) pending = sum(pending, row.leftOut);
      else {
        if (held) yield held;
        held = { ...row.parts, ...(Object.keys(pending).length ? { leftOut: pending } : {}) };
        pending = {};
      }
    }
  }
  function* end(): Generator<RowParts> {
    yield* next(true);
    if (held) yield { ...held, leftOut: sum(held.leftOut ?? {}, pending) };
  }
  return { next, end };
}

function sum(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const all = { ...a };
  for (const [reason, n] of Object.entries(b)) all[reason] = (all[reason] ?? 0) + n;
  return all;
}
