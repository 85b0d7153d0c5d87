import type { Redacted, Session, Span, TraceRow } from "../model/mod.ts";
import {
  addSecretCounts,
  type Call,
  childRowId,
  conversationOf,
  type DroppedMetadata,
  finalAnswerOf,
  type Redactor,
  redactSecrets,
  redactValue,
  type SecretCounts,
  sessionOf,
  taskOf,
  timeUs,
} from "../traces/mod.ts";
import { capMetadata } from "../traces/metadata.ts";
import { valueRedactor } from "../traces/redaction/value.ts";
import { boundsUs } from "../traces/times.ts";
import type { BraintrustRow } from "./row.ts";
import { plural } from "../model/plural.ts";

/** Settings of {@link spanRows}. */
export interface SpanRowsOptions {
  /** Most bytes of what the source's own columns (root) and tool definitions (call) may take as JSON; 16,384 unless told. */
  maxMetadataBytes?: number;
  /** The conversation and the session, where they have been worked out before. */
  calls?: readonly Call[];
  /** See `calls`. */
  session?: Session;
  /** What redacts them; the built-in rules unless told. */
  redact?: Redactor;
}

/** The rows of one session, the root first, and what was changed on the way. */
export interface SpanRows {
  /** The root, then the calls by start time. */
  rows: Redacted<BraintrustRow>[];
  /** Secrets replaced in these rows, each occurrence counted: a call's input repeats the history. */
  redacted: SecretCounts;
  /** Metadata left out for its size, by entry of a row; the row lists it as `metadata.dropped`. */
  dropped: DroppedMetadata[];
}

const DEFAULT_METADATA_BYTES = 16_384;

/**
 * Complete Braintrust rows of one session: a root with the task and the final answer, and one child for each model call,
 * by start time. Secrets are redacted in every field. Messages that calls repeat stay shared objects, so the rows take the
 * memory of the distinct messages.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { spanRows } from "agent-trace-lab/braintrust";
 * import { exampleSession } from "agent-trace-lab/judge";
 * equal(spanRows(exampleSession()).rows.length, 6); // a root and a row a call
 * ```
 */
export function spanRows(row: TraceRow, options: SpanRowsOptions = {}): SpanRows {
  const { calls = conversationOf(row), maxMetadataBytes = DEFAULT_METADATA_BYTES } = options;
  const session = options.session ?? sessionOf(row, calls);
  const found: Omit<SpanRows, "rows"> = { redacted: {}, dropped: [] };
  const root = rootRow(row, session, calls, maxMetadataBytes, found);
  const redact = valueRedactor(options.redact);
  const toolsOf = toolReader(maxMetadataBytes);
  const children = calls.map((call, i): BraintrustRow => {
    const { span } = call;
    const id = childRowId(row.sessionId, i + 2, span.spanId);
    const tools = toolsOf(span.toolDefinitions);
    found.redacted = addSecretCounts(found.redacted, tools.counts);
    found.dropped.push(...tools.dropped);
    return {
      id,
      span_id: id,
      root_span_id: root.id,
      span_parents: [root.id],
      is_root: false,
      input: call.inputRecorded || call.input.length ? call.input : null,
      output: call.outputRecorded ? call.output : null,
      metadata: {
        session_id: row.sessionId,
        benchmark: row.benchmark,
        harness: row.harness,
        ...known({
          model: span.responseModel ?? span.requestModel,
          request_model: span.requestModel,
          finish_reasons: span.finishReasons,
          trace_id: span.traceId,
          source_span_id: span.spanId,
          response_id: span.responseId,
        }),
        ...tools.metadata,
      },
      metrics: known({
        start: seconds(timeUs(span.startTime)),
        end: seconds(timeUs(span.endTime)),
        prompt_tokens: span.inputTokens,
        completion_tokens: span.outputTokens,
        tokens: total(span),
        prompt_cached_tokens: span.cachedTokens,
        prompt_cache_creation_tokens: span.cacheWriteTokens,
        completion_reasoning_tokens: span.reasoningTokens,
      }),
      scores: {},
      error: span.status.code === 2 ? span.status.message || "error without a message" : null,
      created: iso(timeUs(span.startTime)) ?? root.created,
      span_attributes: { name: span.name, type: "llm", exec_counter: i + 2 },
    };
  });
  const rows = [root, ...children].map((row) => {
    const { value, counts } = redact(row);
    if (value !== row) found.redacted = addSecretCounts(found.redacted, counts);
    return value;
  });
  return { rows, ...found };
}

