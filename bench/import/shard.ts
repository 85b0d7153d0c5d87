import { DuckDBInstance } from "@duckdb/node-api";

/** Size and shape of a generated shard. */
export interface ShardOptions {
  sessions: number;
  calls: number;
  rowsPerGroup: number;
}

/** Words that each call adds: with 25 calls a session's inputs come to about 1.5 MB. */
const WORDS_PER_CALL = 660;

/**
 * Writes a shard in the shape of `agent-llm-traces-v2`: sessions whose inputs repeat the history, in texts of invented
 * words with quotes, line breaks and, in each fifth session, letters beyond Latin-1. The same options give the same rows.
 */
export async function writeShard(path: string, { sessions, calls, rowsPerGroup }: ShardOptions): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  try {
    await connection.run(MACROS);
    const groups = Math.ceil(sessions / rowsPerGroup);
    // A branch a row group: DuckDB works by vectors of rows, and one of all rows would hold the whole shard in memory.
    const branches = Array.from({ length: groups }, (_, g) => {
      const to = Math.min(sessions, (g + 1) * rowsPerGroup);
      return sessionsSql(`range(${g * rowsPerGroup}, ${to})`, calls);
    });
    await connection.run(`COPY (${branches.join(" UNION ALL ")})
      TO '${path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowsPerGroup})`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const MACROS = `
  CREATE MACRO word(h) AS substr('theandforthatwithhavethisfromtheywhatwillyourfindlinecodefilebookflightdaterunpass',
    1 + (h % 70)::INT, 2 + ((h // 97) % 9)::INT);
  CREATE MACRO words(s, k, n) AS array_to_string(list_transform(range(n), i -> word(hash(s, k, i))), ' ');
  CREATE MACRO turn(s, k) AS '{"role": "assistant", "parts": [{"type": "tool_call", "id": "call_' || k ||
    '", "name": "bash", "arguments": {"command": "grep -n \\"' || word(hash(s, k)) || '\\" *.py"}}]}, ' ||
    '{"role": "tool", "parts": [{"type": "tool_call_response", "id": "call_' || k || '", "result": "' ||
    CASE WHEN s % 5 = 0 THEN '→ ' ELSE '' END || words(s, k, ${WORDS_PER_CALL}) || '\\n"}]}';
  CREATE MACRO opening(s) AS '{"role": "user", "parts": [{"type": "text", "content": "Please find ' || words(s, 99, 40) ||
    '"}]}';
  CREATE MACRO iso(s, seconds) AS strftime(TIMESTAMP '2026-05-01' + to_seconds(s * 900 + seconds), '%Y-%m-%dT%H:%M:%S.%f+00:00');`;

function sessionsSql(range: string, calls: number): string {
  return `
    SELECT printf('%012x_%08x', s // 40, s) AS session_id,
      ['tool_calling', 'claude_code', 'smolagent'][1 + s % 3] AS harness,
      ['tau2_airline', 'swebench', 'appworld'][1 + (s // 3) % 3] AS benchmark,
      ['azure/Kimi-K2.5'] AS models, '2026-05-07T09:00:00.000000' AS collected_at,
      60000::BIGINT AS max_tokens, (${calls} * 16000)::BIGINT AS total_tokens,
      'all' AS benchmark_subset, (s % 2)::DOUBLE AS score, s % 2 = 1 AS success,
      CASE WHEN s % 2 = 1 THEN 'success' ELSE 'unsuccessful' END AS status,
      ${calls}::BIGINT AS steps, ${calls}::BIGINT AS action_count, 0.25::DOUBLE AS agent_cost, 0.01::DOUBLE AS benchmark_cost,
      (${calls} * 20)::DOUBLE AS execution_time,
      list_transform(range(1, ${calls} + 1), k -> {
        'trace_id': md5('t' || s), 'span_id': substr(md5(s || '/' || k), 1, 16), 'parent_span_id': NULL::VARCHAR,
        'name': 'chat azure/Kimi-K2.5', 'kind': 'CLIENT',
        'start_time': iso(s, k * 20), 'end_time': iso(s, k * 20 + 15),
        'status': {'code': 1, 'message': ''},
        'attributes': {
          'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'azure/Kimi-K2.5',
          'gen_ai.response.model': 'azure/Kimi-K2.5', 'gen_ai.response.id': 'chatcmpl-' || md5('r' || s || '/' || k),
          'gen_ai.response.finish_reasons': ['tool_calls'],
          'gen_ai.usage.input_tokens': (k * 1200 + s % 1000)::BIGINT, 'gen_ai.usage.output_tokens': (40 + s % 17)::BIGINT,
          'gen_ai.input.messages': '[' || opening || CASE WHEN k > 1 THEN ', ' ELSE '' END ||
            array_to_string(turns[1:k - 1], ', ') || ']',
          'gen_ai.output.messages': '[{"role": "assistant", "parts": [{"type": "text", "content": "' ||
            words(s, 1000 + k, 20) || '"}]}]',
          'gen_ai.tool.definitions': '[{"type": "function", "name": "bash", "description": "Run a command"}]',
          'gen_ai.system_instructions': '[{"type": "text", "content": "You fix bugs in a repository."}]'}}) AS spans
    FROM (SELECT s, opening(s) AS opening, list_transform(range(1, ${calls} + 1), k -> turn(s, k)) AS turns
      FROM (SELECT range AS s FROM ${range}))`;
}
