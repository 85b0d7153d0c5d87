import { SESSION_COLUMNS, type SessionColumn } from "./columns.ts";

/** Version of the tables that `deno task import --to` writes; one that differs is not written to. */
export const SCHEMA_VERSION = 1;

/** One row of the table of spans: the session itself (position 1), or one of its model calls. */
export interface EngineSpan {
  /** The row's id in Braintrust too: the same session gives the same ids again. */
  id: string;
  sessionId: string;
  /** The session's row; null for the session itself. */
  parentId: string | null;
  /** 1 for the session, 2 for its first call. */
  position: number;
  name: string;
  /** Microseconds since 1970. */
  startUs: number | null;
  endUs: number | null;
  error: string | null;
  requestModel: string | null;
  responseModel: string | null;
  /** JSON text of a list. */
  finishReasons: string | null;
  inputTokens: number | null;
  cachedTokens: number | null;
  outputTokens: number | null;
  /** The task, or JSON text of the call's messages; null unless texts are loaded. */
  input: string | null;
  output: string | null;
  /** JSON text of everything else that is known of the row. */
  metadata: string | null;
}

/** Columns of the table of spans, in the order of {@link EngineSpan}. */
export const SPAN_COLUMNS = {
  id: { kind: "text", nullable: false },
  sessionId: { kind: "text", nullable: false },
  parentId: { kind: "text", nullable: true },
  position: { kind: "integer", nullable: false },
  name: { kind: "text", nullable: false },
  startUs: { kind: "integer", nullable: true },
  endUs: { kind: "integer", nullable: true },
  error: { kind: "text", nullable: true },
  requestModel: { kind: "text", nullable: true },
  responseModel: { kind: "text", nullable: true },
  finishReasons: { kind: "text", nullable: true },
  inputTokens: { kind: "integer", nullable: true },
  cachedTokens: { kind: "integer", nullable: true },
  outputTokens: { kind: "integer", nullable: true },
  input: { kind: "text", nullable: true },
  output: { kind: "text", nullable: true },
  metadata: { kind: "text", nullable: true },
} as const satisfies Record<keyof EngineSpan, SessionColumn>;

/** The tables: their columns, and the one that is a row's id. */
export const TABLES = {
  sessions: { columns: SESSION_COLUMNS, key: "sessionId" },
  spans: { columns: SPAN_COLUMNS, key: "id" },
} as const satisfies Record<string, { columns: Record<string, SessionColumn>; key: string }>;

/** Name of a table. */
export type TableName = keyof typeof TABLES;