function rootRow(
  row: TraceRow,
  session: Session,
  calls: readonly Call[],
  maxMetadataBytes: number,
  found: Omit<SpanRows, "rows">,
): BraintrustRow {
  const { startUs, endUs } = boundsUs(row);
  const [task, answer] = [taskOf(row, calls), finalAnswerOf(row, calls)];
  const own = redactValue(row.metadata);
  found.redacted = addSecretCounts(found.redacted, own.counts);
  const capped = capMetadata(own.value, maxMetadataBytes);
  found.dropped.push(...capped.dropped);
  const failed = row.spans.filter((span) => span.status.code === 2);
  const why = failed.find((span) => span.status.message)?.status.message;
  return {
    id: session.id,
    span_id: session.id,
    root_span_id: session.id,
    span_parents: null,
    is_root: true,
    input: task,
    output: answer,
    metadata: { ...capped.metadata, ...sessionMetadata(row, session), ...droppedEntry(capped.dropped) },
    metrics: known({
      start: seconds(startUs),
      end: seconds(endUs),
      prompt_tokens: session.inputTokens,
      completion_tokens: session.outputTokens,
      tokens: session.totalTokens,
      prompt_cached_tokens: session.cachedTokens,
      prompt_cache_creation_tokens: session.cacheWriteTokens,
      completion_reasoning_tokens: session.reasoningTokens,
    }),
    scores: known({ task_success: session.success, official_success: session.officialSuccess }),
    error: failed.length === 0
      ? null
      : `${failed.length} of ${plural(row.spans.length, "call")} ended in an error${why ? `: ${why}` : ""}`,
    created: iso(startUs) ?? iso(timeUs(row.collectedAt)),
    span_attributes: { name: row.sessionId, type: "task", exec_counter: 1 },
  };
}

/** What a GROUP BY over root rows needs to count sessions and to sum what they took. */
function sessionMetadata(row: TraceRow, session: Session): Record<string, unknown> {
  return {
    session_id: session.sessionId,
    run: session.run,
    benchmark: session.benchmark,
    harness: session.harness,
    deployment: session.deployment,
    model: session.model,
    models: row.models,
    calls: session.calls,
    error_spans: session.errorSpans,
    ...known({
      total_tokens: session.totalTokens,
      duration_s: session.durationS,
      task_id: session.taskId,
      trial: session.trial,
      started_at: session.startedAt,
      input_tokens: session.inputTokens,
      cached_tokens: session.cachedTokens,
      cache_write_tokens: session.cacheWriteTokens,
      output_tokens: session.outputTokens,
      reasoning_tokens: session.reasoningTokens,
      tokens_estimated: session.tokensEstimated || null,
      wall_clock_s: session.wallClockS,
      tool_errors: session.toolErrors,
      recorded_usd: session.recordedUsd,
      grade_origin: session.gradeOrigin,
      official_score: row.grades?.score ?? null,
      official_status: row.grades?.status ?? null,
      collected_at: row.collectedAt,
      tool_spans: row.toolSpans ?? null,
    }),
  };
}

interface Tools {
  metadata: Record<string, unknown>;
  dropped: DroppedMetadata[];
  counts: SecretCounts;
}

/** Reads tool definitions; calls of one session mostly have the same. */
function toolReader(maxBytes: number): (json: string | null) => Tools {
  const done = new Map<string, Tools>();
  return (json) => {
    if (json === null) return { metadata: {}, dropped: [], counts: {} };
    let tools = done.get(json);
    if (!tools) {
      const { text, counts } = redactSecrets(json.toWellFormed());
      const { metadata, dropped } = capMetadata({ tools: parsed(text) }, maxBytes);
      done.set(json, tools = { metadata: { ...metadata, ...droppedEntry(dropped) }, dropped, counts });
    }
    return tools;
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The entries whose value is known. */
function known<T>(entries: Record<string, T | null>): Record<string, T> {
  const found: Record<string, T> = {};
  for (const name in entries) if (entries[name] !== null) found[name] = entries[name] as T;
  return found;
}

const droppedEntry = (dropped: readonly DroppedMetadata[]) => dropped.length ? { dropped } : {};
const seconds = (us: number | null) => us === null ? null : us / 1e6;
const iso = (us: number | null) => us === null ? null : new Date(us / 1000).toISOString();
const total = (span: Span) =>
  span.inputTokens === null || span.outputTokens === null ? null : span.inputTokens + span.outputTokens;
