import type { LocalFile } from "../../io/files.ts";
import { RowError } from "../../model/mod.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { RowParts } from "../mapping/parts.ts";
import type { LineKeys } from "../otlp/line_keys.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import { sessionNamer, withNames } from "../otlp/sessions.ts";
import { type SpanDocuments, type SpanItem, spanPlaces } from "./items.ts";
import { addCounts, type Met, sessionMaker } from "./sessions.ts";
import { Ties } from "./ties.ts";

/**
 * What comes of files: faults and documents of other signals as they are met, sessions or why they could not be made, and at
 * last what is to say of all.
 */
export type Streamed =
  | Extract<SpanItem, { fault: unknown } | { other: string }>
  | { row: RowParts }
  | { lost: string }
  | { end: Read };

/** What is to say of all that was read. */
export interface Read {
  spans: number;
  /** Some names of spans. */
  names: Set<string>;
  /** What is no session and was not told with one, counted by reason. */
  leftOut: Record<string, number>;
}

/** So many names of spans are kept to be told. */
const NAMES_KEPT = 6;

/** The spans of a file are tied in another way than the first reading found. */
class Untied extends RowError {
  constructor(source: string) {
    super(source, null, "", "changed while it was read; read it again");
  }
}

/** Sessions of spans that can all be held. */
export async function* heldSessions(
  files: readonly LocalFile[],
  documents: SpanDocuments,
  mapping: Mapping,
): AsyncGenerator<Streamed> {
  const met: Met = { spans: [], logs: [] };
  let at = 0;
  for await (const { items } of spanPlaces(files, documents)) {
    for (const item of items) {
      if ("span" in item) met.spans.push({ at: at++, span: withNames(item.span) });
      else if ("log" in item) met.logs.push({ at: at++, log: item.log });
      else yield item;
    }
  }
  const { rows, faults, leftOut } = sessionMaker(mapping, documents.settled)(met);
  for (const lost of faults) yield { lost };
  for (const { parts } of rows) yield { row: parts };
  const names = new Set(met.spans.map(({ span }) => span.name));
  yield { end: { spans: met.spans.length, names, leftOut } };
}

/**
 * Sessions of more spans than can be held. The first reading finds which spans may be of one session, and where the last of
 * them stands; the second makes sessions of them as soon as that has been read, in the order in which they began: so much is
 * held as lies between the first and the last span of one.
 *
 * The first reading need not parse what it reads where the keys of a line can be guessed. A guess that the second reading
 * refutes is given up: all is read anew, and what was given is not given again.
 *
 * @param guess see `lineKeyFinder`
 */
export async function* streamedSessions(
  files: readonly LocalFile[],
  documents: SpanDocuments,
  mapping: Mapping,
  source: string,
  guess: ((line: string) => LineKeys | null) | undefined,
): AsyncGenerator<Streamed> {
  const given = { fault: 0, other: 0, lost: 0, rows: [] as number[], leftOut: {} as Record<string, number> };
  try {
    if (!guess) throw new Untied(source);
    for await (const one of readTwice(files, documents, mapping, source, guess)) {
      yield one;
      if ("row" in one) {
        given.rows.push(one.row.spans?.length ?? 0);
        addCounts(given.leftOut, one.row.leftOut ?? {}, -1);
      } else if (!("end" in one)) given[kindOf(one)]++;
    }
    return;
  } catch (error) {
    if (!(error instanceof Untied)) throw error;
  }
  let rows = 0;
  for await (const one of readTwice(files, documents, mapping, source)) {
    if ("row" in one) {
      const { leftOut = {}, ...row } = one.row;
      addCounts(given.leftOut, leftOut);
      // One that was given without some of its spans is given again: who meets an id twice says so.
      if (row.spans?.length !== given.rows[rows++]) yield { row };
    } else if ("end" in one) {
      addCounts(one.end.leftOut, given.leftOut);
      yield one;
    } else if (given[kindOf(one)]-- <= 0) yield one;
  }
}

const kindOf = (one: Exclude<Streamed, { row: unknown } | { end: unknown }>) =>
  "fault" in one ? "fault" : "other" in one ? "other" : "lost";

