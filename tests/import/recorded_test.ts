import assert from "node:assert/strict";
import type { BraintrustRow } from "../../lib/braintrust/mod.ts";
import { importTraces } from "../../lib/import/mod.ts";
import { openTraces } from "../../lib/sources/mod.ts";
import { childRowId, redactSecrets, rootRowId } from "../../lib/traces/mod.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";
import { filesOf, inTemporaryFolder } from "./source.ts";

const REAL = "traces/real-sessions/data";

async function duckdb(sql: string): Promise<Record<string, unknown>[]> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, unknown>[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** All texts of a call's messages, in order: contents, tool names, arguments. Written apart from the library on purpose. */
function textsOf(json: string): string[] {
  type Part = { type: string; content?: string; name?: string; arguments?: unknown; result?: string };
  const messages = JSON.parse(json) as { role: string; parts: Part[] }[];
  return messages.flatMap(({ role, parts }) =>
    parts.flatMap((part) =>
      part.type === "text"
        ? [`${role}: ${part.content}`]
        : part.type === "tool_call"
        ? [`call ${part.name} ${JSON.stringify(part.arguments)}`]
        : [`tool: ${part.result}`]
    )
  );
}

function textsOfRow(messages: BraintrustRow["input"]): string[] {
  if (!Array.isArray(messages)) return [];
  return messages.flatMap(({ role, content, tool_calls = [] }) => [
    ...(content === null ? [] : [`${role}: ${content}`]),
    ...tool_calls.map((call) => `call ${call.function.name} ${call.function.arguments}`),
  ]);
}

onRecorded(
  REAL,
  "the real sessions come out as DuckDB reads them: 104 sessions, 1,479 calls, every text",
  () =>
    inTemporaryFolder(async (dir) => {
      const source = `${sharedPath(REAL)}/*.parquet`;
      const manifest = await importTraces(await openTraces(source), dir);
      assert.deepEqual([manifest.sessions, manifest.calls, manifest.rows], [104, 1479, 1583]);
      assert.deepEqual([manifest.malformed, manifest.leftOut.setAside], [{}, {}]);

      const lines = (await Deno.readTextFile(`${dir}/spans-00001.jsonl`)).trimEnd().split("\n");
      const rows = new Map(lines.map((line) => JSON.parse(line) as BraintrustRow).map((row) => [row.id, row]));
      assert.equal(rows.size, 1583);

      const calls = await duckdb(`
      SELECT session_id, generate_subscripts(spans, 1) AS i, unnest(spans) AS s FROM read_parquet('${source}')`);
      assert.equal(calls.length, 1479);
      for (const { session_id, i, s } of calls as { session_id: string; i: number; s: RecordedSpan }[]) {
        const row = rows.get(childRowId(session_id, Number(i) + 1, s.span_id));
        assert.ok(row, `${session_id} ${s.span_id} is not there`);
        const clean = (json: string) => textsOf(json).map((text) => redactSecrets(text).text);
        assert.deepEqual(textsOfRow(row.input), clean(s.attributes["gen_ai.input.messages"]));
        assert.deepEqual(textsOfRow(row.output), clean(s.attributes["gen_ai.output.messages"]));
        assert.equal(row.metrics.prompt_tokens, Number(s.attributes["gen_ai.usage.input_tokens"]));
        assert.equal(row.metrics.end, Date.parse(s.end_time) / 1000);
        assert.deepEqual(row.span_parents, [rootRowId(session_id)]);
      }

      const sessions = `
      SELECT session_id, benchmark, harness, models[1] AS deployment, total_tokens,
        len(spans)::BIGINT AS calls, list_sum([s.attributes."gen_ai.usage.input_tokens" for s in spans])::BIGINT AS input_tokens
      FROM read_parquet('${source}') ORDER BY 1`;
      const table = `
      SELECT session_id, benchmark, harness, deployment, total_tokens, calls, input_tokens
      FROM read_parquet('${dir}/sessions.parquet') ORDER BY 1`;
      assert.deepEqual(await duckdb(table), await duckdb(sessions));
    }),
);

interface RecordedSpan {
  span_id: string;
  end_time: string;
  attributes: Record<"gen_ai.input.messages" | "gen_ai.output.messages" | "gen_ai.usage.input_tokens", string>;
}

onRecorded(
  "traces/v1-spans",
  "calls, tokens, error spans and both durations of the 46 v1 sessions are as published",
  () =>
    inTemporaryFolder(async (dir) => {
      const manifest = await importTraces(await openTraces(sharedPath("traces/v1-spans/data")), dir);
      assert.deepEqual([manifest.sessions, manifest.calls, manifest.malformed], [46, 2294, {}]);
      const found = await duckdb(`
      SELECT session_id, deployment, calls, input_tokens, output_tokens, total_tokens, error_spans,
        printf('%.6f', duration_s) AS d, printf('%.6f', wall_clock_s) AS w
      FROM read_parquet('${dir}/sessions.parquet')`);
      const expected = (await Deno.readTextFile(sharedPath("traces/v1-spans/expected.csv"))).trim().split(/\r?\n/)
        .slice(1);
      assert.deepEqual(found.map((row) => Object.values(row).join()).sort(), expected.sort());
    }),
);

onRecorded(
  REAL,
  "deno task import, killed again and again, ends with the bytes of a run that was not",
  () =>
    inTemporaryFolder(async (dir) => {
      const task = new URL("../../tasks/atl.ts", import.meta.url);
      const run = (out: string) =>
        new Deno.Command(Deno.execPath(), {
          args: ["run", "-A", decodeURIComponent(task.pathname), "import", sharedPath(REAL), "--out", out],
          stdout: "null",
          stderr: "null",
        }).spawn();
      const began = performance.now();
      assert.deepEqual((await run(`${dir}/whole`).status).code, 0);
      const tookMs = performance.now() - began;
      let kills = 0;
      for (let i = 0; i < 12; i++) {
        const child = run(`${dir}/killed`);
        // Moments spread over the whole run by the golden ratio, so that each test run kills in the same places of it.
        const timer = setTimeout(() => killed(child), tookMs * (0.3 + 0.7 * (i * 0.618 % 1)));
        kills += (await child.status).signal === "SIGKILL" ? 1 : 0;
        clearTimeout(timer);
      }
      assert.ok(kills > 0, "no run was killed before its end");
      assert.deepEqual((await run(`${dir}/killed`).status).code, 0);
      assert.deepEqual(await filesOf(`${dir}/killed`), await filesOf(`${dir}/whole`));
    }),
);

/** Kills a process, unless it has just ended by itself. */
function killed(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    assert.ok(error instanceof TypeError, String(error));
  }
}
