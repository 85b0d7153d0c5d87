import { type GradeOrigin, type Grades, RowError, type Span, type TraceRow } from "../../model/mod.ts";
import {
  type CallTokens,
  type Counted,
  countedTokens,
  type RecordedTokens,
  timeUs,
  TOKEN_CONVENTIONS,
  type TokenConvention,
} from "../../traces/mod.ts";
import { namesOf, reader, valuesOf } from "./lookup.ts";
import type { Mapping } from "./mapping.ts";
import { add, type ReadNotes } from "./notes.ts";
import { callsOnce } from "./once.ts";
import type { RowParts, SpanParts } from "./parts.ts";
import {
  contradict,
  countIn,
  plain,
  toAmount,
  toCount,
  toMessages,
  toName,
  toNumber,
  toStatusCode,
  toText,
  toTexts,
  toTimes,
  toVerdict,
} from "./values.ts";

export type { RowParts, SpanParts } from "./parts.ts";

/**
 * Puts rows together as a mapping says.
 *
 * @returns a function from parts to a row, which throws {@link RowError} naming row and field where a name or the list of
 * spans is missing. Everything else that cannot be read is unknown, and counted in `notes`, as is what is left out.
 */
export function rowMaker(
  mapping: Mapping,
  notes: ReadNotes,
): (parts: RowParts, source: string, row: number) => TraceRow {
  const { session } = mapping;
  const read = {
    sessionId: reader(session.sessionId),
    benchmark: reader(session.benchmark),
    harness: reader(session.harness),
    models: reader(session.models),
    collectedAt: reader(session.collectedAt),
    totalTokens: reader(session.totalTokens),
    taskId: reader(session.taskId),
    trial: reader(session.trial),
    run: reader(session.run),
    recordedUsd: reader(session.recordedUsd),
  };
  const grade = gradeMaker(mapping, notes);
  const verdicts = valuesOf(mapping.grades?.success);
  const metadata = metadataMaker(mapping, notes);
  const make = spanMaker(mapping, notes);
  const isCall = callTeller(mapping);
  return ({ columns, known, spans, leftOut: before = {}, origin, contradicted, toolSpans }, source, row) => {
    const at = (field: string) => ({ source, row, field });
    if (spans === null) {
      throw new RowError(
        source,
        row,
        mapping.spans,
        "is null; a session needs the list of its model calls (it may be empty)",
      );
    }
    const sessionId = toName(known?.sessionId ?? read.sessionId(columns), at("sessionId"), notes);
    for (const [reason, n] of Object.entries(before)) add(notes.leftOut, reason, n);
    if (contradicted || contradict(verdicts(columns))) add(notes.repaired, CONTRADICTED);
    const collectedAt = toText(read.collectedAt(columns), notes);
    const collectedUs = timeUs(collectedAt);
    const kept = callsOnce(spans, isCall, notes);
    const calls = kept.map(([parts, i]) => make(parts, i, source, row, collectedUs));
    const run = toText(read.run(columns), notes);
    const models = known?.models ?? toTexts(read.models(columns), notes) ?? [];
    const named = models.length ? models : [...new Set(calls.flatMap((s) => s.requestModel ?? s.responseModel ?? []))];
    return {
      sessionId,
      benchmark: toName(read.benchmark(columns), at("benchmark"), notes),
      harness: toName(read.harness(columns), at("harness"), notes),
      taskId: toText(read.taskId(columns), notes) || null,
      trial: toText(read.trial(columns), notes) || null,
      ...(run ? { run } : {}),
      models: named,
      collectedAt,
      totalTokens: toCount(read.totalTokens(columns), "totalTokens", notes),
      recordedUsd: toAmount(read.recordedUsd(columns), "recordedUsd", notes) ?? usdOf(kept, notes),
      grades: grade(columns, origin),
      spans: calls,
      ...(toolSpans?.length ? { toolSpans } : {}),
      metadata: metadata(columns),
    };
  };
}

/** Of grades that contradict each other the first counts, in the order in which the mapping, or the source, has them. */
const CONTRADICTED = "sessions whose grades contradict each other (the first is taken)";

function gradeMaker({ grades }: Mapping, notes: ReadNotes): (columns: unknown, origin?: GradeOrigin) => Grades | null {
  if (!grades) return () => null;
  const [success, score, status, agentUsd, benchmarkUsd] = [
    reader(grades.success),
    reader(grades.score),
    reader(grades.status),
    reader(grades.agentUsd),
    reader(grades.benchmarkUsd),
  ];
  return (columns, origin) => ({
    origin: origin ?? grades.origin ?? null,
    success: toVerdict(success(columns), "grades.success", notes),
    score: toNumber(score(columns), "grades.score", notes),
    status: toText(status(columns), notes),
    agentUsd: toAmount(agentUsd(columns), "grades.agentUsd", notes),
    benchmarkUsd: toAmount(benchmarkUsd(columns), "grades.benchmarkUsd", notes),
  });
}

/** Names of the columns that a mapping uses for more than metadata. */
export function usedNames({ session, grades, spans }: Mapping): string[] {
  const { origin: _, ...graded } = grades ?? {};
  const fields = [...Object.values(session), ...Object.values(graded)];
  return [spans, ...fields.flatMap((field) => namesOf(field).map(({ name }) => name))];
}

