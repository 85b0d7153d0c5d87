/** What the tests of engines compare. @module */
import { equal } from "node:assert/strict";
import { asInFile } from "../../lib/analysis/mod.ts";
import { fullResults, publishedPrices } from "../../lib/study/mod.ts";
import { datasetOf } from "../../lib/analysis/mod.ts";
import type { Dataset, DatasetInMemory, Session } from "../../lib/model/mod.ts";
import type { Limits } from "../../lib/engines/engine.ts";
import { DUCKDB_ROWS, tableColumns } from "./generated.ts";
import { sharedPath } from "./shared.ts";

/** Few enough sessions in memory that everything has to come from the engine. */
export const ALL_IN_ENGINE: Limits = { sessions: 0, sample: 0, cells: 200_000 };

/** Sessions in memory as a dataset. */
export function inMemory(sessions: Session[]): DatasetInMemory {
  return datasetOf({ name: "memory", sha256: "", sessions: sessions.length, sentence: "", caption: "" }, sessions);
}

/** All of `results.json` but the name of its source. */
export async function resultsWithoutSource(dataset: Dataset): Promise<Record<string, unknown>> {
  const { source, ...results } = asInFile(await fullResults(dataset, { prices: publishedPrices() }));
  equal((source as { sessions: number }).sessions, dataset.info.sessions);
  return results;
}

/** Runs SQL in a DuckDB database file (or in memory, without a path). */
export async function duckDb(path: string | null, ...statements: string[]): Promise<void> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(path ?? ":memory:");
  const connection = await instance.connect();
  try {
    for (const sql of statements) await connection.run(sql);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Generated sessions as a query; `over` replaces fields by expressions, null leaves one out. */
export function generatedQuery(count: number, over: Partial<Record<keyof Session, string | null>> = {}): string {
  const types: Partial<Record<keyof Session, string>> = {
    success: "TINYINT",
    officialSuccess: "TINYINT",
    wallClockS: "DOUBLE",
    recordedUsd: "DOUBLE",
    tokensEstimated: "BOOLEAN",
    cacheWriteTokens: "BIGINT",
    reasoningTokens: "BIGINT",
    judgeFailingCall: "BIGINT",
  };
  for (
    const field of [
      "failureMode",
      "judgeReasoning",
      "judgeReliability",
      "judgeFailingQuote",
      "topics",
      "taskId",
      "trial",
      "gradeOrigin",
      "startedAt",
    ] as const
  ) types[field] = "VARCHAR";
  const columns = tableColumns(DUCKDB_ROWS, over).map(({ field, name, expression }) =>
    `${field in types && !(field in over) ? `CAST(${expression} AS ${types[field]})` : expression} AS "${name}"`
  );
  return `SELECT ${columns.join(", ")} FROM range(${count}) AS t(i)`;
}

/** The recorded sessions with their official reward as verdict. */
export async function realSessions(): Promise<Session[]> {
  const { isFault, openTraces } = await import("../../lib/sources/mod.ts");
  const { sessionOf } = await import("../../lib/traces/mod.ts");
  const lines = (await Deno.readTextFile(sharedPath("traces/real-sessions/rewards.csv"))).trim().split("\n").slice(1);
  const rewards = new Map(lines.map((line) => line.split(",")).map((cells) => [cells[0]!, Number(cells[3])]));
  const sessions: Session[] = [];
  for await (const row of (await openTraces(sharedPath("traces/real-sessions/data"))).rows()) {
    if (isFault(row)) throw new Error(row.fault);
    const reward = rewards.get(row.sessionId);
    sessions.push({ ...sessionOf(row), success: reward === undefined ? null : reward === 1 ? 1 : 0 });
  }
  return sessions;
}
