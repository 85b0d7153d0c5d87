import { timeUs } from "../../traces/mod.ts";
import { isNoTime } from "../../traces/time_text.ts";
import { groupCopies } from "./copies.ts";
import { add, type ReadNotes } from "./notes.ts";
import type { SpanParts } from "./parts.ts";
import { countIn, toText } from "./values.ts";

/** A span of a session with what tells it from others. */
interface Told {
  parts: SpanParts;
  /** Where it stood among the session's spans. */
  index: number;
  isCall: boolean;
  /** Trace and span id together; null without a span id. */
  id: string | null;
  parent: string | null;
  startUs: number | null;
  responseId: string | null;
  /** Input and output tokens; null where not both are there. */
  tokens: [input: number, output: number] | null;
}

/**
 * The model calls of a session, each once:
 *
 * - a span counts once by trace and span id: of copies the one that is ended counts, or says more, and takes over what only
 *   another has. Copies start at the same time, or one does not say when: programs that number their spans anew give other
 *   spans the same ids;
 * - a call around another call of the same tokens or response id is a framework's span of the same call, and so is one around
 *   a single call where one of the two has no tokens: the inner one counts, and takes over what only the outer has. A call
 *   around several whose tokens it sums up is none of its own;
 * - of calls beside each other with the same response id, and no tokens that differ, one counts.
 *
 * What is left out is counted in `notes`. The result does not depend on the order of the spans.
 */
export function callsOnce(
  spans: readonly (SpanParts | null)[],
  isCall: (parts: SpanParts) => boolean,
  notes: ReadNotes,
): [parts: SpanParts, index: number][] {
  const there: [SpanParts, number][] = [];
  spans.forEach((parts, index) => {
    if (parts !== null) there.push([parts, index]);
  });
  if (there.length < spans.length) add(notes.leftOut, "spans that are null", spans.length - there.length);
  const plain = !mayRepeat(there);
  const single = plain
    ? there
    : withoutCopies(there.map(([parts, index]) => tellApart(parts, index, isCall(parts))), notes);
  const calls = plain ? there.filter(([parts]) => isCall(parts)) : (single as Told[]).filter((span) => span.isCall);
  if (calls.length < single.length) add(notes.leftOut, "spans that are not model calls", single.length - calls.length);
  if (plain) return calls as [SpanParts, number][];
  return withoutTwins(withoutOuter(single as Told[], calls as Told[], notes), notes).map((
    { parts, index },
  ) => [parts, index]);
}

/** Whether any two of the spans may be the same: a look at their ids alone, which nearly all sessions end with. */
function mayRepeat(spans: readonly [SpanParts, number][]): boolean {
  const [ids, responses] = [new Set<unknown>(), new Set<unknown>()];
  let responded = 0;
  for (const [{ spanId, parentSpanId, responseId }] of spans) {
    if (isThere(parentSpanId)) return true;
    ids.add(spanId);
    if (isThere(responseId)) {
      responses.add(responseId);
      responded++;
    }
  }
  return ids.size < spans.length || responses.size < responded;
}

function tellApart(parts: SpanParts, index: number, isCall: boolean): Told {
  const [trace, span, parent] = [parts.traceId, parts.spanId, parts.parentSpanId].map((id) => toText(id) || null);
  const [input, output] = [numberOf(parts.inputTokens), numberOf(parts.outputTokens)];
  const key = (id: string | null | undefined) => id ? `${trace ?? ""} ${id}` : null;
  return {
    parts,
    index,
    isCall,
    id: key(span),
    parent: key(parent),
    startUs: timeUs(parts.startTime),
    responseId: toText(parts.responseId) || null,
    tokens: input === null || output === null ? null : [input, output],
  };
}

/** A count, where a value is one by itself. */
function numberOf(value: unknown): number | null {
  const count = countIn(value);
  return count === "neither" ? null : count;
}

function withoutCopies(spans: readonly Told[], notes: ReadNotes): Told[] {
  const groups = groupCopies(spans, ({ id }) => id, ({ startUs }) => startUs);
  if (groups.length < spans.length) add(notes.leftOut, "repeated spans", spans.length - groups.length);
  return groups.map(mergedCopies);
}

function mergedCopies(copies: readonly Told[]): Told {
  const [best, ...others] = copies.toSorted(moreSaid);
  const parts = others.reduce((parts, other) => completed(parts, other.parts), best!.parts);
  return others.length === 0 ? best! : tellApart(parts, best!.index, copies.some((copy) => copy.isCall));
}

/** Which of two spans says more: the one that is ended, then the one with more that is known. */
function moreSaid(a: Told, b: Told): number {
  return Number(isNoTime(a.parts.endTime)) - Number(isNoTime(b.parts.endTime)) || knownParts(b) - knownParts(a) ||
    (timeUs(b.parts.endTime) ?? 0) - (timeUs(a.parts.endTime) ?? 0) || sum(b) - sum(a) || a.index - b.index;
}

