import assert from "node:assert/strict";
import { usageOf } from "../../lib/traces/mod.ts";
import { needs } from "../support/needs.ts";
import { otlp, type PlainSpan } from "./formats/otlp.ts";
import { lines, readFiles } from "./formats/read.ts";

const FILES = ["read", "write"] as const;

/** A model call of so many tokens. */
function call(id: string, [input, output]: [number, number] | [], more: Partial<PlainSpan> = {}): PlainSpan {
  return {
    id,
    ...more,
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": "m-small",
      ...(input === undefined ? {} : { "gen_ai.usage.input_tokens": input }),
      ...(output === undefined ? {} : { "gen_ai.usage.output_tokens": output }),
      ...more.attributes,
    },
  };
}

const agent = (id: string, attributes: Record<string, unknown> = {}, more: Partial<PlainSpan> = {}): PlainSpan => ({
  id,
  name: "agent",
  ...more,
  attributes: { "gen_ai.operation.name": "invoke_agent", ...attributes },
});

const answered = (id: string) => ({ "gen_ai.response.id": id });

/** Sessions with their calls and tokens, and what was left out; each list of spans is a line of one file. */
async function counted(...exports: PlainSpan[][]) {
  return await countedFiles({ "spans.jsonl": lines(...exports.map((spans) => otlp(...spans))) });
}

async function countedFiles(files: Record<string, string>) {
  const { rows, faults, stream } = await readFiles(files);
  assert.deepEqual(faults, []);
  const { "spans that are not model calls": _, ...leftOut } = stream.notes().leftOut;
  const sessions = rows.map((row) => {
    const { inputTokens, outputTokens } = usageOf(row);
    return [row.sessionId, row.spans.length, inputTokens, outputTokens];
  });
  return { sessions, leftOut };
}

const TRACE = "0af7651916cd43dd8448eb211c80319c";

needs(FILES, "a batch that was exported twice counts once, and its repeats are told", async () => {
  const batch = [agent("1"), call("2", [1000, 100], { parent: "1" }), call("3", [1200, 90], { parent: "1" })];
  const once = [[TRACE, 2, 2200, 190]];
  assert.deepEqual(await counted(batch), { sessions: once, leftOut: {} });
  assert.deepEqual(await counted(batch, batch), { sessions: once, leftOut: { "repeated spans": 3 } });
});

needs(FILES, "of a span that was exported open and again when it ended, the ended one counts", async () => {
  const open = call("2", [], { end: null });
  const ended = call("2", [1000, 100]);
  const expected = { sessions: [[TRACE, 1, 1000, 100]], leftOut: { "repeated spans": 1 } };
  assert.deepEqual(await counted([open], [ended]), expected);
  assert.deepEqual(await counted([ended], [open]), expected);
  const { rows } = await readFiles({ "spans.jsonl": lines(otlp(open), otlp(ended)) });
  assert.equal(rows[0]!.spans[0]!.endTime, "2026-02-02T02:40:03.000000000Z");
});

needs(FILES, "the same span id in another trace is another span", async () => {
  const { sessions } = await counted([call("2", [10, 1])], [call("2", [10, 1], { trace: "1" })]);
  assert.deepEqual(sessions, [[TRACE, 1, 10, 1], [TRACE.replace("0", "1"), 1, 10, 1]]);
});

for (
  const { name, spans, counts, around } of [
    {
      name: "a framework's span around the call of its library, of the same tokens",
      spans: [call("1", [1000, 100]), call("2", [1000, 100], { parent: "1" })],
      counts: [1, 1000, 100],
      around: 1,
    },
    {
      name: "three around each other",
      spans: [
        call("1", [1000, 100]),
        call("2", [1000, 100], { parent: "1" }),
        call("3", [1000, 100], { parent: "2" }),
      ],
      counts: [1, 1000, 100],
      around: 2,
    },
    {
      name: "one around another with a span that is no call between them",
      spans: [call("1", [1000, 100]), agent("2", {}, { parent: "1" }), call("3", [1000, 100], { parent: "2" })],
      counts: [1, 1000, 100],
      around: 1,
    },
    {
      name: "one response, whatever the tokens",
      spans: [
        call("1", [1005, 100], { attributes: answered("r-1") }),
        call("2", [1000, 100], { parent: "1", attributes: answered("r-1") }),
      ],
      counts: [1, 1000, 100],
      around: 1,
    },
    {
      name: "a framework's span without tokens",
      spans: [call("1", []), call("2", [1000, 100], { parent: "1" })],
      counts: [1, 1000, 100],
      around: 1,
    },
    {
      name: "a library's span without tokens, inside one that has them",
      spans: [call("1", [1000, 100]), call("2", [], { parent: "1" })],
      counts: [1, 1000, 100],
      around: 1,
    },
    {
      name: "a call around several that it sums up",
      spans: [call("1", [30, 7]), call("2", [10, 3], { parent: "1" }), call("3", [20, 4], { parent: "1" })],
      counts: [2, 30, 7],
      around: 1,
    },
    {
      name: "another call inside a call, as a tool makes one",
      spans: [call("1", [1000, 100]), call("2", [300, 20], { parent: "1" })],
      counts: [2, 1300, 120],
      around: 0,
    },
    {
      name: "calls of the same tokens one after the other",
      spans: [agent("1"), call("2", [1000, 100], { parent: "1" }), call("3", [1000, 100], { parent: "1" })],
      counts: [2, 2000, 200],
      around: 0,
    },
  ]
) {
  needs(FILES, `calls that contain calls: ${name}`, async () => {
    const { sessions, leftOut } = await counted(spans);
    assert.deepEqual(sessions, [[TRACE, ...counts]]);
    assert.deepEqual(leftOut, around ? { "model calls around the same model call": around } : {});
  });
}

