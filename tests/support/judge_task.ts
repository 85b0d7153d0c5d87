import { messagesText, type TraceRow } from "../../lib/model/mod.ts";

const root = new URL("../../", import.meta.url);

/** Writes sessions as JSON lines in the shape of the published data set, which `deno task judge` reads. */
export async function writeSessions(path: string, rows: readonly TraceRow[]): Promise<void> {
  const lines = rows.map((row) =>
    JSON.stringify({
      session_id: row.sessionId,
      benchmark: row.benchmark,
      harness: row.harness,
      models: row.models,
      collected_at: null,
      max_tokens: 0,
      total_tokens: 0,
      spans: row.spans.map((span) => ({
        trace_id: span.traceId,
        span_id: span.spanId,
        parent_span_id: null,
        name: span.name,
        kind: "SPAN_KIND_CLIENT",
        type: "llm_call",
        start_time: span.startTime,
        end_time: span.endTime,
        status: span.status,
        attributes: {
          "gen_ai.operation.name": "chat",
          "gen_ai.request.model": span.requestModel,
          "gen_ai.usage.input_tokens": span.inputTokens,
          "gen_ai.usage.output_tokens": span.outputTokens,
          "gen_ai.input.messages": messagesText(span.inputMessages),
          "gen_ai.output.messages": messagesText(span.outputMessages),
          "gen_ai.tool.definitions": span.toolDefinitions,
        },
      })),
    }) + "\n"
  );
  await Deno.writeTextFile(path, lines.join(""));
}

/** Starts `deno task judge` as a process of its own, as a user would; an endpoint of null sets none. */
export function startJudge(
  args: string[],
  endpoint: string | null,
  key = "sk-test-0123456789abcdef",
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", new URL("tasks/atl.ts", root).pathname, "judge", ...args],
    cwd: new URL(".", root).pathname,
    env: { ...endpoint === null ? {} : { OPENAI_API_KEY: key, OPENAI_BASE_URL: endpoint }, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** What a process said and how it ended. */
export async function ended(child: Deno.ChildProcess): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}
