import { addLogs, spanKey, type SpanLog, spansOfLogs } from "../dialects/logs.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { RowParts } from "../mapping/parts.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";
import { rowPlanner, sessionNamer, sessionPlans, type Settled, withNames } from "../otlp/sessions.ts";

/** Spans, as `withNames` gives them, and logs, with where they were met: numbers that go up. */
export interface Met {
  spans: { at: number; span: OtlpSpan }[];
  logs: { at: number; log: SpanLog }[];
}

/** Sessions that spans and logs make. */
export interface MetSessions {
  /** In the order of where their first span was met. */
  rows: { at: number; parts: RowParts }[];
  /** Why sessions could not be made. */
  faults: string[];
  /** What is no session, counted by reason. */
  leftOut: Record<string, number>;
}

/** Why log records are left out of which no call can be made. */
export const WITHOUT_SPAN = "log records whose span is not there";

/**
 * How sessions are made of all that may be of them: log records say more of the spans that they name, or are calls where
 * there is no such span.
 */
export function sessionMaker(mapping: Mapping, settled?: Settled): (met: Met) => MetSessions {
  const [own, planned] = [sessionNamer(mapping), rowPlanner(mapping, settled)];
  return ({ spans, logs }) => {
    const records = logs.map(({ log }) => log);
    const { calls, left } = spansOfLogs(spans.map(({ span }) => span), records);
    const firstLog = new Map(logs.toReversed().map(({ at, log }) => [spanKey(log), at]));
    const all = [...spans, ...calls.map((span) => ({ at: firstLog.get(spanKey(span))!, span: withNames(span) }))]
      .sort((a, b) => a.at - b.at);
    addLogs(all.map(({ span }) => span), records);
    const places = new Map(all.map(({ at, span }) => [span, at]));
    const { plans, repeated } = sessionPlans([...places.keys()], own);
    const leftOut: Record<string, number> = {};
    if (repeated) leftOut["repeated spans"] = repeated;
    if (left) leftOut[WITHOUT_SPAN] = left;
    const [rows, faults] = [[] as MetSessions["rows"], [] as string[]];
    for (const plan of plans) {
      const row = planned(plan);
      if ("leftOut" in row) addCounts(leftOut, row.leftOut);
      else if ("fault" in row) faults.push(row.fault);
      else {
        const at = plan.spans.flat().reduce((first, span) => Math.min(first, places.get(span)!), Infinity);
        rows.push({ at, parts: row.parts });
      }
    }
    return { rows: rows.sort((a, b) => a.at - b.at), faults, leftOut };
  };
}

/** Adds counts by reason to others, or takes them away. */
export function addCounts(counts: Record<string, number>, more: Readonly<Record<string, number>>, times = 1): void {
  for (const [reason, n] of Object.entries(more)) {
    counts[reason] = (counts[reason] ?? 0) + times * n;
    if (counts[reason] === 0) delete counts[reason];
  }
}
