import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { BUILT_IN, isFault, openTraces } from "../../lib/sources/mod.ts";
import { fileBuffer } from "../../lib/sources/parquet/file.ts";
import { readMetadataOnly, readSessions } from "../../lib/sources/parquet/sessions.ts";
import { checkRow, messagesText, type TraceRow } from "../../lib/model/mod.ts";
import { sessionSchema } from "../../lib/model/session_row.ts";
import { traceRowSchema } from "../../lib/model/trace_row.ts";
import { sessionOf } from "../../lib/traces/mod.ts";
import { columnsOf, writeParquet } from "../fixtures/parquet.ts";
import { v1Row, v2Row } from "../fixtures/shapes.ts";
import { recorded, type Story } from "../fixtures/story.ts";
import { STORIES } from "../fixtures/stories.ts";
import { needs } from "../support/needs.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";

const FOLDER = decodeURIComponent(new URL("../fixtures/", import.meta.url).pathname);
/** Floating-point microseconds in seconds. */
const SECONDS = { atol: 1e-6 };

/** The rows of a source, none of them a fault. */
async function rowsOf(spec: string): Promise<TraceRow[]> {
  const items = await Array.fromAsync((await openTraces(spec)).rows());
  deepEqual(items.filter(isFault), []);
  return items.map((item, i) => checkRow(traceRowSchema, item, spec, i));
}

/** What the reader should make of a story, by the story alone. */
function expectedSpans(story: Story, system: boolean) {
  return recorded(story).map((call) => ({
    spanId: call.spanId,
    startTime: call.startTime.replace("Z", "+00:00"),
    status: { code: call.statusCode, message: call.statusMessage },
    finishReasons: [call.finishReason],
    inputTokens: call.inputTokens,
    outputTokens: call.outputTokens,
    turns: call.input.length + (system ? 1 : 0),
    output: call.output,
  }));
}

function foundSpans(row: TraceRow) {
  return row.spans.map((span) => ({
    spanId: span.spanId,
    startTime: span.startTime,
    status: span.status,
    finishReasons: span.finishReasons,
    inputTokens: span.inputTokens,
    outputTokens: span.outputTokens,
    turns: JSON.parse(messagesText(span.inputMessages)!).length,
    output: JSON.parse(messagesText(span.outputMessages)!),
  }));
}

needs(["read"], "a v1 file gives its sessions as they were written", async () => {
  const rows = await rowsOf(`${FOLDER}traces_v1.parquet`);
  deepEqual(rows.map((row) => row.sessionId), STORIES.map((story) => story.sessionId));
  deepEqual(rows.map(foundSpans), STORIES.map((story) => expectedSpans(story, true)));
  deepEqual(rows.map((row) => row.grades), STORIES.map(() => null));
  deepEqual(rows.map((row) => row.models), STORIES.map((story) => [story.model]));
  deepEqual(Object.keys(rows[0]!.metadata), ["max_tokens"]);
});

needs(["read"], "a v2 file in three row groups gives grades and the system's text", async () => {
  const rows = await rowsOf(`${FOLDER}traces_v2.parquet`);
  deepEqual(rows.map(foundSpans), STORIES.map((story) => expectedSpans(story, false)));
  deepEqual(
    rows.map((row) => row.grades),
    STORIES.map(({ grade }) => ({
      ...grade,
      origin: "official",
      success: grade.success === null ? null : Number(grade.success),
    })),
  );
  deepEqual(JSON.parse(rows[0]!.spans[0]!.systemInstructions!), [{ type: "text", content: STORIES[0]!.system }]);
  equal(rows[0]!.metadata["benchmark_subset"], "invented");
});

needs(["read"], "the repeated hash of the same files is the same, and covers all of them", async () => {
  const one = await openTraces(`${FOLDER}traces_v1.parquet`);
  const both = await openTraces(`${FOLDER}traces_v1.parquet,${FOLDER}traces_v2.parquet`);
  equal(await (await openTraces(`${FOLDER}traces_v1.parquet`)).sha256(), await one.sha256());
  ok(await one.sha256() !== await both.sha256());
  equal(both.estimatedRows, 2 * STORIES.length);
});

for (const codec of ["SNAPPY", "ZSTD", "GZIP", "UNCOMPRESSED"] as const) {
  needs(["read", "write", "ffi", "env", "sys"], `pages compressed by ${codec} are read`, async () => {
    await withFile(STORIES.map(v2Row), "v2", { codec, rowsPerGroup: 2 }, async (path) => {
      deepEqual((await rowsOf(path)).map(foundSpans), STORIES.map((story) => expectedSpans(story, false)));
    });
  });
}

