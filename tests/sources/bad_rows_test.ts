import { deepEqual, equal, match, ok } from "node:assert/strict";
import { conversationOf, finalAnswerOf } from "../../lib/traces/mod.ts";
import { needs } from "../support/needs.ts";
import { lines } from "./formats/read.ts";
import { aJsonRow, readJsonRows } from "./json_rows.ts";

const FILES = ["read", "write"] as const;
const good = (i: number) => aJsonRow({ session_id: `good_${i}` });

/** Half of a pair of UTF-16, as programs write it that cut a text in the middle of a character. */
const HALF = "\\ud83d";

needs(
  FILES,
  "half of a character in an id, a name or a text is put right and counted, wherever it stands",
  async () => {
    const text = lines(
      good(0),
      aJsonRow({ session_id: "s HALF" }),
      aJsonRow({ session_id: "in its span", span: { span_id: "a HALF" } }),
      aJsonRow({ session_id: "in its trace", span: { trace_id: "HALF" } }),
      aJsonRow({ session_id: "in its model", attributes: { "gen_ai.request.model": "m HALF" } }),
      aJsonRow({ session_id: "in its columns", note: ["HALF", { "key HALF": 1 }] }),
      aJsonRow({ session_id: "in its status", span: { status: { code: 2, message: "HALF" } } }),
      good(1),
    ).replaceAll("HALF", HALF);
    const { rows, faults, sessions, notes } = await readJsonRows(text);
    deepEqual(faults, []);
    equal(sessions.length, 8);
    equal(rows[1]!.sessionId, "s \ufffd");
    equal(rows[2]!.spans[0]!.spanId, "a \ufffd");
    deepEqual(rows[5]!.metadata["note"], ["\ufffd", { "key \ufffd": 1 }]);
    ok(JSON.stringify(rows).isWellFormed() && !JSON.stringify(rows).includes("\\ud83d"));
    equal(notes.repaired["texts with half of a UTF-16 pair"], 7);
  },
);

needs(FILES, "a column nested 100,000 deep is kept as text, and the rows around it are read", async () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  const text = lines(good(0), aJsonRow({ session_id: "deep", note: "DEEP" }), good(1)).replace('"DEEP"', deep);
  const { rows, faults, notes } = await readJsonRows(text);
  deepEqual(faults, []);
  deepEqual(rows.map(({ sessionId }) => sessionId), ["good_0", "deep", "good_1"]);
  ok(typeof rows[1]!.metadata["note"] !== "undefined");
  equal(JSON.stringify(rows[1]!.metadata["note"]).replaceAll(/[^[]/g, "").length, 100_000);
  equal(notes.repaired["values nested deeper than 100 levels, kept as JSON text"], 1);
});

needs(FILES, "messages and attributes nested 100,000 deep take no other row with them", async () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  for (const attribute of ["gen_ai.output.messages", "gen_ai.usage.input_tokens", "gen_ai.request.model", "other"]) {
    const text = lines(good(0), aJsonRow({ session_id: "deep", attributes: { [attribute]: "DEEP" } }), good(1))
      .replace('"DEEP"', deep);
    const { rows, faults } = await readJsonRows(text);
    deepEqual([rows.length, faults.length], [3, 0], attribute);
    for (const row of rows) finalAnswerOf(row, conversationOf(row));
  }
});

needs(
  FILES,
  "ids that differ beyond what a double holds are two sessions, with the same content or another",
  async () => {
    for (const answer of ["ok", "no"]) {
      const text = lines(
        aJsonRow({ session_id: "A" }),
        aJsonRow({ session_id: "B", attributes: { "gen_ai.output.messages": answer } }),
      ).replace('"A"', "9007199254740993").replace('"B"', "9007199254740992");
      const { sessions, faults } = await readJsonRows(text);
      deepEqual([sessions.map(({ sessionId }) => sessionId), faults], [["9007199254740993", "9007199254740992"], []]);
    }
  },
);

needs(FILES, "what Python writes where it has no number is none, and the row is read", async () => {
  const text = lines(aJsonRow({ session_id: "a", score: "NAN" }), aJsonRow({ session_id: "b", score: "INF" }), good(1))
    .replace('"NAN"', "NaN").replace('"INF"', "-Infinity");
  const { rows, faults } = await readJsonRows(text);
  deepEqual([rows.length, faults], [3, []]);
  deepEqual(rows.map(({ metadata }) => metadata["score"] ?? null), [null, null, null]);
});

