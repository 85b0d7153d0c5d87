/**
 * One measured piece of work in a process of its own: `work.ts TASK PATH`. Nothing but the work is timed: the modules are
 * loaded before.
 *
 * @module
 */
import { DuckDBInstance } from "@duckdb/node-api";
import { isFault, openTraces } from "../../lib/sources/mod.ts";
import { conversationOf } from "../../lib/traces/mod.ts";
import { report } from "../measure.ts";

const [task, path] = Deno.args as [string, string];

async function sessions(texts: boolean): Promise<Record<string, number>> {
  const counts = { sessions: 0, calls: 0, messages: 0 };
  for await (const row of (await openTraces(path)).rows()) {
    if (isFault(row)) throw new Error(row.fault);
    counts.sessions++;
    counts.calls += row.spans.length;
    if (texts) counts.messages += conversationOf(row).at(-1)?.input.length ?? 0;
  }
  return counts;
}

const TASKS: Record<string, () => Promise<Record<string, number>>> = {
  rows: () => sessions(false),
  texts: () => sessions(true),
  // DuckDB makes columns of the keys, which the hash of the whole row uses, so that none is skipped.
  duckdb: async () => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const files = path.endsWith(".jsonl") ? path : `${path}/**/*.jsonl`;
    const reader = await connection.runAndReadAll(`SELECT count(*) AS lines, sum(hash(t) % 1000) AS rest FROM
      read_json('${files}', format = 'newline_delimited', maximum_object_size = 100000000, union_by_name = true) AS t`);
    const [row] = reader.getRowObjects();
    return { lines: Number(row!["lines"]) };
  },
};

await report(TASKS[task]!);
