import { deepEqual, equal, throws } from "node:assert/strict";
import { BUILT_IN, detectMapping } from "../../lib/sources/mapping/builtin.ts";
import { constantOf, namesOf, reader, valueAt } from "../../lib/sources/mapping/lookup.ts";
import { parseMapping } from "../../lib/sources/mapping/mapping.ts";
import { rowMaker, type Tally } from "../../lib/sources/mapping/row.ts";
import { toCount, toStatusCode, toVerdict } from "../../lib/sources/mapping/values.ts";

const at = { source: "f", row: 3, field: "x" };

Deno.test("the built-in mappings hold as a user's own files would", () => {
  for (const mapping of Object.values(BUILT_IN)) deepEqual(parseMapping(JSON.stringify(mapping), "own.json"), mapping);
});

Deno.test("a mapping that is not JSON, lacks a part, or has one too many is refused by file and field", () => {
  throws(() => parseMapping("{", "own.json"), { name: "RowError", message: /^own\.json: not JSON \(.*mappings$/ });
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
  deepEqual(namesOf(["a?", "b", { constant: "c" }]), [{ name: "a", optional: true }, { name: "b", optional: false }]);
  equal(constantOf("a"), null);
});

Deno.test("counts may be integers of any width or their digits, and nothing else", () => {
  deepEqual([toCount(5n, at), toCount("12", at), toCount(0, at), toCount(null, at)], [5, 12, 0, null]);
  for (const wrong of [-1, 1.5, "a", "", true, 2n ** 60n, NaN]) {
    throws(() => toCount(wrong, at), { name: "RowError", message: /^f, row 3, field "x": expected a count/ });
  }
});

Deno.test("a grade between solved and not solved is neither", () => {
  deepEqual([true, false, 1, 0, 0.5, null].map((v) => toVerdict(v, at)), [1, 0, 1, 0, null, null]);
});

Deno.test("status codes are read by number and by name", () => {
  deepEqual([2, "STATUS_CODE_ERROR", "ok", null].map((v) => toStatusCode(v, at)), [2, 2, 1, 0]);
  throws(() => toStatusCode("broken", at), /expected a status code/);
});

Deno.test("spans that are null or no model calls are left out and counted", () => {
  const leftOut: Tally = new Map();
  const make = rowMaker(BUILT_IN.v1, leftOut);
  const columns = { session_id: "r_1", benchmark: "b", harness: "h", models: [], extra: 5n };
  const spans = [{ spanId: "a", modelCall: "llm_call", requestModel: "m" }, null, { spanId: "b", modelCall: "tool" }];
  const row = make({ columns, spans }, "f", 0);
  deepEqual(row.spans.map((span) => span.spanId), ["a"]);
  deepEqual(row.models, ["m"], "models that are not listed are those of the calls");
  deepEqual(row.metadata, { extra: 5 });
  deepEqual(Object.fromEntries(leftOut), { "spans that are null": 1, "spans that are not model calls": 1 });
});
