import { deepEqual, equal, throws } from "node:assert/strict";
import { BUILT_IN, detectMapping } from "../../lib/sources/mapping/builtin.ts";
import { constantOf, namesOf, reader, valueAt } from "../../lib/sources/mapping/lookup.ts";
import { parseMapping } from "../../lib/sources/mapping/load.ts";
import { newNotes, notedCounts, type ReadNotes } from "../../lib/sources/mapping/notes.ts";
import { rowMaker } from "../../lib/sources/mapping/row.ts";
import {
  plain,
  toAmount,
  toCount,
  toNumber,
  toStatusCode,
  toText,
  toTexts,
  toTimes,
  toVerdict,
} from "../../lib/sources/mapping/values.ts";

/** What a value is read as, and whether it was noted as one that cannot be read. */
function read<T>(by: (value: unknown, field: string, notes: ReadNotes) => T, value: unknown): [T, boolean] {
  const notes = newNotes();
  return [by(value, "x", notes), notes.unreadable.has("x")];
}

Deno.test("the built-in mappings hold as a user's own files would", () => {
  for (const mapping of Object.values(BUILT_IN)) deepEqual(parseMapping(JSON.stringify(mapping), "own.json"), mapping);
});

Deno.test("a mapping that is not JSON, lacks a part, or has one too many is refused by file and field", () => {
  throws(() => parseMapping("{", "own.json"), {
    name: "RowError",
    message: /^own\.json: not JSON \(.*mapping\/v2\.json$/,
  });
  const { session: _, ...without } = BUILT_IN.v1;
  throws(
    () => parseMapping(JSON.stringify(without), "own.json"),
    /^RowError: own\.json, field "session": .*found nothing/,
  );
  const typo = { ...BUILT_IN.v1, span: { ...BUILT_IN.v1.span, spanId: 4 } };
  throws(
    () => parseMapping(JSON.stringify(typo), "own.json"),
    /own\.json, field "span\.spanId": expected a name.*found 4$/,
  );
  const more = { ...BUILT_IN.v1, spanz: "x" };
  throws(() => parseMapping(JSON.stringify(more), "own.json"), /own\.json: Unrecognized key: "spanz"/);
});

Deno.test("a mapping may leave out what its data does not have, but not what makes a call", () => {
  const { spanId, startTime, endTime, inputTokens, outputTokens, inputMessages, outputMessages } = BUILT_IN.v1.span;
  const span = { spanId, startTime, endTime, inputTokens, outputTokens, inputMessages, outputMessages };
  deepEqual(parseMapping(JSON.stringify({ ...BUILT_IN.v1, span }), "own.json").span, span);
  const { endTime: _, ...without } = span;
  throws(
    () => parseMapping(JSON.stringify({ ...BUILT_IN.v1, span: without }), "own.json"),
    /^RowError: own\.json, field "span\.endTime": .*found nothing$/,
  );
});

Deno.test("the mapping is told from the names in a source", () => {
  equal(detectMapping(["session_id", "spans", "spans.type"], "f").name, "v1");
  equal(detectMapping(["session_id", "spans", "spans.name", "score"], "f").name, "v2");
  equal(detectMapping(["resourceSpans"], "f").name, "otlp");
  throws(() => detectMapping(["a.b", "a.c", "d"], "f.parquet"), /^RowError: f\.parquet: .*found a, d\. Say which/);
});

Deno.test("a name finds its value whether the dots in it are its own or mark what is inside", () => {
  const span = { attributes: { "gen_ai.request.model": "m", usage: { input: 5 } }, "a.b": 1 };
  equal(valueAt(span, "attributes.gen_ai.request.model"), "m");
  equal(valueAt(span, "attributes.usage.input"), 5);
  equal(valueAt(span, "a.b"), 1);
  equal(valueAt(span, "attributes.nothing"), undefined);
  equal(valueAt({}, "constructor.name"), undefined);
});

Deno.test("of several names the first with a value counts, and a constant when none has one", () => {
  const read = reader(["a?", "b", { constant: "c" }]);
  deepEqual([read({ a: 0, b: 1 }), read({ a: null, b: 1 }), read({})], [0, 1, "c"]);
  deepEqual([read({ a: "", b: 1 }), read({ a: "" })], [1, "c"], "an empty text is no value");
  equal(reader(["a?", "b"])({ a: "" }), "");
  deepEqual(namesOf(["a?", "b", { constant: "c" }]), [{ name: "a", optional: true }, { name: "b", optional: false }]);
  equal(constantOf("a"), null);
});

const counts: [unknown, number | null, boolean][] = [
  [5n, 5, false],
  [5, 5, false],
  [0, 0, false],
  [-0, 0, false],
  ["12", 12, false],
  [" 12\r", 12, false],
  ["1000.0", 1000, false],
  ["1e3", 1000, false],
  [1000.0, 1000, false],
  [null, null, false],
  [undefined, null, false],
  ["", null, false],
  ["null", null, false],
  ["None", null, false],
  ["NaN", null, false],
  [NaN, null, false],
  [-1, null, true],
  ["-1", null, true],
  [1000.5, null, true],
  ["1,000", null, true],
  ["many", null, true],
  [true, null, true],
  [Infinity, null, true],
  [2n ** 60n, null, true],
  [[5], null, true],
  [{ value: 5 }, null, true],
];
for (const [value, count, noted] of counts) {
  Deno.test(`${typeof value} ${String(value).trim()} as a count is ${count}${noted ? ", and noted" : ""}`, () => {
    deepEqual(read(toCount, value), [count, noted]);
  });
}

Deno.test("numbers and amounts may be text, and an amount is never negative", () => {
  deepEqual(["0.5", 0.5, -1, "-1.5", null, "NaN"].map((v) => read(toNumber, v)[0]), [0.5, 0.5, -1, -1.5, null, null]);
  deepEqual(["half", Infinity, true].map((v) => read(toNumber, v)), Array(3).fill([null, true]));
  deepEqual([read(toAmount, "0.02"), read(toAmount, -0.5)], [[0.02, false], [null, true]]);
});

Deno.test("a grade is yes or no in many words, and one between solved and not solved is neither", () => {
  for (
    const yes of [true, 1, 1n, "true", "True", "1", "1.0", "pass", "PASSED", " resolved ", "success", "correct", "yes"]
  ) {
    deepEqual(read(toVerdict, yes), [1, false], String(yes));
  }
  for (const no of [false, 0, 0n, "false", "False", "0", "fail", "Failed", "unsuccessful", "incorrect", "no"]) {
    deepEqual(read(toVerdict, no), [0, false], String(no));
  }
  for (const none of [null, undefined, "", "null", "NaN", NaN]) deepEqual(read(toVerdict, none), [null, false]);
  for (const neither of [0.5, "0.5", 2, -1, "partly", {}, []]) deepEqual(read(toVerdict, neither), [null, true]);
});

Deno.test("status codes are read by number and by name, and any other is unset and noted", () => {
  const notes = newNotes();
  const codes = [2, "STATUS_CODE_ERROR", "ok", null, 1n, "2", "", "broken", 500].map((v) => toStatusCode(v, notes));
  deepEqual(codes, [2, 2, 1, 0, 1, 2, 0, 0, 0]);
  deepEqual(notedCounts(notes).unreadable, { statusCode: 2 });
});

Deno.test("a time that cannot be is unknown, each by itself, and what stands for none is not noted", () => {
  const notes = newNotes();
  const collected = Date.UTC(2026, 8, 1) * 1000;
  const read = (startTime: unknown, endTime: unknown) => Object.values(toTimes(startTime, endTime, notes, collected));
  deepEqual(read("2026-08-01T00:00:00Z", "0001-01-01T00:00:00Z"), ["2026-08-01T00:00:00Z", null]);
  deepEqual(notedCounts(notes).unreadable, {});
  deepEqual(read("2026-02-30T00:00:00Z", "2026-08-01T00:00:00Z"), [null, "2026-08-01T00:00:00Z"]);
  deepEqual(read("2026-08-01T00:00:00Z", "2026-10-01T00:00:00Z"), ["2026-08-01T00:00:00Z", null]);
  deepEqual(read("2026-08-01T00:00:10Z", "2026-08-01T00:00:05Z"), ["2026-08-01T00:00:10Z", null]);
  deepEqual(
    read("2026-08-01T00:00:00.000600Z", "2026-08-01T00:00:00Z")[1],
    "2026-08-01T00:00:00Z",
    "clocks are rounded",
  );
  deepEqual(notedCounts(notes).unreadable, { endTime: 1, "endTime before startTime": 1, startTime: 1 });
});

Deno.test("half of a surrogate pair is replaced wherever it stands, and counted; pairs stay", () => {
  const notes = newNotes();
  equal(toText("a\ud83d", notes), "a\ufffd");
  equal(toText("a\ud83d\ude00", notes), "a\ud83d\ude00");
  deepEqual(plain({ "k\udc00": ["\ud800", 1] }, notes), { "k\ufffd": ["\ufffd", 1] });
  deepEqual(notedCounts(notes).repaired, { "texts with half of a UTF-16 pair": 3 });
});

Deno.test("what nests very deep is kept as JSON text, long integers keep their digits, and what JSON has not is null", () => {
  const notes = newNotes();
  const deep = JSON.parse(`${"[".repeat(100_000)}9007199254740991${"]".repeat(100_000)}`);
  const kept = JSON.stringify(plain({ deep, id: 9007199254740993n, n: NaN, i: 5n }, notes));
  equal(kept.includes("9007199254740991"), true);
  deepEqual(plain({ id: 9007199254740993n, n: NaN, i: 5n }), { id: "9007199254740993", n: null, i: 5 });
  equal(toText({ order: 9007199254740993n }), '{"order":9007199254740993}');
  equal(toText(deep)!.includes("9007199254740991"), true);
});

Deno.test("a list of texts may be one text, or JSON text of a list", () => {
  deepEqual([["a", null, "", "b"], "a", '["a","b"]', "[not a list", null, 5].map((v) => toTexts(v)), [
    ["a", "b"],
    ["a"],
    ["a", "b"],
    ["[not a list"],
    null,
    ["5"],
  ]);
});

Deno.test("spans that are null or no model calls are left out and counted", () => {
  const notes = newNotes();
  const make = rowMaker(BUILT_IN.v1, notes);
  const columns = { session_id: "r_1", benchmark: "b", harness: "h", models: [], extra: 5n };
  const spans = [{ spanId: "a", modelCall: "llm_call", requestModel: "m" }, null, { spanId: "b", modelCall: "tool" }];
  const row = make({ columns, spans }, "f", 0);
  deepEqual(row.spans.map((span) => span.spanId), ["a"]);
  deepEqual(row.models, ["m"], "models that are not listed are those of the calls");
  deepEqual(row.metadata, { extra: 5 });
  deepEqual(notedCounts(notes).leftOut, { "spans that are null": 1, "spans that are not model calls": 1 });
});
