import { DuckDBInstance } from "@duckdb/node-api";

/** The same work done by DuckDB, with its own defaults (all cores, no memory limit). */
export function duckdb(file: string, out: string): Record<string, () => Promise<Record<string, number>>> {
  const query = async (sql: string) => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    return (await connection.runAndReadAll(sql)).getRowObjects()[0] as Record<string, bigint | number | null>;
  };
  const counted = async (sql: string) =>
    Object.fromEntries(Object.entries(await query(sql)).map(([name, value]) => [name, Number(value)]));
  const attribute = (name: string) => `s.attributes."gen_ai.${name}"`;
  const columns =
    `session_id, harness, benchmark, models, collected_at, total_tokens, score, success, status, agent_cost,
    benchmark_cost`;
  return {
    // Every column that our reader reads is used, so none is skipped; nothing is brought over into JavaScript.
    "duckdb-read": () =>
      counted(`
        SELECT count(DISTINCT session_id) AS sessions, sum(coalesce(length(${attribute("input.messages")}), 0) +
          coalesce(length(${attribute("output.messages")}), 0)) AS characters, sum(hash(harness, benchmark, models,
          collected_at, total_tokens, score, success, status, agent_cost, benchmark_cost, max_tokens, benchmark_subset,
          steps, action_count, execution_time, s.trace_id, s.span_id, s.parent_span_id, s.name, s.start_time, s.end_time,
          s.status, ${attribute("operation.name")}, ${attribute("request.model")}, ${attribute("response.model")},
          ${attribute("response.finish_reasons")}, ${attribute("usage.input_tokens")},
          ${attribute("usage.output_tokens")}, ${attribute("tool.definitions")},
          ${attribute("system_instructions")}) % 1000) AS rest
        FROM (SELECT *, unnest(spans) AS s FROM read_parquet('${file}'))`),
    "duckdb-json": async () => {
      await query(`COPY (SELECT * FROM read_parquet('${file}')) TO '${out}' (FORMAT json)`);
      return { bytesWritten: (await Deno.stat(out)).size };
    },
    "duckdb-metadata": () =>
      counted(`SELECT count(*) AS sessions, sum(hash(${columns}) % 1000) AS rest FROM read_parquet('${file}')`),
    "duckdb-numbers": () =>
      counted(`
        SELECT count(DISTINCT session_id) AS sessions, sum(tokens) AS tokens FROM (
          SELECT session_id, benchmark, harness, models[1] AS model, success, agent_cost,
            sum(${attribute("usage.input_tokens")} + ${attribute("usage.output_tokens")}) AS tokens,
            sum((s.status.code = 2)::INT) AS errors, count(*) AS calls,
            arg_max(s.end_time::TIMESTAMPTZ, s.start_time::TIMESTAMPTZ) - min(s.start_time::TIMESTAMPTZ) AS duration
          FROM (SELECT *, unnest(spans) AS s FROM read_parquet('${file}')) GROUP BY ALL)`),
  };
}