function metadataMaker(
  mapping: Mapping,
  notes: ReadNotes,
): (columns: Record<string, unknown>) => Record<string, unknown> {
  const used = new Set(usedNames(mapping));
  const kept = mapping.metadata === "rest"
    ? null
    : namesOf(mapping.metadata).map(({ name }) => [name, reader(name)] as const);
  return (columns) => {
    const entries = kept
      ? kept.map(([name, read]) => [name, read(columns)] as const)
      : mapping.form === "otlp"
      ? Object.entries(columns["resource"] ?? {})
      : Object.entries(columns).filter(([name]) => !used.has(name) && name !== mapping.spans);
    return plain(Object.fromEntries(entries), notes) as Record<string, unknown>;
  };
}

/** What the calls cost, as their recorder says; a cost of 0 is what recorders write where they know no price. */
function usdOf(calls: readonly [SpanParts, number][], notes: ReadNotes): number | null {
  const costs = calls.map(([{ usd }]) => toAmount(usd, "usd", notes) ?? 0).filter((usd) => usd > 0);
  if (costs.length && costs.length < calls.length) {
    add(notes.unknown, "calls without a cost, of sessions whose others have one", calls.length - costs.length);
  }
  return costs.length ? costs.reduce((sum, usd) => sum + usd, 0) : null;
}

/** Whether a span is a model call, as a mapping says. */
export function callTeller({ modelCall: { values, whenMissing } }: Mapping): (parts: SpanParts) => boolean {
  return ({ modelCall }) => {
    const kind = toText(modelCall);
    return kind === null ? whenMissing : values.includes(kind);
  };
}

function spanMaker({ tokens }: Mapping, notes: ReadNotes) {
  const { cached = "inside", cacheWrite = "inside", reasoning = "inside" } = tokens ?? {};
  const convention: TokenConvention = { cached, cacheWrite, reasoning };
  return (parts: SpanParts, index: number, source: string, row: number, collectedUs: number | null): Span => {
    const times = toTimes(parts.startTime, parts.endTime, notes, collectedUs);
    const counts = tokensOf(parts, convention, notes);
    if (counts.inputTokens === null || counts.outputTokens === null) add(notes.unknown, "calls without tokens");
    if (times.startTime === null || times.endTime === null) add(notes.unknown, "calls without times");
    // Where texts are not read, nothing can be said of them.
    if (parts.inputMessages === null && parts.outputMessages === null) {
      add(notes.unknown, "calls without recorded messages");
    }
    return {
      traceId: toText(parts.traceId, notes),
      spanId: toName(parts.spanId, { source, row, field: `spans.${index}.spanId` }, notes),
      parentSpanId: toText(parts.parentSpanId, notes) || null,
      name: toText(parts.name, notes) ?? "",
      startTime: times.startTime,
      endTime: times.endTime,
      status: { code: toStatusCode(parts.statusCode, notes), message: toText(parts.statusMessage, notes) ?? "" },
      requestModel: toText(parts.requestModel, notes) || null,
      responseModel: toText(parts.responseModel, notes) || null,
      responseId: toText(parts.responseId, notes) || null,
      finishReasons: toTexts(parts.finishReasons, notes),
      inputTokens: counts.inputTokens,
      cachedTokens: counts.cachedTokens,
      cacheWriteTokens: counts.cacheWriteTokens,
      outputTokens: counts.outputTokens,
      reasoningTokens: counts.reasoningTokens,
      inputMessages: toMessages(parts.inputMessages),
      outputMessages: toMessages(parts.outputMessages),
      toolDefinitions: toText(parts.toolDefinitions, notes),
      systemInstructions: toMessages(parts.systemInstructions) as string | null,
    };
  };
}

function tokensOf(parts: SpanParts, convention: TokenConvention, notes: ReadNotes): CallTokens {
  const found: RecordedTokens = {
    input: toCount(parts.inputTokens, "inputTokens", notes),
    cached: toCount(parts.cachedTokens, "cachedTokens", notes),
    cacheWrite: toCount(parts.cacheWriteTokens, "cacheWriteTokens", notes),
    output: toCount(parts.outputTokens, "outputTokens", notes),
    reasoning: toCount(parts.reasoningTokens, "reasoningTokens", notes),
    total: toCount(parts.totalTokens, "totalTokens", notes),
  };
  const own = typeof parts.tokens === "string" && Object.hasOwn(TOKEN_CONVENTIONS, parts.tokens)
    ? TOKEN_CONVENTIONS[parts.tokens as keyof typeof TOKEN_CONVENTIONS]
    : convention;
  // What is to be added to a count and is none leaves the sum unknown.
  const isLost = (field: keyof SpanParts, counted: Counted) =>
    counted === "beside" && countIn(parts[field]) === "neither";
  if (isLost("cachedTokens", own.cached) || isLost("cacheWriteTokens", own.cacheWrite)) found.input = null;
  if (isLost("reasoningTokens", own.reasoning)) found.output = null;
  const counts = countedTokens(found, own);
  for (const what of counts.adjusted) add(notes.repaired, `calls with ${what}`);
  return counts;
}
