/**
 * Values, ids, times and files as recorders write them now and then: each is read right, or is unknown and said to be.
 *
 * @module
 */
import { deepEqual, equal } from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { Session } from "../../lib/model/mod.ts";
import { sessionOf } from "../../lib/traces/mod.ts";
import { needs } from "../support/needs.ts";
import { otlp } from "./formats/otlp.ts";
import { lines, readFiles } from "./formats/read.ts";
import { aJsonRow, readJsonRows } from "./json_rows.ts";

const FILES = ["read", "write"] as const;

const UNKNOWN_TIMES = { "calls without times": 1 };
const UNKNOWN_TOKENS = { "calls without tokens": 1 };
const NANOS = "1788220800000000000";

/** Start and end as recorded; the seconds that are known, and what is said of the rest. */
const TIMES: [start: unknown, end: unknown, seconds: number | null, unreadable: Record<string, number>][] = [
  [NANOS, "1788220802500000000", 2.5, {}],
  ["1788220800000000", "1788220802000000", 2, {}],
  [1788220800.25, 1788220802.75, 2.5, {}],
  ["2026-09-01T02:00:00+0200", "2026-09-01T02:00:02.5+0200", 2.5, {}],
  ["2026-09-01 02:00:00.5+02", "2026-09-01 02:00:03+02", 2.5, {}],
  ["2026-09-01T00:00Z", "2026-09-01T00:05Z", 300, {}],
  ["0001-01-01T00:00:00Z", "0001-01-01T00:00:02Z", null, {}],
  ["1970-01-01T00:00:00Z", 0, null, {}],
  ["2026-09-01T00:00:00Z", "9999-12-31T23:59:59Z", null, {}],
  ["2026-09-01T00:00:00Z", "18446744073709551615", null, {}],
  ["2026-02-30T00:00:00Z", "2026-09-01T00:00:02Z", null, { startTime: 1 }],
  ["2026-09-01T00:00:05Z", "2026-09-01T00:00:02Z", null, { "endTime before startTime": 1 }],
];

for (const [start, end, seconds, unreadable] of TIMES) {
  needs(
    FILES,
    `from ${JSON.stringify(start)} to ${JSON.stringify(end)} it is ${seconds ?? "not known how many"} s`,
    async () => {
      const { sessions, faults, notes } = await readJsonRows(
        lines(aJsonRow({ span: { start_time: start, end_time: end } })),
      );
      deepEqual(faults, []);
      equal(sessions[0]!.durationS, seconds);
      equal(sessions[0]!.totalTokens, 1100);
      deepEqual(notes.unknown, seconds === null ? UNKNOWN_TIMES : {});
      deepEqual(notes.unreadable, unreadable);
    },
  );
}

/** A count as JSON has it, and what it is read as. */
const COUNTS: [json: string, count: number | null][] = [
  ["1000", 1000],
  ["1000.0", 1000],
  ['"1000"', 1000],
  ['"1000.0"', 1000],
  ["99.5", null],
  ["-1", null],
  ["18446744073709551615", null],
  ["NaN", null],
  ["Infinity", null],
  ['"NaN"', null],
  ['"1,000"', null],
  ["null", null],
  ["{}", null],
];

for (const [json, count] of COUNTS) {
  needs(FILES, `a count of tokens written ${json} is ${count ?? "unknown, and so is the total"}`, async () => {
    const row = aJsonRow({ attributes: { "gen_ai.usage.input_tokens": "COUNT" } });
    const { sessions: [session], faults, notes } = await readJsonRows(lines(row).replace('"COUNT"', json));
    deepEqual(faults, []);
    equal(session!.inputTokens, count);
    equal(session!.outputTokens, 100);
    equal(session!.totalTokens, count === null ? null : count + 100);
    deepEqual(notes.unknown, count === null ? UNKNOWN_TOKENS : {});
  });
}

const tokens = ({ calls, inputTokens, cachedTokens, cacheWriteTokens, outputTokens }: Session) => [
  calls,
  inputTokens,
  cachedTokens,
  cacheWriteTokens,
  outputTokens,
];

const chat = (input: number, output: number, more: Record<string, unknown> = {}) => ({
  "gen_ai.operation.name": "chat",
  "gen_ai.request.model": "m",
  "gen_ai.usage.input_tokens": input,
  "gen_ai.usage.output_tokens": output,
  ...more,
});
const R1 = { "gen_ai.response.id": "r1" };
const OUTER = { "model calls around the same model call": 1 };

