import { FAILURE_MODES, GRADE_ORIGINS, type Session } from "./session.ts";

/**
 * What a column holds: a name (text that is never empty), text, one of a few words, a count, a verdict (0 or 1), an
 * amount (a number of 0 and more), or yes and no.
 */
export type ColumnKind = "name" | "text" | "choice" | "count" | "verdict" | "amount" | "flag";

/** How a kind is stored, whatever the engine or file calls it. */
export type ColumnStorage = "text" | "integer" | "real" | "boolean";

/** One column of a table. */
export interface Column {
  /** Its name in files and tables: snake_case. */
  name: string;
  /** What its values are. */
  kind: ColumnKind;
  /** Whether a value may be unknown. */
  nullable: boolean;
  /** The words of a `choice`. */
  words?: readonly string[];
  /** Version of the tables that has it first; 1 unless given. Where an older table lacks it, it is not known. */
  since?: number;
}

/** What cells do with a session's field: group by it under a name, or sum it and count who knows it. */
export type CellUse = { group: string } | { sum: string; known: string | null };

/** One column of a table of sessions. */
export interface SessionColumn extends Column {
  /** What cells make of it; nothing when left out. */
  cell?: CellUse;
}

/**
 * The fields of a session, once: the order, the column in files and tables, what it holds, and what cells do with it. Checks,
 * SQL, Parquet and Braintrust's metadata are made of this list.
 */
export const SESSION_COLUMNS = {
  sessionId: { name: "session_id", kind: "name", nullable: false },
  id: { name: "id", kind: "name", nullable: false },
  run: { name: "run", kind: "name", nullable: false, cell: { group: "run" } },
  taskId: { name: "task_id", kind: "text", nullable: true, since: 2 },
  trial: { name: "trial", kind: "text", nullable: true, since: 2 },
  benchmark: { name: "benchmark", kind: "name", nullable: false, cell: { group: "benchmark" } },
  harness: { name: "harness", kind: "name", nullable: false, cell: { group: "harness" } },
  deployment: { name: "deployment", kind: "name", nullable: false, cell: { group: "deployment" } },
  model: { name: "model", kind: "name", nullable: false, cell: { group: "model" } },
  success: { name: "success", kind: "verdict", nullable: true, cell: { group: "verdict" } },
  officialSuccess: { name: "official_success", kind: "verdict", nullable: true },
  gradeOrigin: { name: "grade_origin", kind: "choice", words: GRADE_ORIGINS, nullable: true, since: 2 },
  totalTokens: { name: "total_tokens", kind: "count", nullable: true, cell: { sum: "tokens", known: "tokensKnown" } },
  inputTokens: {
    name: "input_tokens",
    kind: "count",
    nullable: true,
    cell: { sum: "inputTokens", known: "inputTokensKnown" },
  },
  cachedTokens: {
    name: "cached_tokens",
    kind: "count",
    nullable: true,
    cell: { sum: "cachedTokens", known: "cachedTokensKnown" },
  },
  cacheWriteTokens: {
    name: "cache_write_tokens",
    kind: "count",
    nullable: true,
    since: 2,
    cell: { sum: "cacheWriteTokens", known: "cacheWriteTokensKnown" },
  },
  outputTokens: {
    name: "output_tokens",
    kind: "count",
    nullable: true,
    cell: { sum: "outputTokens", known: "outputTokensKnown" },
  },
  reasoningTokens: {
    name: "reasoning_tokens",
    kind: "count",
    nullable: true,
    since: 2,
    cell: { sum: "reasoningTokens", known: "reasoningTokensKnown" },
  },
  tokensEstimated: { name: "tokens_estimated", kind: "flag", nullable: false, since: 2 },
  calls: { name: "calls", kind: "count", nullable: false, cell: { sum: "calls", known: null } },
  startedAt: { name: "started_at", kind: "text", nullable: true, since: 2 },
  durationS: { name: "duration_s", kind: "amount", nullable: true, cell: { sum: "durationS", known: "durationKnown" } },
  wallClockS: { name: "wall_clock_s", kind: "amount", nullable: true },
  toolErrors: { name: "tool_errors", kind: "count", nullable: true },
  errorSpans: { name: "error_spans", kind: "count", nullable: true },
  failureMode: { name: "failure_mode", kind: "choice", words: FAILURE_MODES, nullable: true },
  judgeModel: { name: "judge_model", kind: "text", nullable: true },
  judgeConfidence: { name: "judge_confidence", kind: "text", nullable: true },
  judgeReasoning: { name: "judge_reasoning", kind: "text", nullable: true },
  judgeReliability: { name: "judge_reliability", kind: "text", nullable: true },
  judgeFailingCall: { name: "judge_failing_call", kind: "count", nullable: true, since: 3 },
  judgeFailingQuote: { name: "judge_failing_quote", kind: "text", nullable: true, since: 3 },
  topics: { name: "topics", kind: "text", nullable: true, since: 4 },
  recordedUsd: {
    name: "recorded_usd",
    kind: "amount",
    nullable: true,
    cell: { sum: "recordedUsd", known: "recordedUsdKnown" },
  },
} as const satisfies { [K in keyof Session]: SessionColumnOf<Session[K]> };

/** A column that can hold values of a type: the compiler holds the list against {@link Session} by it. */
type SessionColumnOf<T> = SessionColumn & {
  nullable: null extends T ? true : false;
  kind: string extends Exclude<T, null> ? "name" | "text"
    : Exclude<T, null> extends string ? "choice"
    : Exclude<T, null> extends boolean ? "flag"
    : number extends Exclude<T, null> ? "count" | "amount"
    : "verdict";
};

/** Fields of a session with their columns, in order. */
export const SESSION_FIELDS: readonly (readonly [field: keyof Session, column: SessionColumn])[] = Object.entries(
  SESSION_COLUMNS,
) as [keyof Session, SessionColumn][];

const STORAGE = {
  name: "text",
  text: "text",
  choice: "text",
  count: "integer",
  verdict: "integer",
  amount: "real",
  flag: "boolean",
} as const satisfies Record<ColumnKind, ColumnStorage>;

/** How a column's values are stored. */
export function storageOf({ kind }: Pick<Column, "kind">): ColumnStorage {
  return STORAGE[kind];
}

/** Whether a table without the column is only older than it. */
export const isNew = ({ since = 1 }: Pick<Column, "since">): boolean => since > 1;
