/**
 * Inputs of which other tools' users reported that they come out wrong: what should come out of each, however it is read.
 *
 * @module
 */
import { deepEqual, equal, ok } from "node:assert/strict";
import { importTraces } from "../../lib/import/mod.ts";
import type { Session, TraceRow } from "../../lib/model/mod.ts";
import { isFault, type NotedCounts, openTraces, recordedSessions } from "../../lib/sources/mod.ts";
import { conversationOf, finalAnswerOf, sessionOf, taskOf } from "../../lib/traces/mod.ts";
import { onRecorded, sharedPath } from "../support/shared.ts";

const FOLDER = "cases/bugs";

interface Expected {
  sessions: number;
  calls: number;
  input?: number | null;
  cached?: number | null;
  cacheWrite?: number | null;
  seconds?: (number | null)[];
  ids?: string[];
  grades?: (0 | 1 | null)[];
  answers?: Record<string, string | null>;
  notes?: Partial<NotedCounts>;
}

const EXPECTED: Record<string, Expected> = {
  "otlp/retry.jsonl": { sessions: 1, calls: 2, input: 2000, notes: { leftOut: { "repeated spans": 2 } } },
  "otlp/pending.jsonl": {
    sessions: 1,
    calls: 1,
    input: 1000,
    seconds: [1],
    notes: { leftOut: { "repeated spans": 1 } },
  },
  "otlp/nested.json": {
    sessions: 1,
    calls: 1,
    input: 1000,
    notes: { leftOut: { "model calls around the same model call": 1 } },
  },
  "otlp/two_sessions_one_trace.json": {
    sessions: 2,
    calls: 3,
    input: 3000,
    ids: ["S-A", "S-B"],
    notes: { leftOut: { "spans that are not model calls": 3 } },
  },
  "otlp/empty_session.json": { sessions: 2, calls: 2, input: 2000, ids: ["a".repeat(32), "b".repeat(32)] },
  "otlp/openllmetry.json": { sessions: 1, calls: 2, input: 2000 },
  "otlp/openinference.json": { sessions: 1, calls: 2, input: 2000 },
  "otlp/cached_pydantic.json": { sessions: 1, calls: 1, input: 1000, cached: 900 },
  "otlp/cached_openllmetry.json": { sessions: 1, calls: 1, input: 1000, cached: 900 },
  "otlp/cached_additive.json": {
    sessions: 1,
    calls: 1,
    input: 130_213,
    cached: 128_955,
    cacheWrite: 1253,
    notes: { repaired: { "calls with cached tokens that the input left out": 1 } },
  },
  "otlp/mixed_metrics_first.jsonl": {
    sessions: 1,
    calls: 1,
    input: 1000,
    notes: { leftOut: { "documents of other signals (metrics, logs)": 2 } },
  },
  "otlp/bare.jsonl": { sessions: 1, calls: 2, input: 2000 },
  "otlp/end_huge.json": {
    sessions: 1,
    calls: 3,
    input: 3000,
    notes: { unreadable: { endTime: 1 }, unknown: { "calls without times": 1 } },
  },
  "otlp/nan_tokens.json": { sessions: 1, calls: 2, input: 1000, notes: { unknown: { "calls without tokens": 1 } } },
  "parquet/pq_dbl.parquet": {
    sessions: 40,
    calls: 40,
    input: 20_000,
    notes: { unknown: { "calls without tokens": 20 } },
  },
  "parquet/pq_date.parquet": { sessions: 40, calls: 40, seconds: Array(40).fill(86_400) },
  "parquet/pq_json.parquet": { sessions: 40, calls: 40 },
  "jsonl/pynan.jsonl": { sessions: 2, calls: 2, input: 2, grades: [null, null] },
  "jsonl/sur_id.jsonl": {
    sessions: 3,
    calls: 3,
    ids: ["r0_ok", "r1_s\ufffd", "r2_ok"],
    notes: { repaired: { "texts with half of a UTF-16 pair": 1 } },
  },
  "jsonl/deep_metadata.jsonl": {
    sessions: 2,
    calls: 2,
    notes: { repaired: { "values nested deeper than 100 levels, kept as JSON text": 1 } },
  },
  "jsonl/bigid_same.jsonl": { sessions: 2, calls: 2, ids: ["9007199254740992", "9007199254740993"] },
  "jsonl/pg_times.jsonl": { sessions: 60, calls: 60, seconds: Array(60).fill(300) },
  // Three weeks after the session was collected: no time of a call.
  "jsonl/epoch_ms.jsonl": { sessions: 1, calls: 1, seconds: [null], notes: { unknown: { "calls without times": 1 } } },
  "jsonl/go_zero.jsonl": {
    sessions: 3,
    calls: 3,
    seconds: [null, null, null],
    notes: { unknown: { "calls without times": 3 } },
  },
  "jsonl/gz_folder": { sessions: 2, calls: 2, ids: ["q_1", "q_2"] },
  "jsonl/message_parts.jsonl": {
    sessions: 12,
    calls: 12,
    answers: { reasoning: "Paris", thinking: "Paris", redacted: "Paris", reasoning_content: "Paris", gemini: "Paris" },
  },
};