/** Files of spans; calls, input, cached, cache-write and output tokens; what was left out. */
const SPANS: Record<string, [Record<string, string>, unknown[], Record<string, number>]> = {
  "a framework's span around the SDK's, alike in the response id alone": [
    {
      "a.json": JSON.stringify(otlp(
        { id: "1", attributes: chat(990, 90, R1) },
        { id: "2", parent: "1", attributes: chat(1000, 100, R1) },
      )),
    },
    [1, 1000, null, null, 100],
    OUTER,
  ],
  "an open copy in one file and the ended one in another": [
    {
      "a.jsonl": lines(otlp({ id: "1", end: null, attributes: { "gen_ai.operation.name": "chat" } })),
      "b.jsonl": lines(otlp({ id: "1", attributes: chat(1000, 100) }), { resourceMetrics: [] }),
    },
    [1, 1000, null, null, 100],
    { "documents of other signals (metrics, logs)": 1, "repeated spans": 1 },
  ],
  "cached tokens beyond an input that should hold them": [
    {
      "a.json": JSON.stringify(otlp({ id: "1", attributes: chat(5, 100, { "gen_ai.usage.cache_read_tokens": 900 }) })),
    },
    [1, 905, 900, null, 100],
    {},
  ],
  "cached tokens of OpenInference beyond the prompt": [
    {
      "a.json": JSON.stringify(otlp({
        id: "1",
        attributes: {
          "openinference.span.kind": "LLM",
          "llm.model_name": "m",
          "llm.token_count.prompt": 100,
          "llm.token_count.completion": 10,
          "llm.token_count.prompt_details.cache_read": 900,
        },
      })),
    },
    [1, 1000, 900, null, 10],
    {},
  ],
  "cached and written tokens that the input leaves out": [
    {
      "a.json": JSON.stringify(otlp({
        id: "1",
        attributes: chat(5, 100, {
          "gen_ai.usage.cache_read_input_tokens": 900,
          "gen_ai.usage.cache_creation_input_tokens": 95,
        }),
      })),
    },
    [1, 1000, 900, 95, 100],
    {},
  ],
};

for (const [what, [files, expected, leftOut]] of Object.entries(SPANS)) {
  needs(FILES, `${what} count once`, async () => {
    const { rows, faults, stream } = await readFiles(files);
    deepEqual(faults, []);
    deepEqual(rows.map((row) => tokens(sessionOf(row))), [expected]);
    deepEqual(stream.notes().leftOut, leftOut);
  });
}

const row = (id: string) => lines(aJsonRow({ session_id: id }));
const utf16 = (text: string, isBig: boolean) => {
  const bytes = new Uint8Array(2 * text.length);
  for (let i = 0; i < text.length; i++) new DataView(bytes.buffer).setUint16(2 * i, text.charCodeAt(i), !isBig);
  return bytes;
};

/** Files by name, and the sessions in them. */
const HELD: [what: string, files: Record<string, string | Uint8Array>, ids: string[]][] = [
  [
    "a byte order mark in the middle file",
    { "a.jsonl": row("a"), "b.jsonl": `\ufeff${row("b")}`, "c.jsonl": row("c") },
    [
      "a",
      "b",
      "c",
    ],
  ],
  ["pretty-printed JSON called .jsonl", {
    "a.jsonl": `${JSON.stringify(aJsonRow({ session_id: "a" }), null, 2)}\n${
      JSON.stringify(aJsonRow({ session_id: "b" }), null, 2)
    }`,
  }, ["a", "b"]],
  ["gzip without its ending", { "a.jsonl": gzipSync(row("a")) }, ["a"]],
  ["lines that end in CR LF", { "a.jsonl": `${row("a").trim()}\r\n${row("b").trim()}\r\n\r\n` }, ["a", "b"]],
  ["UTF-16, its low byte first", { "a.jsonl": utf16(`\ufeff${row("a")}`, false) }, ["a"]],
  ["UTF-16, its high byte first", { "a.jsonl": utf16(`\ufeff${row("a")}`, true) }, ["a"]],
  ["integers of thirty digits as ids", {
    "a.jsonl": (row("ID1") + row("ID2")).replaceAll(/"ID(\d)"/g, "12345678901234567890123456789$1"),
  }, [
    "123456789012345678901234567891",
    "123456789012345678901234567892",
  ]],
  ["ids that are words of the language", { "a.jsonl": row("__proto__") + row("constructor") }, [
    "__proto__",
    "constructor",
  ]],
];

