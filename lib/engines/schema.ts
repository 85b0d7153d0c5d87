import { type Column, SESSION_COLUMNS } from "../model/mod.ts";

/**
 * Version of the tables that `deno task import --to` writes; one that differs is read, and not written to. 2: columns are in
 * snake_case, and tasks, trials, grades' origins, cache writes, reasoning tokens and starts have columns of their own. 3: so has
 * the failing step that a judge names.
 */
export const SCHEMA_VERSION = 4;

/** What is wrong with tables of another version, and what to do. */
export function otherVersion(found: readonly unknown[]): string {
  return `holds tables of version ${found}, this writes ${SCHEMA_VERSION}; they can still be read, but to add to them load ` +
    "the source again into another database (deno task import SOURCE --to ...)";
}

/** One row of the table of spans: the session itself (position 1), or one of its model calls. */
export interface EngineSpan {
  /** The row's id in Braintrust too: the same session gives the same ids again. */
  id: string;
  /** The session it belongs to. */
  sessionId: string;
  /** The session's row; null for the session itself. */
  parentId: string | null;
  /** 1 for the session, 2 for its first call. */
  position: number;
  /** The recorder's name of it. */
  name: string;
  /** Microseconds since 1970. */
  startUs: number | null;
  /** Microseconds since 1970. */
  endUs: number | null;
  /** What the recorder says of an error; null where there was none. */
  error: string | null;
  /** The model asked for. */
  requestModel: string | null;
  /** The model that the provider says answered. */
  responseModel: string | null;
  /** The provider's id of the response. */
  responseId: string | null;
  /** JSON text of a list. */
  finishReasons: string | null;
  /** All tokens of the prompt. */
  inputTokens: number | null;
  /** Those read from the provider's cache. */
  cachedTokens: number | null;
  /** Those written to the provider's cache. */
  cacheWriteTokens: number | null;
  /** All tokens of the answer. */
  outputTokens: number | null;
  /** Those spent on reasoning. */
  reasoningTokens: number | null;
  /** The task, or JSON text of the call's messages; null unless texts are loaded. */
  input: string | null;
  /** JSON text of the answer; null unless texts are loaded. */
  output: string | null;
  /** JSON text of everything else that is known of the row. */
  metadata: string | null;
}

/** Columns of the table of spans, in the order of {@link EngineSpan}. */
export const SPAN_COLUMNS = {
  id: { name: "id", kind: "name", nullable: false },
  sessionId: { name: "session_id", kind: "name", nullable: false },
  parentId: { name: "parent_id", kind: "text", nullable: true },
  position: { name: "position", kind: "count", nullable: false },
  name: { name: "name", kind: "text", nullable: false },
  startUs: { name: "start_us", kind: "count", nullable: true },
  endUs: { name: "end_us", kind: "count", nullable: true },
  error: { name: "error", kind: "text", nullable: true },
  requestModel: { name: "request_model", kind: "text", nullable: true },
  responseModel: { name: "response_model", kind: "text", nullable: true },
  responseId: { name: "response_id", kind: "text", nullable: true },
  finishReasons: { name: "finish_reasons", kind: "text", nullable: true },
  inputTokens: { name: "input_tokens", kind: "count", nullable: true },
  cachedTokens: { name: "cached_tokens", kind: "count", nullable: true },
  cacheWriteTokens: { name: "cache_write_tokens", kind: "count", nullable: true },
  outputTokens: { name: "output_tokens", kind: "count", nullable: true },
  reasoningTokens: { name: "reasoning_tokens", kind: "count", nullable: true },
  input: { name: "input", kind: "text", nullable: true },
  output: { name: "output", kind: "text", nullable: true },
  metadata: { name: "metadata", kind: "text", nullable: true },
} as const satisfies Record<keyof EngineSpan, Column>;

/** The tables: the columns of their fields, and the field that is a row's id. */
export const TABLES = {
  sessions: { columns: SESSION_COLUMNS, key: "sessionId" },
  spans: { columns: SPAN_COLUMNS, key: "id" },
} as const satisfies Record<TableName, { columns: Record<string, Column>; key: string }>;

/** Name of a table. */
export type TableName = "sessions" | "spans";

/** Fields of a table's rows with their columns, in order. */
export const fieldsOf = (table: TableName): [field: string, column: Column][] => Object.entries(TABLES[table].columns);

/** The column that is a row's id. */
export const keyColumn = (table: TableName): string =>
  fieldsOf(table).find(([field]) => field === TABLES[table].key)![1].name;
