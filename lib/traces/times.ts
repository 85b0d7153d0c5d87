import type { Span, TraceRow } from "../model/mod.ts";
import { timeUs } from "./time_text.ts";

/**
 * The calls of a session by start time. Calls that start together stay as recorded; one without a start time stays
 * behind the call it was recorded after.
 */
export function callsInOrder(row: TraceRow): Span[] {
  let last = -Infinity;
  return row.spans
    .map((span) => ({ span, at: last = timeUs(span.startTime) ?? last }))
    .sort((a, b) => a.at === b.at ? 0 : a.at - b.at)
    .map(({ span }) => span);
}

/**
 * Seconds from the first call's start to the end of the call that started last: the published definition, too short
 * where calls overlap (see {@link wallClockS}). Of calls that start together the one recorded last counts. Never below 0.
 *
 * @returns null when no call has a start, or none of those an end.
 */
export function durationS(row: TraceRow): number | null {
  let [first, lastStart] = [Infinity, -Infinity];
  let lastEnd: number | null = null;
  for (const span of row.spans) {
    const start = timeUs(span.startTime);
    if (start === null) continue;
    first = Math.min(first, start);
    const end = timeUs(span.endTime);
    if (end !== null && start >= lastStart) [lastStart, lastEnd] = [start, end];
  }
  return lastEnd === null ? null : Math.max(0, lastEnd - first) / 1e6;
}

/** Seconds from the first start to the last end, never below 0; null when no call has a start or none has an end. */
export function wallClockS(row: TraceRow): number | null {
  const { startUs, endUs } = boundsUs(row);
  return startUs === null || endUs === null ? null : Math.max(0, endUs - startUs) / 1e6;
}

/** The first start and the last end of a session's calls, microseconds since 1970; null where none is recorded. */
export function boundsUs(row: TraceRow): { startUs: number | null; endUs: number | null } {
  let [first, last] = [Infinity, -Infinity];
  for (const span of row.spans) {
    first = Math.min(first, timeUs(span.startTime) ?? Infinity);
    last = Math.max(last, timeUs(span.endTime) ?? -Infinity);
  }
  return { startUs: first === Infinity ? null : first, endUs: last === -Infinity ? null : last };
}