needs(FILES, "calls beside each other of one response count once, unless their tokens differ", async () => {
  const beside = (...tokens: [number, number][]) => [
    agent("1"),
    ...tokens.map((one, i) => call(`${i + 2}`, one, { parent: "1", attributes: answered("r-7") })),
  ];
  assert.deepEqual(await counted(beside([1000, 100], [1000, 100])), {
    sessions: [[TRACE, 1, 1000, 100]],
    leftOut: { "model calls beside the same model call": 1 },
  });
  assert.deepEqual((await counted(beside([1000, 100], [900, 80]))).sessions, [[TRACE, 2, 1900, 180]]);
});

needs(FILES, "a call is of the session that the nearest span around it names", async () => {
  const spans = [
    agent("1"),
    agent("2", { "session.id": "S-A" }, { parent: "1" }),
    agent("3", { "session.id": "S-B" }, { parent: "1" }),
    call("4", [10, 1], { parent: "2" }),
    call("5", [20, 2], { parent: "3" }),
    agent("6", {}, { parent: "3" }),
    call("7", [30, 3], { parent: "6" }),
    call("8", [40, 4], { parent: "6", attributes: { "session.id": "S-A" } }),
  ];
  const { sessions } = await counted(spans);
  assert.deepEqual(sessions, [["S-A", 2, 50, 5], ["S-B", 2, 50, 5]]);
});

needs(FILES, "where the nearest is in another file, and comes later, it names the session all the same", async () => {
  const { sessions } = await countedFiles({
    "a.json": JSON.stringify(otlp(call("2", [10, 1], { parent: "1" }))),
    "b.jsonl": lines(otlp(agent("1", { "session.id": "S-A" })), otlp(call("3", [20, 2], { parent: "1" }))),
  });
  assert.deepEqual(sessions, [["S-A", 2, 30, 3]]);
});

for (const absent of ["", "  ", "null", "undefined", "None"]) {
  needs(FILES, `a session called "${absent}" is none: the trace names it`, async () => {
    const at = { "session.id": absent };
    const { sessions } = await counted(
      [call("1", [10, 1], { attributes: at })],
      [call("1", [20, 2], { trace: "1", attributes: at })],
    );
    assert.deepEqual(sessions, [[TRACE, 1, 10, 1], [TRACE.replace("0", "1"), 1, 20, 2]]);
  });
}

needs(FILES, "spans around each other in a circle end nowhere, and are read", async () => {
  const { sessions } = await counted([call("1", [10, 1], { parent: "2" }), call("2", [20, 2], { parent: "1" })]);
  assert.deepEqual(sessions, [[TRACE, 2, 30, 3]]);
});

needs(FILES, "a row of a session counts a span once too", async () => {
  const span = (id: string, tokens: number | null, end: string | null) => ({
    trace_id: "t",
    span_id: id,
    parent_span_id: null,
    name: "chat",
    kind: "c",
    type: "llm_call",
    start_time: "2026-09-01T00:00:00Z",
    end_time: end,
    status: { code: 1, message: "" },
    attributes: { "gen_ai.request.model": "m", "gen_ai.usage.input_tokens": tokens, "gen_ai.usage.output_tokens": 1 },
  });
  const spans = [
    span("a", null, null),
    span("b", 20, "2026-09-01T00:00:03Z"),
    span("a", 10, "2026-09-01T00:00:02Z"),
  ];
  const row = {
    session_id: "s",
    harness: "h",
    benchmark: "b",
    models: ["m"],
    collected_at: null,
    max_tokens: 1,
    spans,
  };
  const { sessions, leftOut } = await countedFiles({ "rows.jsonl": lines({ ...row, total_tokens: 32 }) });
  assert.deepEqual(sessions, [["s", 2, 30, 2]]);
  assert.deepEqual(leftOut, { "repeated spans": 1 });
});

needs(FILES, "an id is the same in digits of either case, behind 0x and as base64", async () => {
  const ids = [["0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"], ["CvdlGRbNQ92ESOshHIAxnA==", "t61rcWkgMzE="], [
    "0x0AF7651916CD43DD8448EB211C80319C",
    "0xB7AD6B7169203331",
  ]];
  const spans = ids.map(([traceId, spanId]) => ({
    traceId,
    spanId,
    parentSpanId: "AAAAAAAAAAA=",
    name: "chat",
    startTimeUnixNano: "1790000000000000000",
    endTimeUnixNano: "1790000005000000000",
    attributes: { "gen_ai.operation.name": "chat", "gen_ai.request.model": "m", "gen_ai.usage.input_tokens": 7 },
  }));
  const { rows, stream } = await readFiles({
    "a.json": JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
  });
  assert.deepEqual(rows.map(({ sessionId, spans }) => [sessionId, spans.length]), [[ids[0]![0], 1]]);
  assert.deepEqual(stream.leftOut(), { "repeated spans": 2 });
});
