import { deepEqual, equal, throws } from "node:assert/strict";
import { BUILT_IN } from "../../lib/sources/mapping/builtin.ts";
import { newNotes, notedCounts } from "../../lib/sources/mapping/notes.ts";
import { rowMaker } from "../../lib/sources/mapping/row.ts";
import { attributesOf, otlpSpans } from "../../lib/sources/otlp/otlp.ts";
import { otlpRows } from "../../lib/sources/otlp/sessions.ts";
import { otlpDocument } from "../fixtures/shapes.ts";
import { recorded } from "../fixtures/story.ts";
import { STORIES } from "../fixtures/stories.ts";
import { partsOf } from "./own_files.ts";

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

function rowsOf(document: unknown) {
  const notes = newNotes();
  const make = rowMaker(BUILT_IN.otlp, notes);
  const found = otlpRows(otlpSpans(document), BUILT_IN.otlp);
  const rows = found.rows.map((made, i) => make(partsOf(made), "f", i));
  return { rows, leftOut: { ...found.leftOut, ...notedCounts(notes).leftOut } };
}

function document(...spans: unknown[]) {
  return { resourceSpans: [{ resource: { attributes: [text("service.name", "agent")] }, scopeSpans: [{ spans }] }] };
}

Deno.test("an export gives one session a conversation, its model calls in order, and counts the other spans", () => {
  const { rows, leftOut } = rowsOf(otlpDocument(STORIES));
  deepEqual(rows.map((row) => row.sessionId), STORIES.map((story) => story.sessionId));
  deepEqual(
    rows.map((row) => [row.harness, row.benchmark, row.models]),
    STORIES.map((s) => [s.harness, s.benchmark, [s.model]]),
  );
  for (const [i, story] of STORIES.entries()) {
    const expected = recorded(story).map((call) => [
      call.spanId,
      call.startTime.replace("Z", "000000Z"),
      call.inputTokens,
      JSON.stringify(call.input),
      call.statusCode,
    ]);
    const found = rows[i]!.spans.map((s) => [s.spanId, s.startTime, s.inputTokens, s.inputMessages, s.status.code]);
    deepEqual(found, expected);
  }
  const tools = STORIES.flatMap((story) => story.steps.flatMap((step) => step.failed ? [] : step.said.parts))
    .filter((part) => part.type === "tool_call").length;
  deepEqual(leftOut, { "spans that are not model calls": tools + STORIES.length });
  deepEqual(rows[0]!.metadata, { "service.name": "tool_calling", "benchmark.name": "tau2_airline" });
});

Deno.test("typed values become plain ones; integers beyond exactness stay text", () => {
  const attributes = attributesOf([
    { key: "i", value: { intValue: "42" } },
    { key: "n", value: { intValue: 7 } },
    { key: "big", value: { intValue: "9223372036854775807" } },
    { key: "d", value: { doubleValue: 0.5 } },
    { key: "b", value: { boolValue: false } },
    { key: "l", value: { arrayValue: { values: [{ stringValue: "x" }, { intValue: "1" }] } } },
    { key: "o", value: { kvlistValue: { values: [text("k", "v")] } } },
    { key: "none", value: {} },
  ]);
  deepEqual(attributes, {
    i: 42,
    n: 7,
    big: "9223372036854775807",
    d: 0.5,
    b: false,
    l: ["x", 1],
    o: { k: "v" },
    none: null,
  });
});

Deno.test("a span without the session's attribute joins the session of its trace, else its trace is the session", () => {
  const call = (traceId: string, spanId: string, ...attributes: unknown[]) => ({
    traceId,
    spanId,
    name: "chat",
    startTimeUnixNano: "1777888000123456789",
    attributes: [text("gen_ai.operation.name", "chat"), text("gen_ai.request.model", "m"), ...attributes],
  });
  const { rows } = rowsOf(document(call("t1", "a"), call("t1", "b", text("session.id", "s1")), call("t2", "c")));
  deepEqual(rows.map((row) => [row.sessionId, row.spans.map((s) => s.spanId)]), [["s1", ["a", "b"]], ["t2", ["c"]]]);
  equal(rows[0]!.spans[0]!.startTime, "2026-05-04T09:46:40.123456789Z");
  equal(rows[0]!.spans[0]!.endTime, null);
});

Deno.test("names as the proto has them are read as well", () => {
  const span = {
    trace_id: "t",
    span_id: "a",
    name: "chat",
    attributes: [text("gen_ai.operation.name", "chat"), text("gen_ai.request.model", "m")],
  };
  const { rows } = rowsOf({ resource_spans: [{ scope_spans: [{ spans: [span] }] }] });
  deepEqual(rows.map((row) => [row.sessionId, row.spans.length]), [["t", 1]]);
});

Deno.test("a document that is no export is refused", () => {
  throws(() => [...otlpSpans({ data: [] })], /expected an object with a list "resourceSpans"/);
});

Deno.test("a document of logs or metrics, as collectors write them into one file with spans, has no spans", () => {
  deepEqual([...otlpSpans({ resourceMetrics: [] }), ...otlpSpans({ resourceLogs: [] })], []);
});

Deno.test("a resource's spans by themselves, and a trace as Tempo gives it, are read like an export", () => {
  const whole = document({ traceId: "t", spanId: "a", name: "chat" });
  const [one] = whole.resourceSpans;
  deepEqual([...otlpSpans(one)], [...otlpSpans(whole)]);
  deepEqual([...otlpSpans({ batches: whole.resourceSpans })], [...otlpSpans(whole)]);
  deepEqual([...otlpSpans({ trace: whole })], [...otlpSpans(whole)]);
});
