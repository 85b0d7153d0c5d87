import type { TraceRow } from "../model/mod.ts";
import type { SpanRows } from "../braintrust/mod.ts";
import { addSecretCounts, type Call, usageOf } from "../traces/mod.ts";
import { timesOf } from "../traces/times.ts";
import type { JournalEntry, SessionTally } from "./journal.ts";
import type { Manifest } from "./manifest.ts";
import { addTold, NOTHING_TOLD, type TextsTold } from "./texts_told.ts";

/** Counts of one session that is about to be written. */
export function tallyOf(
  row: TraceRow,
  calls: readonly Call[],
  texts: TextsTold,
  { rows, redacted, dropped }: SpanRows,
): SessionTally {
  const malformed: SessionTally["malformed"] = {};
  for (const { kind } of calls.flatMap((call) => call.malformed)) malformed[kind] = (malformed[kind] ?? 0) + 1;
  const droppedMetadata: SessionTally["droppedMetadata"] = {};
  for (const { key, bytes } of dropped) {
    const before = droppedMetadata[key] ?? { times: 0, bytes: 0 };
    droppedMetadata[key] = { times: before.times + 1, bytes: before.bytes + bytes };
  }
  const { callsWithoutTokens, statedOtherwise } = usageOf(row);
  const { startUs, endUs, callsWithoutTimes } = timesOf(row);
  return {
    rows: rows.length,
    malformed,
    redacted,
    droppedMetadata,
    callsWithoutTokens,
    callsWithoutTimes,
    statedTokens: statedOtherwise,
    withoutTimes: startUs === null || endUs === null,
    withoutModel: row.models.length === 0,
    texts,
  };
}

/** The counts of a manifest. */
export type Totals = Pick<
  Manifest,
  "sessions" | "calls" | "rows" | "texts" | "malformed" | "redacted" | "droppedMetadata" | "unknown" | "leftOut"
>;

/** Counts of an import without any session. */
export function noTotals(): Totals {
  return {
    sessions: 0,
    calls: 0,
    rows: 0,
    texts: NOTHING_TOLD,
    malformed: {},
    redacted: {},
    droppedMetadata: {},
    unknown: {
      sessionsWithoutTimes: 0,
      sessionsWithoutModel: 0,
      sessionsWithoutGrade: 0,
      callsWithoutTokens: 0,
      callsWithoutTimes: 0,
      totalsStatedOtherwise: 0,
    },
    leftOut: { setAside: {}, reasons: [], passedOver: [], exactDuplicates: 0, withinRows: {} },
  };
}

/** The totals with one more entry of the journal. Keys come in alphabetical order, whatever came first. */
export function withEntry(totals: Totals, entry: JournalEntry): Totals {
  const { leftOut, unknown } = totals;
  if (entry.kind === "repeated") {
    return { ...totals, leftOut: { ...leftOut, exactDuplicates: leftOut.exactDuplicates + 1 } };
  }
  if (entry.kind === "aside") {
    return {
      ...totals,
      redacted: addSecretCounts(totals.redacted, entry.redacted),
      leftOut: { ...leftOut, setAside: added(leftOut.setAside, { [entry.aside.kind]: 1 }) },
    };
  }
  const { session, tally } = entry;
  return {
    sessions: totals.sessions + 1,
    calls: totals.calls + session.calls,
    rows: totals.rows + tally.rows,
    texts: addTold(totals.texts, tally.texts),
    malformed: added(totals.malformed, tally.malformed),
    redacted: addSecretCounts(totals.redacted, tally.redacted),
    droppedMetadata: addedSizes(totals.droppedMetadata, tally.droppedMetadata),
    unknown: {
      sessionsWithoutTimes: unknown.sessionsWithoutTimes + (tally.withoutTimes ? 1 : 0),
      sessionsWithoutModel: unknown.sessionsWithoutModel + (tally.withoutModel ? 1 : 0),
      sessionsWithoutGrade: unknown.sessionsWithoutGrade + (session.officialSuccess === null ? 1 : 0),
      callsWithoutTokens: unknown.callsWithoutTokens + tally.callsWithoutTokens,
      callsWithoutTimes: unknown.callsWithoutTimes + tally.callsWithoutTimes,
      totalsStatedOtherwise: unknown.totalsStatedOtherwise + (tally.statedTokens === null ? 0 : 1),
    },
    leftOut,
  };
}

function added<T extends Partial<Record<string, number>>>(a: T, b: T): T {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(keys.map((key) => [key, (a[key] ?? 0) + (b[key] ?? 0)])) as T;
}

type Sizes = Manifest["droppedMetadata"];

function addedSizes(a: Sizes, b: Sizes): Sizes {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(keys.map((key) => [key, {
    times: (a[key]?.times ?? 0) + (b[key]?.times ?? 0),
    bytes: (a[key]?.bytes ?? 0) + (b[key]?.bytes ?? 0),
  }]));
}
