import { v5 } from "uuid";
import { modelFamily, runOf, type Session, type Span, type TraceRow } from "../model/mod.ts";

/**
 * Sums a session up from its calls' times, tokens and status alone, without their texts: what errors tools reported is
 * therefore unknown (null), as is a time or count that no call has.
 *
 * `success` is the source's own grade, as is `officialSuccess`: a source read so has no judge.
 */
export function sessionWithoutTexts(row: TraceRow): Session {
  const { sessionId, spans, grades } = row;
  const { firstUs, durationS, wallClockS } = durations(spans);
  const deployment = row.models[0] ?? "unspecified";
  const inputTokens = sum(spans, "inputTokens");
  const outputTokens = sum(spans, "outputTokens");
  const counted = inputTokens === null && outputTokens === null ? null : (inputTokens ?? 0) + (outputTokens ?? 0);
  return {
    sessionId,
    id: v5(`root:${sessionId}`, v5.DNS),
    run: runOf(sessionId),
    taskId: row.taskId,
    trial: row.trial,
    benchmark: row.benchmark,
    harness: row.harness,
    deployment,
    model: modelFamily(deployment),
    success: grades?.success ?? null,
    officialSuccess: grades?.success ?? null,
    gradeOrigin: grades === null || grades.success === null ? null : grades.origin,
    totalTokens: counted ?? row.totalTokens,
    inputTokens,
    cachedTokens: sum(spans, "cachedTokens"),
    cacheWriteTokens: sum(spans, "cacheWriteTokens"),
    outputTokens,
    reasoningTokens: sum(spans, "reasoningTokens"),
    tokensEstimated: false,
    calls: spans.length,
    startedAt: firstUs === null ? null : new Date(firstUs / 1000).toISOString(),
    durationS,
    wallClockS,
    toolErrors: null,
    errorSpans: spans.filter((span) => span.status.code === 2).length,
    failureMode: null,
    judgeModel: null,
    judgeConfidence: null,
    judgeReasoning: null,
    judgeReliability: null,
    recordedUsd: row.recordedUsd ?? grades?.agentUsd ?? null,
  };
}

type TokenField = "inputTokens" | "cachedTokens" | "cacheWriteTokens" | "outputTokens" | "reasoningTokens";

function sum(spans: readonly Span[], field: TokenField): number | null {
  const known = spans.flatMap((span) => span[field] ?? []);
  return known.length ? known.reduce((total, n) => total + n) : null;
}

function durations(spans: readonly Span[]): Pick<Session, "durationS" | "wallClockS"> & { firstUs: number | null } {
  const times = spans.map((span) => ({ start: microseconds(span.startTime), end: microseconds(span.endTime) }));
  let first = Infinity;
  let last = { start: -Infinity, end: NaN };
  for (const { start, end } of times) {
    if (start === null) continue;
    first = Math.min(first, start);
    if (end !== null && start >= last.start) last = { start, end };
  }
  const lastEnd = times.reduce((latest, { end }) => Math.max(latest, end ?? -Infinity), -Infinity);
  const seconds = (end: number) => Number.isFinite(end - first) ? Math.max(0, end - first) / 1e6 : null;
  const firstUs = Number.isFinite(first) ? first : null;
  return { firstUs, durationS: seconds(last.end), wallClockS: seconds(lastEnd) };
}

const TIME = /^\s*(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d+))?\s*(Z|[+-]\d\d:?\d\d)?\s*$/i;

/** Microseconds since 1970; a `Date` would lose them, and would read a time without an offset as local. */
function microseconds(time: string | null): number | null {
  const parts = time === null ? null : TIME.exec(time);
  if (!parts) return null;
  const [, year, month, day, hour, minute, second, fraction = "", offset = "Z"] = parts;
  if (+month! > 12 || +day! > 31 || +hour! > 24 || +minute! > 59 || +second! > 60) return null;
  // By its parts, because `Date.parse` takes three times as long and there are two times in every call.
  const ms = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second!);
  const shift = /^[zZ]$/.test(offset) || offset.endsWith("00:00")
    ? 0
    : (offset[0] === "-" ? -1 : 1) * (+offset.slice(1, 3) * 60 + +offset.slice(-2)) * 60_000;
  return (ms - shift) * 1000 + +fraction.slice(0, 6).padEnd(6, "0");
}
