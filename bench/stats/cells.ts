import { DuckDBInstance } from "@duckdb/node-api";
import { cellsOf } from "../../lib/analysis/mod.ts";
import type { Cell, Session } from "../../lib/model/mod.ts";
import { timed, type Timing } from "./timing.ts";

const KEYS = "benchmark, harness, deployment, model, run, success";
const QUERY = `SELECT ${KEYS}, count(*), sum("totalTokens"), sum("inputTokens"), sum("cachedTokens"),
  sum("outputTokens"), sum(calls), sum("durationS"), sum("recordedUsd")
  FROM sessions GROUP BY ${KEYS}`;

/** `cellsOf` on sessions in memory. */
export async function inMemory(sessions: readonly Session[], repeats: number): Promise<Timing & { cells: Cell[] }> {
  let cells: Cell[] = [];
  const timing = await timed(repeats, () => {
    cells = cellsOf(sessions);
  });
  return { ...timing, cells };
}

/** DuckDB's GROUP BY on a table in its memory, rows fetched; fails unless it counts what `cells` count. */
export async function inDuckDb(csv: string, cells: readonly Cell[], repeats: number): Promise<Timing> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  try {
    await connection.run(`CREATE TABLE sessions AS SELECT * FROM read_csv('${csv}', header = true, types = {
      'cachedTokens': 'BIGINT', 'recordedUsd': 'DOUBLE', 'success': 'TINYINT', 'durationS': 'DOUBLE' })`);
    let rows: unknown[][] = [];
    const timing = await timed(repeats, async () => {
      rows = await (await connection.runAndReadAll(QUERY)).getRows();
    });
    check(rows, cells);
    return timing;
  } finally {
    connection.closeSync();
  }
}

function check(rows: readonly unknown[][], cells: readonly Cell[]): void {
  const text = (values: readonly unknown[]) => values.map((v) => v === null ? "" : String(v)).join("|");
  const theirs = rows.map(text).sort();
  const ours = cells.map((c) =>
    text([
      c.benchmark,
      c.harness,
      c.deployment,
      c.model,
      c.run,
      c.verdict,
      c.sessions,
      c.tokens,
      c.inputTokens,
      c.cachedTokens,
      c.outputTokens,
      c.calls,
      c.durationS,
      c.recordedUsd,
    ])
  ).sort();
  const different = ours.findIndex((row, i) => row !== theirs[i]);
  if (ours.length !== theirs.length || different >= 0) {
    throw new Error(
      `cells differ: ${ours.length} and ${theirs.length}; ours ${ours[different]}, DuckDB ${theirs[different]}`,
    );
  }
}
