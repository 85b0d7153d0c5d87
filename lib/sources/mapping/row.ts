import { type GradeOrigin, type Grades, RowError, SharedMessages, type Span, type TraceRow } from "../../model/mod.ts";
import type { Mapping, SpanField } from "./mapping.ts";
import { namesOf, reader } from "./lookup.ts";
import { plain, toCount, toName, toNumber, toStatusCode, toText, toTexts, toVerdict } from "./values.ts";

/** A row of a source taken apart: its columns, and the parts of each of its spans. */
export interface RowParts {
  columns: Record<string, unknown>;
  /** What was found out while spans were grouped into sessions; it is not looked up again. */
  known?: { sessionId: string; models: string[] };
  /** Null where the source has no list of spans; null elements are spans that are null. */
  spans: (SpanParts | null)[] | null;
  /** Whose grades the row has, where the rows of a source may differ in that. */
  origin?: GradeOrigin;
  /** What was left out on the way here, counted by reason. */
  leftOut?: Record<string, number>;
}

/** What a mapping placed of a span, and what says whether it is a model call. */
export type SpanParts = Partial<Record<SpanField | "modelCall", unknown>>;

/** Counts by reason. */
export type Tally = Map<string, number>;

/** Adds to a count. */
export function add(tally: Tally, reason: string, n = 1): void {
  tally.set(reason, (tally.get(reason) ?? 0) + n);
}

/**
 * Puts rows together as a mapping says.
 *
 * @returns a function from parts to a row, which throws {@link RowError} naming row and field, and counts in `leftOut`
 * the spans it leaves out.
 */
export function rowMaker(mapping: Mapping, leftOut: Tally): (parts: RowParts, source: string, row: number) => TraceRow {
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
    recordedUsd: reader(session.recordedUsd),
  };
  const grade = gradeMaker(mapping);
  const metadata = metadataMaker(mapping);
  return ({ columns, known, spans, leftOut: before = {}, origin }, source, row) => {
    const at = (field: string) => ({ source, row, field });
    if (spans === null) {
      throw new RowError(
        source,
        row,
        mapping.spans,
        "is null; a session needs the list of its model calls (it may be empty)",
      );
    }
    const sessionId = toName(known?.sessionId ?? read.sessionId(columns), at("sessionId"));
    for (const [reason, n] of Object.entries(before)) add(leftOut, reason, n);
    const calls = modelCalls(mapping, spans, leftOut).map(([parts, i]) => spanFrom(parts, i, source, row));
    const models = known?.models ?? toTexts(read.models(columns), at("models")) ?? [];
    const named = models.length ? models : [...new Set(calls.flatMap((s) => s.requestModel ?? s.responseModel ?? []))];
    return {
      sessionId,
      benchmark: toName(read.benchmark(columns), at("benchmark")),
      harness: toName(read.harness(columns), at("harness")),
      taskId: toText(read.taskId(columns)) || null,
      trial: toText(read.trial(columns)) || null,
      models: named,
      collectedAt: toText(read.collectedAt(columns)),
      totalTokens: toCount(read.totalTokens(columns), at("totalTokens")),
      recordedUsd: toNumber(read.recordedUsd(columns), at("recordedUsd")),
      grades: grade(columns, source, row, origin),
      spans: calls,
      metadata: metadata(columns),
    };
  };
}

function gradeMaker(
  { grades }: Mapping,
): (columns: unknown, source: string, row: number, origin?: GradeOrigin) => Grades | null {
  if (!grades) return () => null;
  const [success, score, status, agentUsd, benchmarkUsd] = [
    reader(grades.success),
    reader(grades.score),
    reader(grades.status),
    reader(grades.agentUsd),
    reader(grades.benchmarkUsd),
  ];
  return (columns, source, row, origin) => {
    const at = (field: string) => ({ source, row, field: `grades.${field}` });
    return {
      origin: origin ?? grades.origin ?? null,
      success: toVerdict(success(columns), at("success")),
      score: toNumber(score(columns), at("score")),
      status: toText(status(columns)),
      agentUsd: toNumber(agentUsd(columns), at("agentUsd")),
      benchmarkUsd: toNumber(benchmarkUsd(columns), at("benchmarkUsd")),
    };
  };
}

/** Names of the columns that a mapping uses for more than metadata. */
export function usedNames({ session, grades, spans }: Mapping): string[] {
  const { origin: _, ...graded } = grades ?? {};
  const fields = [...Object.values(session), ...Object.values(graded)];
  return [spans, ...fields.flatMap((field) => namesOf(field).map(({ name }) => name))];
}

function metadataMaker(mapping: Mapping): (columns: Record<string, unknown>) => Record<string, unknown> {
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
    return Object.fromEntries(entries.map(([name, value]) => [name, plain(value)]));
  };
}

function modelCalls(mapping: Mapping, spans: (SpanParts | null)[], leftOut: Tally): [SpanParts, number][] {
  const { values, whenMissing } = mapping.modelCall;
  const calls: [SpanParts, number][] = [];
  spans.forEach((span, i) => {
    if (span === null) return add(leftOut, "spans that are null");
    const kind = toText(span.modelCall);
    if (kind === null ? whenMissing : values.includes(kind)) calls.push([span, i]);
    else add(leftOut, "spans that are not model calls");
  });
  return calls;
}

function spanFrom(parts: SpanParts, index: number, source: string, row: number): Span {
  const at = (field: SpanField) => ({ source, row, field: `spans.${index}.${field}` });
  return {
    traceId: toText(parts.traceId),
    spanId: toName(parts.spanId, at("spanId")),
    parentSpanId: toText(parts.parentSpanId) || null,
    name: toText(parts.name) ?? "",
    startTime: toText(parts.startTime),
    endTime: toText(parts.endTime),
    status: { code: toStatusCode(parts.statusCode, at("statusCode")), message: toText(parts.statusMessage) ?? "" },
    requestModel: toText(parts.requestModel),
    responseModel: toText(parts.responseModel),
    responseId: toText(parts.responseId),
    finishReasons: toTexts(parts.finishReasons, at("finishReasons")),
    inputTokens: toCount(parts.inputTokens, at("inputTokens")),
    cachedTokens: toCount(parts.cachedTokens, at("cachedTokens")),
    cacheWriteTokens: toCount(parts.cacheWriteTokens, at("cacheWriteTokens")),
    outputTokens: toCount(parts.outputTokens, at("outputTokens")),
    reasoningTokens: toCount(parts.reasoningTokens, at("reasoningTokens")),
    inputMessages: toMessages(parts.inputMessages),
    outputMessages: toMessages(parts.outputMessages),
    toolDefinitions: toText(parts.toolDefinitions),
    systemInstructions: toText(parts.systemInstructions),
  };
}

/** Messages as they are held: a list that calls share stays one, anything else is text. */
function toMessages(value: unknown): string | SharedMessages | null {
  return value instanceof SharedMessages ? value : toText(value);
}