for (const [what, files, ids] of HELD) {
  needs(FILES, `${what}: every session is read`, async () => {
    const { rows, faults } = await readFiles(files);
    deepEqual(faults, []);
    deepEqual(rows.map(({ sessionId }) => sessionId), ids);
  });
}

needs(FILES, "a span that is no object is left out and counted, and the others of its session are read", async () => {
  const [span] = aJsonRow()["spans"] as unknown[];
  const { sessions, faults, notes } = await readJsonRows(lines(aJsonRow({ spans: [span, null, "x", 7, [span]] })));
  deepEqual(faults, []);
  deepEqual(sessions.map(tokens), [[1, 1000, null, null, 100]]);
  deepEqual(notes.leftOut, { "spans that are no objects": 3, "spans that are null": 1 });
});

needs(FILES, "cached tokens of a conversation's message count", async () => {
  const usage = { prompt_tokens: 100, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 90 } };
  const messages = [{ role: "user", content: "Name a bird." }, { role: "assistant", content: "Wren.", usage }];
  const { rows } = await readFiles({ "a.jsonl": lines({ id: "c1", model: "m", messages }) });
  deepEqual(rows.map((row) => tokens(sessionOf(row))), [[1, 100, 90, null, 5]]);
});

/** Start and duration of a table's row, and the seconds that they make. */
const DURATIONS: [start: unknown, duration: unknown, seconds: number | null][] = [
  ["2026-09-01 00:00:00.000000000", 2_000_000_000, 2],
  ["2026-09-01 02:00:00+02", "2000000000", 2],
  ["2026-09-01T00:00:00Z", "PT1.5S", 1.5],
  [NANOS, 2_000_000_000, 2],
  ["2026-09-01 00:00:00", 3000, 0.000003],
  ["2026-09-01 00:00:00", -5, null],
  ["1970-01-01 00:00:00", 2_000_000_000, null],
];

for (const [start, duration, seconds] of DURATIONS) {
  const much = seconds === null ? "is not known how long" : `took ${seconds} s`;
  needs(FILES, `a span of a table from ${start} on, of ${duration}, ${much}, wherever it is read`, async () => {
    const times = { Timestamp: start, Duration: duration };
    const span = { TraceId: "t", SpanId: "1", SpanName: "chat", StatusCode: "Ok", ResourceAttributes: {}, ...times };
    const { rows, faults } = await readFiles({ "a.jsonl": lines({ ...span, SpanAttributes: chat(10, 1) }) });
    deepEqual(faults, []);
    deepEqual(rows.map((row) => sessionOf(row).durationS), [seconds]);
  });
}

for (const none of ["", " ", "None", "null", "NaN", "N/A", "-"]) {
  needs(FILES, `two traces whose session is ${JSON.stringify(none)} are two sessions`, async () => {
    const attributes = chat(10, 1, { "session.id": none });
    const { rows } = await readFiles({
      "a.json": JSON.stringify(otlp({ id: "1", attributes }, { id: "2", trace: "1", attributes })),
    });
    deepEqual(rows.map(({ spans }) => spans.length), [1, 1]);
  });
}

needs(FILES, "a session of LangSmith may be named by a number, and an empty name before it is none", async () => {
  const run = (id: string) => ({
    id,
    trace_id: id,
    run_type: "llm",
    name: "m",
    dotted_order: "x",
    inputs: {},
    outputs: {},
  });
  const extra = { metadata: { thread_id: "", session_id: 42 } };
  const { rows } = await readFiles({ "a.jsonl": lines({ ...run("r1"), extra }, { ...run("r2"), extra }) });
  deepEqual(rows.map(({ sessionId, spans }) => [sessionId, spans.length]), [["42", 2]]);
});

needs(FILES, "a list of spans may be JSON text", async () => {
  const { spans, ...rest } = aJsonRow();
  const { sessions, faults } = await readJsonRows(lines({ ...rest, spans: JSON.stringify(spans) }));
  deepEqual(faults, []);
  deepEqual(sessions.map(tokens), [[1, 1000, null, null, 100]]);
});
