import type { Redacted, Session } from "../model/mod.ts";
import { type ClickHouseAccess, clickHouseAccess } from "./clickhouse/access.ts";
import { EngineError } from "./engine.ts";
import type { EngineSpan, TableName } from "./schema.ts";

/** Tables of sessions and spans that rows are written to. */
export interface EngineSink {
  /** The spec, without secrets. */
  name: string;
  /** Which of these sessions are there. */
  known(sessionIds: readonly string[]): Promise<Set<string>>;
  /** Writes the rows whose id is not there yet, all or none of a batch; returns how many those were. */
  add(table: "sessions", rows: readonly Redacted<Session>[]): Promise<number>;
  add(table: "spans", rows: readonly Redacted<EngineSpan>[]): Promise<number>;
  /** Those of these sessions that are there. */
  sessions(sessionIds: readonly string[]): Promise<Session[]>;
  /** Writes sessions in the place of those with their ids. */
  replace(sessions: readonly Redacted<Session>[]): Promise<void>;
  count(table: TableName): Promise<number>;
  close(): Promise<void>;
}

/** Whether a spec names an engine. */
export function isEngine(spec: string): boolean {
  return /^(duckdb|clickhouse):/.test(spec);
}

/**
 * Opens the tables of a database for writing; makes them where there are none.
 *
 * @param spec `duckdb:PATH` or `clickhouse:http://HOST:PORT/DATABASE?cluster=NAME&nodes=URL,URL&replicated`
 * @throws {EngineError} when it cannot be written, or holds tables of another version
 */
export async function openSink(
  spec: string,
  options: { access?: ClickHouseAccess; env?: (name: string) => string | undefined } = {},
): Promise<EngineSink> {
  const { env = (name: string) => Deno.env.get(name) } = options;
  if (spec.startsWith("duckdb:")) {
    const { openDuckDbSink } = await import("./duckdb/sink.ts");
    return await openDuckDbSink(spec.slice("duckdb:".length));
  }
  if (spec.startsWith("clickhouse:")) {
    const { openClickHouseSink } = await import("./clickhouse/sink.ts");
    return await openClickHouseSink(spec, options.access ?? clickHouseAccess(env));
  }
  throw new EngineError(spec, "expected duckdb:PATH or clickhouse:http://HOST:PORT/DATABASE");
}