for (const codec of ["ZSTD", "GZIP"] as const) {
  const name =
    `large pages of texts, nulls among them, are read piece by piece from ${codec}; damage in one sets its row aside`;
  needs(["read", "write", "ffi", "env", "sys"], name, async () => {
    const texts = Array.from({ length: 40 }, (_, i) => i % 7 === 3 ? null : noise(i * 9_000, i) + "é→🥞".repeat(i));
    await withFile([withTexts(texts)], "v1", { codec }, async (path) => {
      deepEqual((await rowsOf(path))[0]!.spans.map((span) => span.inputMessages), texts);
      const bytes = await Deno.readFile(path);
      await Deno.writeFile(path, bytes.fill(0, bytes.length * 0.3, bytes.length * 0.4));
      const [item] = await Array.fromAsync((await openTraces(path)).rows());
      ok(item && isFault(item));
      match(item.fault, /input\.messages": row group 0 cannot be read \(.*\): the file is damaged; get it again$/);
      equal(item.sessionId, (withTexts(texts) as { session_id: string }).session_id);
    });
  });
}

needs(
  ["read", "write", "ffi", "env", "sys"],
  "times stored as timestamps come as ISO 8601, microseconds kept",
  async () => {
    const spans = columnsOf("v1").spans!.replace('"start_time" VARCHAR', '"start_time" TIMESTAMP');
    const row = v1Row(STORIES[2]!) as { spans: Record<string, unknown>[] };
    const changed = { ...row, spans: row.spans.map((span) => ({ ...span, start_time: "2026-05-05 13:00:00.123456" })) };
    await withFile([changed], "v1", { columns: { ...columnsOf("v1"), spans } }, async (path) => {
      equal((await rowsOf(path))[0]!.spans[0]!.startTime, "2026-05-05T13:00:00.123456Z");
    });
  },
);

needs(
  ["read"],
  "a mapping that names a column which is not there is told file, column and the columns there",
  async () => {
    const mapping = { ...BUILT_IN.v1, session: { ...BUILT_IN.v1.session, benchmark: "suite" } };
    const path = `${FOLDER}traces_v1.parquet`;
    await rejects(async () => await Array.fromAsync((await openTraces(path, { mapping })).rows()), {
      message:
        `${path}, field "benchmark": no column "suite"; the columns there are session_id, harness, benchmark, models, ` +
        "collected_at, max_tokens, total_tokens, spans. Give a mapping that names the right one (--mapping FILE)",
    });
  },
);

needs(
  ["read", "write", "ffi", "env", "sys"],
  "metadata, and tokens with times, are read without a byte of the texts",
  async () => {
    const long = STORIES.map(v1Row).map((row) => ({
      ...row,
      spans: (row.spans as { attributes: object }[]).map((span, i) => ({
        ...span,
        attributes: { ...span.attributes, "gen_ai.input.messages": noise(20_000, i) },
      })),
    }));
    await withFile(long, "v1", { codec: "UNCOMPRESSED" }, async (path) => {
      const touched: [number, number][] = [];
      const inner = fileBuffer(path);
      const buffer = {
        byteLength: inner.byteLength,
        slice: (start: number, end = inner.byteLength) => (touched.push([start, end]), inner.slice(start, end)),
      };
      equal((await readMetadataOnly(buffer, path)).rows.length, STORIES.length);
      const metadataBytes = touched.reduce((sum, [start, end]) => sum + end - start, 0);
      deepEqual((await readSessions(buffer, path)).faults, []);
      const bytes = touched.reduce((sum, [start, end]) => sum + end - start, 0);
      ok(metadataBytes < 12_000, `${metadataBytes} bytes read for the metadata`);
      ok(bytes < 30_000, `${bytes} bytes read of ${inner.byteLength}`);
      ok(inner.byteLength > 500_000);
      inner.close();
    });
  },
);

needs(["read"], "sessions read without texts are those read with them, but for the errors of tools", async () => {
  const path = `${FOLDER}traces_v2.parquet`;
  const buffer = fileBuffer(path);
  const { sessions, faults } = await readSessions(buffer, path);
  buffer.close();
  deepEqual(faults, []);
  sessions.forEach((session, i) => checkRow(sessionSchema, session, path, i));
  deepEqual(sessions, (await rowsOf(path)).map((row) => ({ ...sessionOf(row), toolErrors: null })));
});

onRecorded(
  "traces/v1-spans/expected.csv",
  "calls, tokens, errors and both durations of 46 recorded sessions",
  async () => {
    const path = sharedPath("traces/v1-spans/data/train-00000-of-00001.parquet");
    const buffer = fileBuffer(path);
    const { sessions, faults } = await readSessions(buffer, path);
    buffer.close();
    deepEqual(faults, []);
    const byId = new Map(sessions.map((session) => [session.sessionId, session]));
    const lines = (await Deno.readTextFile(sharedPath("traces/v1-spans/expected.csv"))).trim().split("\n").slice(1);
    equal(sessions.length, lines.length);
    for (const line of lines) {
      const [id, deployment, ...numbers] = line.split(",");
      const s = byId.get(id!)!;
      equal(s.deployment, deployment);
      const found = [s.calls, s.inputTokens, s.outputTokens, s.totalTokens, s.errorSpans, s.durationS, s.wallClockS];
      found.forEach((n, i) =>
        ok(Math.abs(n! - Number(numbers[i])) <= SECONDS.atol, `${id}: ${n} against ${numbers[i]}`)
      );
    }
  },
);

onRecorded("traces/real-sessions", "two recorded shards hold 104 sessions and 1,479 calls", async () => {
  const rows = await rowsOf(sharedPath("traces/real-sessions/data/*.parquet"));
  equal(rows.length, 104);
  equal(rows.reduce((sum, row) => sum + row.spans.length, 0), 1479);
});

/** A session with these texts as the inputs of its calls. */
function withTexts(texts: (string | null)[]): Record<string, unknown> {
  const row = v1Row(STORIES[0]!);
  const [span] = row.spans as { attributes: object }[];
  return {
    ...row,
    spans: texts.map((text, i) => ({
      ...span,
      span_id: String(i),
      attributes: { ...span!.attributes, "gen_ai.response.id": null, "gen_ai.input.messages": text },
    })),
  };
}

async function withFile(
  rows: unknown[],
  shape: "v1" | "v2",
  options: Parameters<typeof writeParquet>[3],
  use: (path: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await writeParquet(rows, shape, `${folder}/a.parquet`, options);
    await use(`${folder}/a.parquet`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Text that no dictionary holds twice. */
function noise(length: number, seed: number): string {
  let text = "";
  for (let i = 0; text.length < length; i++) text += Math.imul(i + seed * 7919, 0x9e3779b1).toString(36);
  return text;
}
