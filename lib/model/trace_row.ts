import { z } from "zod";
import { GRADE_ORIGINS, type GradeOrigin } from "./session.ts";
import { SharedMessages } from "./shared_messages.ts";

/** Status of a span, OpenTelemetry's codes: 0 unset, 1 ok, 2 error. */
export interface SpanStatus {
  /** 0 unset, 1 ok, 2 error. */
  code: number;
  /** What the recorder says of an error; often empty. */
  message: string;
}

/**
 * One model call of a session (an OpenTelemetry GenAI client span). Texts are the JSON text of the recorder, unparsed:
 * `lib/traces` reads them. Where a source holds the conversation once, its calls share the parsed list instead. What the
 * recorder did not write is null, never an empty value.
 */
export interface Span {
  /** Shared by the spans of one trace. */
  traceId: string | null;
  /** Unique in its session. */
  spanId: string;
  /** The span that this one was started by. */
  parentSpanId: string | null;
  /** The recorder's name of it. */
  name: string;
  /** ISO 8601; one without an offset is read as UTC. Null when not recorded. */
  startTime: string | null;
  /** ISO 8601, as `startTime`. */
  endTime: string | null;
  /** How it ended. */
  status: SpanStatus;
  /** The model asked for. */
  requestModel: string | null;
  /** The model that the provider says answered. */
  responseModel: string | null;
  /** The provider's id of the response: the same call recorded twice has it twice. */
  responseId: string | null;
  /** Why the model stopped, one a choice. */
  finishReasons: string[] | null;
  /** All tokens of the prompt, cached ones included. */
  inputTokens: number | null;
  /** The part of `inputTokens` that was read from the provider's cache. */
  cachedTokens: number | null;
  /** The part of `inputTokens` that was written to the provider's cache. */
  cacheWriteTokens: number | null;
  /** All tokens of the answer, reasoning included. */
  outputTokens: number | null;
  /** The part of `outputTokens` that was spent on reasoning. */
  reasoningTokens: number | null;
  /** JSON text of `[{ role, parts }]`. */
  inputMessages: string | SharedMessages | null;
  /** As `inputMessages`: the model's answer. */
  outputMessages: string | SharedMessages | null;
  /** JSON text of the tools that were offered. */
  toolDefinitions: string | null;
  /** JSON text of the system prompt, where it stands apart from the messages. */
  systemInstructions: string | null;
}

/** Grades of a session, where the source has them. */
export interface Grades {
  /** Whose grades these are; null where the source does not say. */
  origin: GradeOrigin | null;
  /** 1 solved, 0 not. */
  success: 0 | 1 | null;
  /** A score of the source's own, of any scale. */
  score: number | null;
  /** `success`, `unsuccessful`, `unfinished` or `error` in the source's words. */
  status: string | null;
  /** USD of the agent's calls. */
  agentUsd: number | null;
  /** USD that the benchmark itself spent (its simulated user, its grader). */
  benchmarkUsd: number | null;
}

/** One recorded session as its source has it: who ran what, and every model call in the order recorded. */
export interface TraceRow {
  /** Unique in its source. */
  sessionId: string;
  /** The benchmark, or whatever the source's tasks belong to. */
  benchmark: string;
  /** The agent program that called the model. */
  harness: string;
  /** The task, the same for every session on it. */
  taskId: string | null;
  /** Which attempt at the task. */
  trial: string | null;
  /** The batch of sessions made together, such as a night's; left out where the source does not say. */
  run?: string;
  /** Model strings as logged; the first is the deployment. Empty where the source names none. */
  models: string[];
  /** When it was recorded, ISO 8601. */
  collectedAt: string | null;
  /** Total the source states, null when it states none; the import compares it with the spans' sum. */
  totalTokens: number | null;
  /** Set where tokens that the source did not record were counted by a tokenizer. */
  tokensEstimated?: true;
  /** USD of the agent's calls as the source states it. */
  recordedUsd: number | null;
  /** Null where the source has none. */
  grades: Grades | null;
  /** Its model calls, in the order recorded. */
  spans: Span[];
  /** Spans of tools that ran, by the id of the call that each answers; null where one does not say. */
  toolSpans?: (string | null)[];
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
  run: z.string().min(1).exactOptional(),
  models: z.array(z.string()),
  collectedAt: text,
  totalTokens: count.nullable(),
  tokensEstimated: z.literal(true).exactOptional(),
  recordedUsd: z.number().nonnegative().nullable().default(null),
  grades: gradesSchema.nullable(),
  spans: z.array(spanSchema),
  toolSpans: z.array(text).exactOptional(),
  metadata: z.record(z.string(), z.unknown()),
});
