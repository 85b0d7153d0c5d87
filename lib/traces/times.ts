import type { Span, TraceRow } from "../model/mod.ts";
import { timeUs } from "./time_text.ts";

/**
 * The calls of a session by start time. Calls that start together stay as recorded; one without a start time is put where it
 * ended, and one without times stays behind the call it was recorded after.
 */
export function callsInOrder(row: TraceRow): Span[] {
  let last = -Infinity;
  return row.spans
    .map((span) => ({ span, at: last = timeUs(span.startTime) ?? timeUs(span.endTime) ?? last }))
    .sort((a, b) => a.at === b.at ? 0 : a.at - b.at)
    .map(({ span }) => span);
}

/** The times of a session, from those of its calls. */
export interface SessionTimes {
  /** The first start and the last end, microseconds since 1970; null where none is recorded. */
  startUs: number | null;
  /** See `startUs`. */
  endUs: number | null;
  /**
   * Seconds from the first call's start to the end of the call that started last: too short where
   * calls overlap. Of calls that start together the one that ends last counts. Never below 0; null when no call has a start,
   * or none of those an end.
   */
  durationS: number | null;
  /** Seconds from the first start to the last end, never below 0; null when no call has a start or none has an end. */
  wallClockS: number | null;
  /** Calls without a start or an end. */
  callsWithoutTimes: number;
}

/** The times of a session; each recorded time is read once. */
export function timesOf(row: TraceRow): SessionTimes {
  let [first, last, lastStart, without] = [Infinity, -Infinity, -Infinity, 0];
  let lastEnd: number | null = null;
  for (const span of row.spans) {
    const [start, end] = [timeUs(span.startTime), timeUs(span.endTime)];
    if (start === null || end === null) without++;
    if (end !== null && end > last) last = end;
    if (start === null) continue;
    if (start < first) first = start;
    if (end === null || start < lastStart) continue;
    lastEnd = start > lastStart || lastEnd === null ? end : Math.max(lastEnd, end);
    lastStart = start;
  }
  const seconds = (end: number | null) => end === null || first === Infinity ? null : Math.max(0, end - first) / 1e6;
  const endUs = last === -Infinity ? null : last;
  return {
    startUs: first === Infinity ? null : first,
    endUs,
    durationS: seconds(lastEnd),
    wallClockS: seconds(endUs),
    callsWithoutTimes: without,
  };
}

/**
 * {@link SessionTimes.durationS}
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { exampleSession } from "agent-trace-lab/judge";
 * import { durationS } from "agent-trace-lab/traces";
 * equal(durationS(exampleSession()), 19);
 * ```
 */
export const durationS = (row: TraceRow): number | null => timesOf(row).durationS;

/**
 * {@link SessionTimes.wallClockS}
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { exampleSession } from "agent-trace-lab/judge";
 * import { wallClockS } from "agent-trace-lab/traces";
 * equal(wallClockS(exampleSession()), 19);
 * ```
 */
export const wallClockS = (row: TraceRow): number | null => timesOf(row).wallClockS;

/** The first start and the last end of a session's calls, microseconds since 1970; null where none is recorded. */
export function boundsUs(row: TraceRow): Pick<SessionTimes, "startUs" | "endUs"> {
  const { startUs, endUs } = timesOf(row);
  return { startUs, endUs };
}
