import type { Redacted, Session } from "../model/mod.ts";
import type { EngineSpan, TableName } from "./schema.ts";

/** Tables of sessions and spans that rows are written to. */
export interface EngineSink {
  /** The spec, without secrets. */
  name: string;
  /** Which of these sessions are there. */
  known(sessionIds: readonly string[]): Promise<Set<string>>;
  /** Writes the rows whose id is not there yet, all or none of a batch; returns how many those were. */
  add(table: "sessions", rows: readonly Redacted<Session>[]): Promise<number>;
  /** The same for spans. */
  add(table: "spans", rows: readonly Redacted<EngineSpan>[]): Promise<number>;
  /** Those of these sessions that are there. */
  sessions(sessionIds: readonly string[]): Promise<Session[]>;
  /** Writes sessions in the place of those with their ids. */
  replace(sessions: readonly Redacted<Session>[]): Promise<void>;
  /** How many rows a table has. */
  count(table: TableName): Promise<number>;
  /** Lets go of files and connections. */
  close(): Promise<void>;
}
