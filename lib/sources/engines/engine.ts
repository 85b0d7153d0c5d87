import type { ColumnType } from "./columns.ts";

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

/** A row of an answer: names and texts as text, numbers as numbers, or as text or big integers where they have 64 bits. */
export type EngineRow = Record<string, unknown>;

/** How an engine's SQL differs from the others'. */
export interface Dialect {
  /** A text as a literal. */
  text(value: string): string;
  /** The values of `column` at the zero-based `ranks` among the `n` rows that fit `condition` (null: all), as a list. */
  ranks(column: string, ranks: readonly number[], n: number, condition: string | null): string;
  /** Sorts rows into an order that depends on their ids alone, the same in every engine. */
  shuffled(id: string): string;
}

/** A table of sessions in an engine. */
export interface Engine {
  /** The spec, without secrets: `duckdb:PATH`, `clickhouse:URL`. */
  name: string;
  /** What stands after FROM. */
  table: string;
  dialect: Dialect;
  /** The table's columns by name. @throws {EngineError} when there is no such table */
  columns(): Promise<Map<string, ColumnType>>;
  /** Something that changes when the table's rows do. */
  fingerprint(): Promise<string>;
  /** How many rows have a session id that another row has too; null where that was not checked, since there are too many. */
  repeatedIds(sessions: number): Promise<number | null>;
  /** The whole answer of a query, or an error: never a part. */
  rows(sql: string): Promise<EngineRow[]>;
  /** The answer in pieces, for what is large. */
  stream(sql: string): AsyncIterable<EngineRow[]>;
  close(): Promise<void>;
}
