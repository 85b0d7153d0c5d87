/** Rows of JSON as recorders write them, for tests that care about a few of their values. @module */
import { isFault, openTraces, recordedSessions } from "../../lib/sources/mod.ts";
import type { Session, TraceRow } from "../../lib/model/mod.ts";
import { sessionOf } from "../../lib/traces/mod.ts";

const messages = (role: string, content: string) => JSON.stringify([{ role, parts: [{ type: "text", content }] }]);

/** A session of one call. */
export function aJsonRow(
  { span = {}, attributes = {}, ...fields }: {
    span?: Record<string, unknown>;
    attributes?: Record<string, unknown>;
    [field: string]: unknown;
  } = {},
): Record<string, unknown> {
  return {
    session_id: "run_1",
    harness: "h",
    benchmark: "b",
    models: ["m"],
    collected_at: "2026-09-02T00:00:00Z",
    spans: [{
      trace_id: "t",
      span_id: "s1",
      parent_span_id: null,
      name: "chat",
      kind: "c",
      type: "llm_call",
      start_time: "2026-09-01T00:00:00Z",
      end_time: "2026-09-01T00:00:02Z",
      status: { code: 1, message: "" },
      ...span,
      attributes: {
        "gen_ai.request.model": "m",
        "gen_ai.usage.input_tokens": 1000,
        "gen_ai.usage.output_tokens": 100,
        "gen_ai.input.messages": messages("user", "Name a bird."),
        "gen_ai.output.messages": messages("assistant", "Wren."),
        ...attributes,
      },
    }],
    ...fields,
  };
}

/** What a text of JSON lines gives. */
export interface RowsRead {
  rows: TraceRow[];
  faults: string[];
  /** Numbers alone, as `deno task numbers` reads them. */
  sessions: Session[];
  notes: ReturnType<Awaited<ReturnType<typeof openTraces>>["notes"]>;
}

/** Reads JSON lines twice: their rows, and their numbers, which have to be those of the rows. */
export async function readJsonRows(text: string | Uint8Array, name = "rows.jsonl"): Promise<RowsRead> {
  const dir = await Deno.makeTempDir();
  const path = `${dir}/${name}`;
  try {
    if (typeof text === "string") await Deno.writeTextFile(path, text);
    else await Deno.writeFile(path, text);
    const stream = await openTraces(path);
    const items = await Array.fromAsync(stream.rows());
    const rows = items.filter((item): item is TraceRow => !isFault(item));
    const { sessions } = rows.length ? await recordedSessions(path) : { sessions: [] };
    const made = rows.map((row) => sessionOf(row, null));
    if (JSON.stringify(sessions) !== JSON.stringify(made)) {
      throw new Error(`numbers read ${JSON.stringify(sessions)}, rows ${JSON.stringify(made)}`);
    }
    const faults = items.filter(isFault).map(({ fault }) => fault.replaceAll(path, "FILE"));
    return { rows, faults, sessions, notes: stream.notes() };
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}
