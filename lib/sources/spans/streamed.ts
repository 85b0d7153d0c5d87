import { addLogs, spanKey, type SpanLog, spansOfLogs } from "../dialects/logs.ts";
import { NAMES } from "../dialects/table.ts";
import { namesOf } from "../mapping/lookup.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { RowParts } from "../mapping/parts.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import { OF_AGENT, rowPlanner, type SessionPlan, sessionPlans, type SessionRow, withNames } from "../otlp/sessions.ts";
import type { PartsAt } from "../trace_json.ts";
import { OTHER_SIGNALS, sessionAt, type SpanItem, WITHOUT_SPAN } from "./items.ts";
import { noCallIn, noSpanIn } from "./no_call.ts";

/** Characters of a text that are kept to tell which session a span is of. */
const KEPT_TEXT = 200;

/** A session of which the spans are being collected. */
interface Collected {
  /** The session without its spans, which come anew. */
  plan: Omit<SessionPlan, "spans">;
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
  const [skeletons, logs, names] = [[] as OtlpSpan[], new Map<string, number>(), new Set<string>()];
  const others: string[] = [];
  for await (const item of items()) {
    if ("span" in item) {
      skeletons.push(skeletonOf(item.span));
      names.add(item.span.name);
    } else if ("log" in item) logs.set(spanKey(item.log), (logs.get(spanKey(item.log)) ?? 0) + 1);
    else if ("other" in item) others.push(item.other);
    else yield item.fault;
  }
  const { calls, left } = await callsOfLogs(items, skeletons, logs);
  for (const call of calls) {
    skeletons.push(skeletonOf(call));
    names.add(call.name);
  }
  const spans = skeletons.length;
  const { collected, repeated, sessions, places, bySpan } = collecting(skeletons, logs, mapping);
  // What the first reading kept has said what it can: the second needs the memory.
  skeletons.length = 0;
  const ready = rowsInOrder(collected, mapping, {
    ...(repeated ? { "repeated spans": repeated } : {}),
    ...(others.length ? { [OTHER_SIGNALS]: others.length } : {}),
    ...(left ? { [WITHOUT_SPAN]: left } : {}),
  });
  let [ordinal, row] = [0, 0];
  for await (const item of followedBy(items(), calls)) {
    if ("fault" in item || "other" in item) continue;
    const isSpan = "span" in item;
    const session = collected[isSpan ? sessions[ordinal]! : bySpan.get(spanKey(item.log)) ?? -1];
    if (session) {
      if (isSpan) session.spans[places[ordinal]!]!.push(withNames(item.span));
      else session.logs.push(item.log);
    }
    if (isSpan) ordinal++;
    if (session && --session.missing === 0) { for (const made of ready.next()) yield sessionAt(source, row++, made); }
  }
  for (const made of ready.end()) yield sessionAt(source, row++, made);
  if (spans === 0 && (others.length || left)) yield { source, row, fault: noSpanIn(others, left, source) };
  if (row === 0 && spans > 0) yield { source, row, fault: noCallIn(names, spans, source) };
}

/** Calls whose logs alone are there, for which these are read once more: hardly any file has one. */
async function callsOfLogs(
  items: () => AsyncIterable<SpanItem>,
  spans: readonly OtlpSpan[],
  logs: ReadonlyMap<string, number>,
): Promise<ReturnType<typeof spansOfLogs>> {
  const there = new Set(logs.size ? spans.map(spanKey) : []);
  const alone = new Set([...logs.keys()].filter((key) => !there.has(key)));
  const found: SpanLog[] = [];
  if (alone.size) {
    for await (const item of items()) if ("log" in item && alone.has(spanKey(item.log))) found.push(item.log);
  }
  return spansOfLogs([], found);
}

async function* followedBy(items: AsyncIterable<SpanItem>, calls: readonly OtlpSpan[]): AsyncGenerator<SpanItem> {
  yield* items;
  for (const span of calls) yield { span };
}

/** Sessions to be collected, and of each span, by its position in the files, its session and its place there. */
function collecting(skeletons: readonly OtlpSpan[], logs: ReadonlyMap<string, number>, mapping: Mapping) {
  const { plans, repeated } = sessionPlans(skeletons, mapping);
  const [sessions, places] = [new Uint32Array(skeletons.length), new Uint32Array(skeletons.length)];
  // Plans have other objects than were put in; the list of events of a skeleton is its own, and stays with it.
  const ordinals = new Map(skeletons.map(({ events }, ordinal) => [events, ordinal]));
  const bySpan = new Map<string, number>();
  const collected = plans.map(({ spans, ...plan }, session): Collected | undefined => {
    let missing = 0;
    spans.forEach((copies, place) => {
      for (const { events } of copies) {
        const ordinal = ordinals.get(events)!;
        [sessions[ordinal], places[ordinal]] = [session, place];
      }
      const key = logs.size ? spanKey(copies[0]!) : "";
      if (logs.size) bySpan.set(key, session);
      missing += copies.length + (logs.get(key) ?? 0);
    });
    return { plan, spans: spans.map(() => []), logs: [], missing };
  });
  return { collected, repeated, sessions, places, bySpan };
}

/** How to keep of a span what tells its session: what the mapping looks up of sessions, and whether it is an agent's. */
function skeletonMaker({ session, grades }: Mapping): (span: OtlpSpan) => OtlpSpan {
  const { origin: _, ...graded } = grades ?? {};
  const looked = [...Object.values(session), ...Object.values(graded)].flatMap((field) => namesOf(field));
  const names = new Set(looked.map(({ name }) => name.replace(/^(attributes|resource)\./, "")));
  const kept = new Set([...names, ...Object.entries(NAMES).flatMap(([name, others]) => names.has(name) ? others : [])]);
  const once = repeatedTexts();
  const short = (value: unknown) => typeof value !== "string" ? value : value.length > KEPT_TEXT ? "" : once(value);
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
    const trace_id = span.trace_id === null ? null : once(span.trace_id);
    return withNames({
      ...span,
      trace_id,
      name: once(span.name),
      attributes: cut(span.attributes),
      resource,
      events: [],
    });
  };
}

/** Texts that come again and again (a model, a session) are held once, as long as there are not too many of them. */
function repeatedTexts(atMost = 100_000): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found === undefined && known.size < atMost) known.set(text, text);
    return found ?? text;
  };
}

/** Gives the rows of sessions that are complete, as long as none before them is not; the last waits for what is left out. */
function rowsInOrder(collected: (Collected | undefined)[], mapping: Mapping, leftOut: Record<string, number>) {
  let at = 0;
  const planned = rowPlanner(mapping);
  let held: RowParts | null = null;
  let pending = leftOut;
  function* next(all = false): Generator<SessionRow> {
    for (; at < collected.length && (all || collected[at]!.missing === 0); at++) {
      const { plan, spans, logs } = collected[at]!;
      collected[at] = undefined;
      addLogs(spans.flat(), logs);
      const row = planned({ ...plan, spans });
      if ("leftOut" in row) pending = sum(pending, row.leftOut);
      else if ("fault" in row) yield row;
      else {
        if (held) yield { parts: held };
        held = { ...row.parts, ...(Object.keys(pending).length ? { leftOut: pending } : {}) };
        pending = {};
      }
    }
  }
  function* end(): Generator<SessionRow> {
    yield* next(true);
    if (held) yield { parts: { ...held, leftOut: sum(held.leftOut ?? {}, pending) } };
  }
  return { next, end };
}

function sum(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const all = { ...a };
  for (const [reason, n] of Object.entries(b)) all[reason] = (all[reason] ?? 0) + n;
  return all;
}
