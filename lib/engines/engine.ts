import type { Filter } from "../analysis/counts/mod.ts";
import type { Cell, Distributions, Held, Session } from "../model/mod.ts";

/** An engine that cannot answer, or must not be asked; the message names the source and says what to do. */
export class EngineError extends Error {
  /** The class's name. */
  override readonly name = "EngineError";
  /** The message is `source: detail`. */
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
  /** The message is `source: detail`. */
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

/** How much is taken out of an engine. */
export interface Limits {
  /** Most sessions that are held in memory; beyond, they stay in the engine. */
  sessions: number;
  /** Where they stay: how many are held all the same, as a sample; 0 for none. */
  sample: number;
  /** Most cells; more means that a column holds ids instead of names. */
  cells: number;
}

/** What an engine was asked for: everything that an analysis needs. */
export type Answer = {
  cells: Cell[];
  distributions: Distributions;
  /** Rows whose session id another row has too; null where there are too many to check. */
  repeatedIds: number | null;
  /** Sessions whose tokens were counted by a tokenizer; null where that cannot be told. */
  tokensEstimated: number | null;
} & Held;

/** Whatever holds sessions and counts them: memory, or a database. */
export interface Engine {
  /** The spec, without secrets: `duckdb:PATH`, `clickhouse:URL`, `braintrust:PROJECT`. */
  name: string;
  /**
   * Cells, distributions, and the sessions themselves where they are few.
   *
   * @param filter which part is wanted; of an engine that holds the sessions itself, by names of cells
   * @throws {EngineError} when there is no session, or what was counted does not come to rest
   * @throws {RowError} for values that no session has
   */
  answer(limits: Limits, filter?: Filter): Promise<Answer>;
  /** Lets go of files and connections. */
  close(): Promise<void>;
}

/** Sessions in a database, as it is asked by SQL. */
export interface SqlEngine extends Omit<Engine, "answer"> {
  /** How its SQL is written. */
  dialect: Dialect;
  /** FROM, with WHERE where there is a condition. */
  from(condition: string | null): string;
  /** Something that changes when the rows do. @throws {EngineError} where the engine cannot count what is asked of it */
  fingerprint(): Promise<string>;
  /** How many of all sessions have tokens that were counted by a tokenizer, where that is known without a query of its own. */
  estimated?(): Promise<number | null>;
  /** How many rows have a session id that another row has too; null where that was not checked. */
  repeatedIds(sessions: number): Promise<number | null>;
  /** The whole answer of a query, or an error: never a part. */
  rows(sql: string): Promise<EngineRow[]>;
  /** All groups of a query, in pieces; with a limit that many at most, if the engine can stop there. */
  groups(query: GroupQuery, limit?: number): AsyncIterable<EngineRow[]>;
  /**
   * Every session in full, in any order; with a number, a sample of that many that is the same each time.
   *
   * @param where a condition in SQL; null for all
   */
  sessions(sample: number | null, where?: string | null): AsyncIterable<Session[]>;
}