for (const [path, expected] of Object.entries(EXPECTED)) {
  onRecorded(`${FOLDER}/${path}`, `${path} is counted once, and what it does not say is unknown`, async () => {
    const stream = await openTraces(sharedPath(`${FOLDER}/${path}`));
    const rows = await Array.fromAsync(stream.rows());
    const read = rows.filter((row): row is TraceRow => !isFault(row));
    deepEqual(rows.filter(isFault), []);
    const sessions = read.map((row) => sessionOf(row));
    const sum = (of: (session: Session) => number | null) =>
      sessions.reduce<number | null>((all, one) => of(one) === null ? all : (all ?? 0) + of(one)!, null);
    equal(sessions.length, expected.sessions);
    equal(sum(({ calls }) => calls), expected.calls);
    if (expected.input !== undefined) equal(sum(({ inputTokens }) => inputTokens), expected.input);
    if (expected.cached !== undefined) equal(sum(({ cachedTokens }) => cachedTokens), expected.cached);
    if (expected.cacheWrite !== undefined) equal(sum(({ cacheWriteTokens }) => cacheWriteTokens), expected.cacheWrite);
    if (expected.seconds) deepEqual(sessions.map(({ durationS }) => durationS), expected.seconds);
    if (expected.ids) deepEqual(sessions.map(({ sessionId }) => sessionId).sort(), expected.ids);
    if (expected.grades) deepEqual(sessions.map(({ officialSuccess }) => officialSuccess), expected.grades);
    for (const [id, answer] of Object.entries(expected.answers ?? {})) {
      const row = read.find(({ sessionId }) => sessionId === id)!;
      equal(finalAnswerOf(row, conversationOf(row)), answer, id);
    }
    for (const [kind, counts] of Object.entries(expected.notes ?? {})) {
      deepEqual(stream.notes()[kind as keyof NotedCounts], counts, kind);
    }
  });
}

onRecorded(`${FOLDER}/jsonl/grades.jsonl`, "a grade that cannot be read is none, and each other is read", async () => {
  const stream = await openTraces(sharedPath(`${FOLDER}/jsonl/grades.jsonl`));
  const grades = (await Array.fromAsync(stream.rows())).map((row) => isFault(row) ? row.fault : row.grades?.success);
  equal(grades.length, 12);
  deepEqual(grades.filter((grade) => grade !== 0 && grade !== 1), [null, null]);
  deepEqual(stream.notes().unreadable, { "grades.success": 1 });
});

onRecorded(FOLDER, "no text of a message holds the bytes of an image, and none a thought", async () => {
  const stream = await openTraces(sharedPath(`${FOLDER}/jsonl/message_parts.jsonl`));
  for await (const row of stream.rows()) {
    ok(!isFault(row));
    const calls = conversationOf(row);
    const said = [taskOf(row, calls), finalAnswerOf(row, calls)].join("\n");
    ok(!/base64,|[A-Za-z0-9+/]{100}|should say Rome|Rome\? no/.test(said), `${row.sessionId}: ${said}`);
  }
});

const KINDS = ["otlp", "jsonl", "parquet"];

onRecorded(FOLDER, "each file is the same in numbers and in an import, whatever is in it", async (t) => {
  for (const kind of KINDS) {
    for await (const { name } of Deno.readDir(sharedPath(`${FOLDER}/${kind}`))) {
      await t.step(`${kind}/${name}`, async () => {
        const path = sharedPath(`${FOLDER}/${kind}/${name}`);
        const dir = await Deno.makeTempDir();
        try {
          const manifest = await importTraces(await openTraces(path), `${dir}/out`);
          const read = await recordedSessions(path);
          const imported = await recordedSessions(`${dir}/out`);
          equal(manifest.sessions, read.sessions.length);
          deepEqual(numbers(imported.sessions), numbers(read.sessions));
        } finally {
          await Deno.remove(dir, { recursive: true });
        }
      });
    }
  }
});

const numbers = (sessions: readonly Session[]) =>
  sessions.map(({ sessionId, calls, inputTokens, cachedTokens, outputTokens, totalTokens, durationS, startedAt }) => ({
    sessionId,
    calls,
    inputTokens,
    cachedTokens,
    outputTokens,
    totalTokens,
    durationS,
    startedAt,
  })).sort((a, b) => a.sessionId < b.sessionId ? -1 : 1);
