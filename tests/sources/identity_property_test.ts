import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { BUILT_IN } from "../../lib/sources/mapping/builtin.ts";
import { newNotes } from "../../lib/sources/mapping/notes.ts";
import { rowMaker } from "../../lib/sources/mapping/row.ts";
import { otlpSpans } from "../../lib/sources/otlp/otlp.ts";
import { otlpRows } from "../../lib/sources/otlp/sessions.ts";
import { recordedSessions } from "../../lib/sources/mod.ts";
import type { Session } from "../../lib/model/mod.ts";
import { sessionOf } from "../../lib/traces/mod.ts";
import { needs } from "../support/needs.ts";
import { otlp, type PlainSpan } from "./formats/otlp.ts";
import { lines } from "./formats/read.ts";
import { partsOf } from "./own_files.ts";

/** What of a session has to be the same, however its spans come. */
function numbersOf({ sessionId, calls, totalTokens, inputTokens, cachedTokens, outputTokens, ...others }: Session) {
  const { durationS, startedAt, model, errorSpans, recordedUsd } = others;
  return {
    sessionId,
    calls,
    totalTokens,
    inputTokens,
    cachedTokens,
    outputTokens,
    durationS,
    startedAt,
    model,
    errorSpans,
    recordedUsd,
  };
}

const byId = (sessions: readonly Session[]) =>
  sessions.map(numbersOf).sort((a, b) => a.sessionId < b.sessionId ? -1 : 1);

function numbersIn(spans: readonly PlainSpan[]) {
  const make = rowMaker(BUILT_IN.otlp, newNotes());
  const { rows } = otlpRows(otlpSpans(otlp(...spans)), BUILT_IN.otlp);
  return byId(rows.map((made, i) => sessionOf(make(partsOf(made), "f", i), null)));
}

const drawn = fc.record({
  trace: fc.constantFrom("0", "1"),
  parent: fc.option(fc.nat(9), { nil: undefined }),
  start: fc.integer({ min: 1, max: 40 }),
  seconds: fc.integer({ min: 0, max: 9 }),
  isCall: fc.boolean(),
  input: fc.option(fc.constantFrom(100, 200, 345), { nil: undefined }),
  output: fc.option(fc.constantFrom(10, 20), { nil: undefined }),
  cached: fc.option(fc.constantFrom(50, 90), { nil: undefined }),
  response: fc.option(fc.constantFrom("r1", "r2"), { nil: undefined }),
  session: fc.option(fc.constantFrom("S-A", "S-B", ""), { nil: undefined, freq: 5 }),
});

/** Spans of two traces, nested somehow, sessions named here and there, some calls around or beside the same call. */
const spans = fc.array(drawn, { minLength: 1, maxLength: 10 }).map((list) =>
  list.map(({ trace, parent, start, seconds, isCall, input, output, cached, response, session }, i): PlainSpan => {
    const inside = parent !== undefined && parent < i && list[parent]!.trace === trace ? parent : undefined;
    return {
      id: String(i + 1),
      trace,
      ...(inside === undefined ? {} : { parent: String(inside + 1) }),
      start,
      end: start + seconds,
      attributes: {
        "gen_ai.operation.name": isCall ? "chat" : "invoke_agent",
        "gen_ai.request.model": "m",
        ...(input === undefined ? {} : { "gen_ai.usage.input_tokens": input }),
        ...(output === undefined ? {} : { "gen_ai.usage.output_tokens": output }),
        ...(cached === undefined ? {} : { "gen_ai.usage.cache_read.input_tokens": cached }),
        ...(response === undefined ? {} : { "gen_ai.response.id": response }),
        ...(session === undefined ? {} : { "session.id": session }),
      },
    };
  })
);

/** A span as it is exported while it is open: without its end, and without what is only known then. */
function open({ attributes, ...span }: PlainSpan): PlainSpan {
  const known = Object.entries(attributes!).filter(([name]) => !/usage|response/.test(name));
  return { ...span, end: null, attributes: Object.fromEntries(known) };
}

/** The same spans in another order, some of them exported again, some also while they were open. */
const rearranged = spans.chain((list) =>
  fc.record({
    spans: fc.constant(list),
    again: fc.subarray(list),
    opened: fc.subarray(list),
  }).chain(({ spans, again, opened }) => {
    const all = [...spans, ...again, ...opened.map(open)];
    return fc.record({ spans: fc.constant(spans), all: fc.shuffledSubarray(all, { minLength: all.length }) });
  })
);

Deno.test("the order of spans, and how often each was exported, changes no number", () => {
  fc.assert(fc.property(rearranged, ({ spans, all }) => deepEqual(numbersIn(all), numbersIn(spans))), {
    numRuns: 500,
  });
});

needs(["read", "write"], "the files over which spans lie change no number", async () => {
  const split = fc.record({ rearranged, files: fc.array(fc.nat(3), { minLength: 30, maxLength: 30 }) });
  await fc.assert(
    fc.asyncProperty(split, async ({ rearranged: { spans, all }, files }) => {
      const dir = await Deno.makeTempDir();
      try {
        for (const [file, found] of Map.groupBy(all, (_, i) => files[i]!)) {
          await Deno.writeTextFile(`${dir}/${file}.jsonl`, lines(...found.map((span) => otlp(span))));
        }
        const expected = numbersIn(spans);
        const read = expected.length ? (await recordedSessions(dir)).sessions : [];
        deepEqual(byId(read), expected);
      } finally {
        await Deno.remove(dir, { recursive: true });
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("a call of which nothing is known changes no number but that of the calls", () => {
  const unknown = fc.constantFrom("", "NaN", -1, "many", 1e300);
  fc.assert(fc.property(spans, unknown, unknown, (list, input, output) => {
    const call: PlainSpan = {
      id: "99",
      trace: "0",
      end: null,
      attributes: {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": "m",
        "session.id": "S-A",
        "gen_ai.usage.input_tokens": input,
        "gen_ai.usage.output_tokens": output,
      },
    };
    const sessions = numbersIn([...list, agent]);
    const more = numbersIn([...list, agent, call]);
    for (const before of sessions) {
      const after = more.find(({ sessionId }) => sessionId === before.sessionId)!;
      const added = before.sessionId === "S-A" ? 1 : 0;
      deepEqual(after, { ...before, calls: before.calls + added, model: after.model, startedAt: after.startedAt });
    }
  }));
});

const agent: PlainSpan = {
  id: "98",
  trace: "0",
  start: 1,
  attributes: { "gen_ai.operation.name": "invoke_agent", "session.id": "S-A" },
};