async function* readTwice(
  files: readonly LocalFile[],
  documents: SpanDocuments,
  mapping: Mapping,
  source: string,
  guess?: (line: string) => LineKeys | null,
): AsyncGenerator<Streamed> {
  const keysOf = spanKeys(mapping);
  const ties = await tiesOf(files, documents, keysOf, guess);
  const sessionsOf = sessionMaker(mapping, documents.settled);
  const open = new Map<number, Met & { first: number }>();
  const ended = new Map<number, number[]>();
  const waiting: { at: number; parts: RowParts }[] = [];
  const end: Read = { spans: 0, names: new Set(), leftOut: {} };
  let [at, done, front] = [0, 0, -1];
  for await (const { position, items } of spanPlaces(files, documents)) {
    yield* ready(position);
    for (const item of items) {
      if ("fault" in item || "other" in item) {
        yield item;
        continue;
      }
      const span = "span" in item ? withNames(item.span) : null;
      const whole = wholeOf("log" in item ? [item.log.trace_id] : keysOf(span!), position);
      let met = open.get(whole);
      if (!met) {
        open.set(whole, met = { first: at, spans: [], logs: [] });
        const last = ties.lastOf(whole), others = ended.get(last);
        if (others) others.push(whole);
        else ended.set(last, [whole]);
      }
      if ("log" in item) met.logs.push({ at: at++, log: item.log });
      else {
        met.spans.push({ at: at++, span: span! });
        end.spans++;
        if (end.names.size < NAMES_KEPT) end.names.add(span!.name);
      }
    }
  }
  yield* ready(Infinity);
  yield { end };

  /** What all keys of a span belong to, when it is what the first reading says. */
  function wholeOf(keys: readonly string[], position: number): number {
    const whole = ties.of(keys[0]!);
    if (whole === undefined || ties.lastOf(whole) < position || keys.some((key) => ties.of(key) !== whole)) {
      throw new Untied(source);
    }
    return whole;
  }

  /** Sessions of which nothing is at this position or behind it, and before which none is still to be given. */
  function* ready(position: number): Generator<Streamed> {
    for (; done < position && ended.size; done++) {
      if (position === Infinity) done = ended.keys().reduce((first, one) => Math.min(first, one));
      for (const whole of ended.get(done) ?? []) {
        const sessions = sessionsOf(open.get(whole)!);
        open.delete(whole);
        for (const lost of sessions.faults) yield { lost };
        for (const row of sessions.rows) waiting.push(row);
        addCounts(end.leftOut, sessions.leftOut);
      }
      ended.delete(done);
    }
    const { first } = open.values().next().value ?? { first: Infinity };
    // What is before them all has not changed: nothing that ended can have begun before it.
    if (first === front && first < Infinity) return;
    front = first;
    waiting.sort((a, b) => a.at - b.at);
    const to = waiting.findIndex(({ at }) => at >= first);
    for (const { parts } of waiting.splice(0, to < 0 ? waiting.length : to)) {
      yield { row: Object.keys(end.leftOut).length ? { ...parts, leftOut: end.leftOut } : parts };
      end.leftOut = {};
    }
  }
}

async function tiesOf(
  files: readonly LocalFile[],
  documents: SpanDocuments,
  keysOf: (span: OtlpSpan) => string[],
  guess?: (line: string) => LineKeys | null,
): Promise<Ties> {
  const ties = new Ties();
  const once = files.map(({ path, format }) => ({ path, format }));
  for await (const { position, items, keys } of spanPlaces(once, documents, guess)) {
    for (const one of keys?.spans ?? []) ties.add(one, position);
    for (const item of items) {
      if ("log" in item) ties.add([item.log.trace_id], position);
      else if ("span" in item) ties.add(keysOf(withNames(item.span)), position);
    }
  }
  return ties;
}

/** Ties spans without a trace: whether one around them names their session is not looked for. */
const NAMELESS = "";

/** How to find what ties a span to others: its trace and the session that it names; where it has no trace, those around it. */
function spanKeys(mapping: Mapping): (span: OtlpSpan) => string[] {
  const own = sessionNamer(mapping);
  return (span) => {
    const { trace_id, span_id, parent_span_id } = span;
    const name = own(span);
    if (trace_id !== null) return name === null ? [trace_id] : [trace_id, name];
    return [name ?? NAMELESS, `span ${span_id}`, ...(parent_span_id === null ? [] : [`span ${parent_span_id}`])];
  };
}
