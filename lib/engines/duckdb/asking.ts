import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from "@duckdb/node-api";
import { EngineError } from "../engine.ts";
import { explainedDuckDb } from "./duckdb.ts";

/** A connection that is asked one thing after another, each within a time. */
export interface Asking {
  /** Rows as columns of values. @throws {EngineError} for what cannot be answered, or not in time */
  columns(sql: string, values?: DuckDBValue[]): Promise<DuckDBValue[][]>;
  /** Rows as objects. @throws {EngineError} as above */
  rows(sql: string, values?: DuckDBValue[]): Promise<Record<string, unknown>[]>;
  /** Breaks off what is being asked, and lets go of the connection. */
  close(): Promise<void>;
}

/** Opens a connection of its own for questions that take so many seconds at most. */
export async function asking(instance: DuckDBInstance, name: string, seconds: number): Promise<Asking> {
  const connection: DuckDBConnection = await instance.connect();
  // A connection has one result at a time.
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  const inTurn = (sql: string, values: DuckDBValue[] = []) => {
    const mine = last.then(() => {
      if (closed) throw new EngineError(name, "it is closed");
      return answered(connection, name, sql, values, seconds);
    });
    last = mine.catch(() => {});
    return mine;
  };
  return {
    columns: async (sql, values) => (await inTurn(sql, values)).getColumns(),
    rows: async (sql, values) => (await inTurn(sql, values)).getRowObjects() as Record<string, unknown>[],
    async close() {
      closed = true;
      connection.interrupt();
      await last;
      connection.closeSync();
    },
  };
}

async function answered(
  connection: DuckDBConnection,
  name: string,
  sql: string,
  values: DuckDBValue[],
  seconds: number,
) {
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    connection.interrupt();
  }, 1000 * seconds);
  try {
    return await connection.runAndReadAll(sql, values);
  } catch (error) {
    const why = late ? `took more than ${seconds} s and was broken off; filter first` : explainedDuckDb(error as Error);
    throw new EngineError(name, why, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
