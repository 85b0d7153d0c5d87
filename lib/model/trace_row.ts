import { z } from "zod";
import { GRADE_ORIGINS, type GradeOrigin } from "./session.ts";
import { SharedMessages } from "./shared_messages.ts";

/** Status of a span, OpenTelemetry's codes: 0 unset, 1 ok, 2 error. */
export interface SpanStatus {
  code: number;
  message: string;
}

/**
 * One model call of a session (an OpenTelemetry GenAI client span). Texts are the JSON text of the recorder, unparsed:
 * `lib/traces` reads them. Where a source holds the conversation once, its calls share the parsed list instead. What the
 * recorder did not write is null, never an empty value.
 */
export interface Span {
  traceId: string | null;
  spanId: string;
  parentSpanId: string | null;
  name: string;
  /** ISO 8601; one without an offset is read as UTC. Null when not recorded. */
  startTime: string | null;
  endTime: string | null;
  status: SpanStatus;
  requestModel: string | null;
  responseModel: string | null;
  /** The provider's id of the response: the same call recorded twice has it twice. */
  responseId: string | null;
  finishReasons: string[] | null;
  inputTokens: number | null;
  /** The part of `inputTokens` that was read from the provider's cache. */
  cachedTokens: number | null;
  /** The part of `inputTokens` that was written to the provider's cache. */
  cacheWriteTokens: number | null;
  outputTokens: number | null;
  /** The part of `outputTokens` that was spent on reasoning. */
  reasoningTokens: number | null;
  /** JSON text of `[{ role, parts }]`. */
  inputMessages: string | SharedMessages | null;
  outputMessages: string | SharedMessages | null;
  toolDefinitions: string | null;
  systemInstructions: string | null;
}

/** Grades of a session, where the source has them. */
export interface Grades {
  /** Whose grades these are; null where the source does not say. */
  origin: GradeOrigin | null;
  /** 1 solved, 0 not. */
  success: 0 | 1 | null;
  score: number | null;
  /** `success`, `unsuccessful`, `unfinished` or `error` in the source's words. */
  status: string | null;
  agentUsd: number | null;
  benchmarkUsd: number | null;
}

/** One recorded session as its source has it: who ran what, and every model call in the order recorded. */
export interface TraceRow {
  sessionId: string;
  benchmark: string;
  harness: string;
  /** The task, the same for every session on it. */
  taskId: string | null;
  /** Which attempt at the task. */
  trial: string | null;
  /** Model strings as logged; the first is the deployment. Empty where the source names none. */
  models: string[];
  collectedAt: string | null;
  /** Total the source states, null when it states none; the import compares it with the spans' sum. */
  totalTokens: number | null;
  /** USD of the agent's calls as the source states it. */
  recordedUsd: number | null;
  grades: Grades | null;
  spans: Span[];
  /** Every other column or attribute, as read. */
  metadata: Record<string, unknown>;
}

const count = z.number().int().nonnegative();
const text = z.string().nullable();
const messages = z.union([z.string(), z.instanceof(SharedMessages)]).nullable();

/** Checks a {@link Span}. */
export const spanSchema: z.ZodType<Span> = z.object({
  traceId: text,
  spanId: z.string().min(1),
  parentSpanId: text,
  name: z.string(),
  startTime: text,
  endTime: text,
  status: z.object({ code: z.number().int(), message: z.string() }),
  requestModel: text,
  responseModel: text,
  responseId: text.default(null),
  finishReasons: z.array(z.string()).nullable(),
  inputTokens: count.nullable(),
  cachedTokens: count.nullable(),
  cacheWriteTokens: count.nullable().default(null),
  outputTokens: count.nullable(),
  reasoningTokens: count.nullable().default(null),
  inputMessages: messages,
  outputMessages: messages,
  toolDefinitions: text,
  systemInstructions: text,
});

/** Checks {@link Grades}. */
export const gradesSchema: z.ZodType<Grades> = z.object({
  origin: z.enum(GRADE_ORIGINS).nullable().default(null),
  success: z.union([z.literal(0), z.literal(1)]).nullable(),
  score: z.number().nullable(),
  status: text,
  agentUsd: z.number().nullable(),
  benchmarkUsd: z.number().nullable(),
});

/** Checks a {@link TraceRow}. */
export const traceRowSchema: z.ZodType<TraceRow> = z.object({
  sessionId: z.string().min(1),
  benchmark: z.string().min(1),
  harness: z.string().min(1),
  taskId: text.default(null),
  trial: text.default(null),
  models: z.array(z.string()),
  collectedAt: text,
  totalTokens: count.nullable(),
  recordedUsd: z.number().nonnegative().nullable().default(null),
  grades: gradesSchema.nullable(),
  spans: z.array(spanSchema),
  metadata: z.record(z.string(), z.unknown()),
});