const isThere = (value: unknown) => value !== null && value !== undefined && value !== "";
const isTime = (name: string) => name === "startTime" || name === "endTime";
const isCount = (name: string) => name.endsWith("Tokens");
const knows = (parts: SpanParts, name: string) => {
  const value = parts[name as keyof SpanParts];
  return isTime(name) ? !isNoTime(value) : isCount(name) ? numberOf(value) !== null : isThere(value);
};
const knownParts = ({ parts }: Told) => Object.keys(parts).filter((name) => knows(parts, name)).length;
const sum = ({ tokens }: Told) => tokens === null ? -1 : tokens[0] + tokens[1];

/** Parts with what only the other has. */
function completed(parts: SpanParts, other: SpanParts): SpanParts {
  const missing = Object.entries(other).filter(([name]) => knows(other, name) && !knows(parts, name));
  return missing.length ? { ...parts, ...Object.fromEntries(missing) } : parts;
}

function withoutOuter(spans: readonly Told[], calls: readonly Told[], notes: ReadNotes): Told[] {
  if (!calls.some(({ parent }) => parent !== null)) return [...calls];
  const byId = new Map(spans.filter(({ id }) => id !== null).map((span) => [span.id!, span]));
  const around = new Map(calls.map((call) => [call, callAround(call, byId)]));
  const inside = Map.groupBy(calls.filter((call) => around.get(call)), (call) => around.get(call)!);
  const outer = new Set<Told>();
  for (const call of calls) {
    // Outwards, as long as it is the same one.
    for (let next = around.get(call); next && isSameCall(next, call, inside.get(next)!); next = around.get(next)) {
      outer.add(next);
    }
  }
  for (const [call, within] of inside) if (within.length > 1 && isSumOf(call, within)) outer.add(call);
  if (outer.size) add(notes.leftOut, "model calls around the same model call", outer.size);
  return calls.filter((call) => !outer.has(call)).map((call) => {
    let parts = call.parts;
    for (
      let next = around.get(call);
      next && outer.has(next) && inside.get(next)!.length === 1;
      next = around.get(next)
    ) {
      parts = completed(parts, next.parts);
    }
    return parts === call.parts ? call : tellApart(parts, call.index, true);
  });
}

/** The nearest model call that a span is inside of. */
function callAround(span: Told, byId: ReadonlyMap<string, Told>): Told | undefined {
  const seen = new Set<string>();
  for (let parent = span.parent; parent !== null && !seen.has(parent);) {
    seen.add(parent);
    const next = byId.get(parent);
    if (!next || next === span) return undefined;
    if (next.isCall) return next;
    parent = next.parent;
  }
  return undefined;
}

function isSameCall(outer: Told, inner: Told, within: readonly Told[]): boolean {
  if (outer.responseId !== null && outer.responseId === inner.responseId) return true;
  if (outer.tokens && inner.tokens) return outer.tokens[0] === inner.tokens[0] && outer.tokens[1] === inner.tokens[1];
  const differ = outer.responseId !== null && inner.responseId !== null;
  return within.length === 1 && !differ && (hasNoTokens(outer) || hasNoTokens(inner));
}

const hasNoTokens = ({ parts }: Told) => numberOf(parts.inputTokens) === null && numberOf(parts.outputTokens) === null;

function isSumOf(call: Told, within: readonly Told[]): boolean {
  if (call.tokens === null || within.some(({ tokens }) => tokens === null)) return false;
  return [0, 1].every((side) => within.reduce((sum, { tokens }) => sum + tokens![side]!, 0) === call.tokens![side]);
}

function withoutTwins(calls: readonly Told[], notes: ReadNotes): Told[] {
  const groups = Map.groupBy(
    calls,
    ({ responseId, parent, parts }) =>
      responseId === null ? null : JSON.stringify([responseId, parent, parent === null ? toText(parts.traceId) : null]),
  );
  if (groups.size === 0 || [...groups].every(([key, { length }]) => key === null || length === 1)) return [...calls];
  const twins = new Map<Told, Told>();
  const left = new Set<Told>();
  for (const [key, group] of groups) {
    if (key === null) continue;
    const kept: Told[] = [];
    for (const call of group.toSorted(moreSaid)) {
      const at = kept.findIndex((one) => agree(one.tokens, call.tokens));
      if (at < 0) kept.push(call);
      else {
        left.add(call);
        const origin = twins.get(kept[at]!) ?? kept[at]!;
        kept[at] = tellApart(completed(kept[at]!.parts, call.parts), kept[at]!.index, true);
        twins.set(kept[at], origin);
      }
    }
  }
  if (left.size === 0) return [...calls];
  add(notes.leftOut, "model calls beside the same model call", left.size);
  const completedTwins = new Map([...twins].map(([twin, origin]) => [origin, twin]));
  return calls.filter((call) => !left.has(call)).map((call) => completedTwins.get(call) ?? call);
}

const agree = (a: Told["tokens"], b: Told["tokens"]) => a === null || b === null || (a[0] === b[0] && a[1] === b[1]);
