import type { Session } from "../model/mod.ts";

/** An engine that cannot answer, or must not be asked; the message names the source and says what to do. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  constructor(source: string, detail: string, options?: ErrorOptions) {
    super(`${source}: ${detail}`, options);
  }
}

/** The server did not answer, or the connection broke: what it did in the meantime is not known. */
export class ConnectionLost extends EngineError {}

/** The answers of an engine do not fit together: the table was written to between them. */
export class ChangedError extends EngineError {}

/** The server understood, and will not or cannot do it. */
export class ServerError extends EngineError {
  constructor(source: string, detail: string, /** The server's own number of the error. */ readonly code: string) {
    super(source, detail);
  }
}

/** A row of an answer: names and texts as text, numbers as numbers, or as text or big integers where they have 64 bits. */
export type EngineRow = Record<string, unknown>;

/** How an engine's SQL differs from the others'. */
export interface Dialect {
  /** A session's field in SQL; null where the rows do not have it. */
  column(field: keyof Session): string | null;
  /** A text as a literal. */
  text(value: string): string;
  /** How many different values there are. */
  distinct(column: string): string;
  /**
   * The values of `column` at the zero-based `ranks` among the `n` rows that fit `condition` (null: all), as a list. Null
   * where the engine has no exact quantile: then ranks are found by counting.
   */
  ranks: ((column: string, ranks: readonly number[], n: number, condition: string | null) => string) | null;
}

/** A query of groups, in parts. */
export interface GroupQuery {
  /** What stands after SELECT. */
  select: string;
  /** Which rows; null for all. */
  where: string | null;
  /** What stands after GROUP BY. */
  groupBy: string;
  /** One of the names grouped by and its alias, for an engine that answers groups in pages. */
  key: { column: string; alias: string };
}

/** Rows of sessions in an engine. */
export interface Engine {
  /** The spec, without secrets: `duckdb:PATH`, `clickhouse:URL`, `braintrust:PROJECT`. */
  name: string;
  dialect: Dialect;
  /** FROM, with WHERE where there is a condition. */
  from(condition: string | null): string;
  /** Something that changes when the rows do. @throws {EngineError} where the engine cannot count what is asked of it */
  fingerprint(): Promise<string>;
  /** How many rows have a session id that another row has too; null where that was not checked. */
  repeatedIds(sessions: number): Promise<number | null>;
  /** The whole answer of a query, or an error: never a part. */
  rows(sql: string): Promise<EngineRow[]>;
  /** All groups of a query, in pieces; with a limit that many at most, if the engine can stop there. */
  groups(query: GroupQuery, limit?: number): AsyncIterable<EngineRow[]>;
  /** Every session in full, in any order; with a number, a sample of that many that is the same each time. */
  sessions(sample: number | null): AsyncIterable<Session[]>;
  close(): Promise<void>;
}