for (
  const [value, read, unreadable] of [
    ["1000", 1000, false],
    ["1000.0", 1000, false],
    ['"1000"', 1000, false],
    ['"1000.0"', 1000, false],
    ['" 1000 "', 1000, false],
    ["-0.0", 0, false],
    ["1e3", 1000, false],
    ["null", null, false],
    ['""', null, false],
    ["NaN", null, false],
    ['"NaN"', null, false],
    ["Infinity", null, true],
    ["-5", null, true],
    ['"many"', null, true],
    ['"1,000"', null, true],
    ["12.5", null, true],
    ["true", null, true],
    ["[1000]", null, true],
    ["1e300", null, true],
  ] as const
) {
  needs(FILES, `a count of tokens written ${value} is ${read ?? "unknown"}, and the session is read`, async () => {
    const text = lines(aJsonRow({ attributes: { "gen_ai.usage.input_tokens": "X" } })).replace('"X"', value);
    const { sessions: [session], notes } = await readJsonRows(text);
    deepEqual([session!.inputTokens, session!.outputTokens], [read, 100]);
    equal(notes.unreadable["inputTokens"] ?? 0, unreadable ? 1 : 0);
    equal(notes.unknown["calls without tokens"] ?? 0, read === null ? 1 : 0);
  });
}

for (
  const [start, end, seconds, startedAt] of [
    ["2026-09-01 00:05:00+02", "2026-09-01 00:05:02+02", 2, "2026-08-31T22:05:00.000Z"],
    ["2026-09-01T00:05:00+0200", "2026-09-01T00:05:02+02:00", 2, "2026-08-31T22:05:00.000Z"],
    ["2026-09-01T00:05Z", "2026-09-01T00:06Z", 60, "2026-09-01T00:05:00.000Z"],
    ["2026-08-31", "2026-09-01", 86400, "2026-08-31T00:00:00.000Z"],
    ["2026-09-01t00:05:00z", "2026-09-01t00:05:01z", 1, "2026-09-01T00:05:00.000Z"],
    [1_788_220_800, 1_788_220_802, 2, "2026-09-01T00:00:00.000Z"],
    [1_788_220_800_000, 1_788_220_802_500, 2.5, "2026-09-01T00:00:00.000Z"],
    ["1788220800000000", "1788220802000000", 2, "2026-09-01T00:00:00.000Z"],
    ["1788220800000000000", "1788220802000000000", 2, "2026-09-01T00:00:00.000Z"],
    ["1788220800.5", "1788220802.75", 2.25, "2026-09-01T00:00:00.500Z"],
    ["2026-09-01T00:00:00Z", "0001-01-01T00:00:00Z", null, "2026-09-01T00:00:00.000Z"],
    ["0001-01-01T00:00:00Z", "2026-09-01T00:00:02Z", null, null],
    ["1970-01-01T00:00:00Z", "2026-09-01T00:00:02Z", null, null],
    [0, "2026-09-01T00:00:02Z", null, null],
    ["2026-09-01T00:00:00Z", "18446744073709551615", null, "2026-09-01T00:00:00.000Z"],
    ["2026-09-01T00:00:00Z", "2027-09-01T00:00:00Z", null, "2026-09-01T00:00:00.000Z"],
    ["2014-12-31T23:59:59Z", "2026-09-01T00:00:02Z", null, null],
    ["2026-02-30T00:00:00Z", "2026-09-01T00:00:02Z", null, null],
    ["2026-W36-2", "2026-09-01T00:00:02Z", null, null],
    ["2026-09-01T00:00:00,5Z", "2026-09-01T00:00:02Z", 1.5, "2026-09-01T00:00:00.500Z"],
    ["null", "2026-09-01T00:00:02Z", null, null],
    ["2026-09-01T00:00:05Z", "2026-09-01T00:00:02Z", null, "2026-09-01T00:00:05.000Z"],
  ] as const
) {
  needs(FILES, `a call from ${start} to ${end} takes ${seconds ?? "an unknown number of"} seconds`, async () => {
    const { sessions: [session] } = await readJsonRows(
      lines(aJsonRow({ span: { start_time: start, end_time: end } })),
    );
    deepEqual([session!.durationS, session!.startedAt], [seconds, startedAt]);
  });
}

needs(FILES, "a grade is read in many words, and what is neither yes nor no is unknown and counted", async () => {
  const words = [true, "true", "True", 1, "1", "1.0", "pass", false, "false", 0, "FAIL", null, "", 0.5, "perhaps"];
  const text = lines(...words.map((success, i) => {
    const { spans, ...row } = aJsonRow({ session_id: `g_${i}`, success });
    const [{ type: _, ...span }] = spans as [Record<string, unknown>];
    const attributes = { ...span["attributes"] as object, "gen_ai.operation.name": "chat" };
    return { ...row, spans: [{ ...span, attributes }] };
  }));
  const { sessions, notes } = await readJsonRows(text);
  deepEqual(sessions.map(({ success }) => success), [1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, null, null, null, null]);
  equal(notes.unreadable["grades.success"], 2);
});

needs(FILES, "rows that are none are faults by their number, and the others are read", async () => {
  const text = `${lines(good(0))}{"session_id": "cut\n[1]\n"text"\nnull\n${lines(good(1))}`;
  const { rows, faults } = await readJsonRows(text);
  deepEqual(rows.map(({ sessionId }) => sessionId), ["good_0", "good_1"]);
  equal(faults.length, 4);
  faults.forEach((fault, i) => match(fault, new RegExp(`^FILE, row ${i + 1}: `)));
});
