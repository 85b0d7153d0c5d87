import assert from "node:assert/strict";
import fc from "fast-check";
import { BUILT_IN } from "../../../lib/sources/mapping/builtin.ts";
import { lineKeyFinder } from "../../../lib/sources/otlp/line_keys.ts";
import { OTLP_SPANS, spanFileRows } from "../../../lib/sources/spans/read.ts";
import { needs } from "../../support/needs.ts";
import { otlp, otlpLogs, type PlainSpan } from "./otlp.ts";

async function partsOf(path: string, heldBytes: number) {
  const files = [{ path, format: "jsonl" as const }];
  return await Array.fromAsync(spanFileRows(files, OTLP_SPANS, BUILT_IN.otlp, path, heldBytes));
}

const call = (id: string, session: string | null, parent?: string, trace = "0"): PlainSpan => ({
  id,
  trace,
  ...(parent ? { parent } : {}),
  attributes: {
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "m-small",
    "gen_ai.input.messages": JSON.stringify([{
      role: "user",
      parts: [{ type: "text", content: `call ${id} "traceId":"x" {"key":"session.id","value":{"stringValue":"y"}}` }],
    }]),
    ...(session ? { "session.id": session } : {}),
  },
});

type Json = Record<string, unknown>;

/** JSON as Python writes it, with a space behind each comma and colon. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`).join(", ")}}`;
}

/** The parts of objects in another order, at any depth: ids behind what hangs on them. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)]));
}

function traceless(value: Json): Json {
  return JSON.parse(JSON.stringify(value, (key, inner) => key === "traceId" ? undefined : inner));
}

const WAYS: Record<string, (document: Json) => string> = {
  plain: JSON.stringify,
  spaced,
  reversed: (document) => JSON.stringify(reversed(document)),
  escaped: (document) => JSON.stringify(document).replaceAll('"a"', '"\\u0061"'),
  traceless: (document) => JSON.stringify(traceless(document)),
  twice: (document) => `${JSON.stringify(document)}${JSON.stringify(document)}`,
  cut: (document) => JSON.stringify(document).slice(0, -3),
  broken: (document) => JSON.stringify(document).replace("call ", "call \\q"),
};

const span = fc.record({
  id: fc.integer({ min: 1, max: 12 }).map(String),
  session: fc.constantFrom("a", "b", "null", null),
  trace: fc.constantFrom("0", "1", "2"),
  parent: fc.option(fc.integer({ min: 1, max: 12 }).map(String), { nil: undefined }),
  kind: fc.constantFrom("call", "call", "tool", "log", "alone", "metrics"),
});

type Drawn = typeof span extends fc.Arbitrary<infer T> ? T : never;

function documentOf(spans: readonly Drawn[]): Json {
  const [{ kind, id }] = spans as [Drawn];
  if (kind === "metrics") return { resourceMetrics: [] };
  if (kind === "log") {
    return otlpLogs({ span: id, name: "gen_ai.choice", body: { message: { content: `answer ${id}` } } });
  }
  if (kind === "alone") {
    return otlpLogs({
      span: `${20 + Number(id)}`,
      name: "gen_ai.choice",
      body: { message: { content: `alone ${id}` } },
    });
  }
  return otlp(
    ...spans.map(({ id, session, trace, parent, kind }) =>
      kind === "call" ? call(id, session, parent, trace) : { id, trace, name: "tool", attributes: {} }
    ),
  );
}

/** Rows without what they say was left out, and the sum of that. */
function apart(parts: Awaited<ReturnType<typeof partsOf>>) {
  const leftOut: Record<string, number> = {};
  const rows = parts.map((one) => {
    if (!("parts" in one)) return one;
    for (const [reason, n] of Object.entries(one.parts.leftOut ?? {})) leftOut[reason] = (leftOut[reason] ?? 0) + n;
    return { ...one, parts: { ...one.parts, leftOut: null } };
  });
  const isFault = (one: typeof rows[number]) => "fault" in one;
  return { faults: rows.filter(isFault), rows: rows.filter((one) => !isFault(one)), leftOut };
}

needs(["read", "write"], "sessions of spans that are read twice are those of spans that are held", async () => {
  const line = fc.record({
    spans: fc.array(span, { minLength: 1, maxLength: 4 }),
    way: fc.constantFrom(...Array(12).fill("plain"), ...Object.keys(WAYS).filter((way) => way !== "reversed")),
  });
  const path = await Deno.makeTempFile({ suffix: ".jsonl" });
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(null, null, ...Object.keys(WAYS)),
        async (drawn, all) => {
          const texts = drawn.map(({ spans, way }) => WAYS[all ?? way]!(documentOf(spans)));
          await Deno.writeTextFile(path, `${texts.join("\n")}\n`);
          const [held, streamed] = [await partsOf(path, Infinity), await partsOf(path, 0)].map(apart);
          assert.deepEqual(streamed, held);
        },
      ),
      { numRuns: 300 },
    );
  } finally {
    await Deno.remove(path);
  }
});

needs(["read", "write"], "a session that was given before its last span was found is given again, whole", async () => {
  const path = await Deno.makeTempFile({ suffix: ".jsonl" });
  try {
    const [first, other] = [otlp(call("1", "a")), otlp(call("2", "b", undefined, "1"))];
    const late = reversed(otlp(call("3", "x", undefined, "2"), call("4", "a", undefined, "3"))) as Json;
    await Deno.writeTextFile(path, [first, other, late].map((document) => `${JSON.stringify(document)}\n`).join(""));
    const { rows } = apart(await partsOf(path, 0));
    const told = rows.map((one) => "parts" in one ? [one.parts.known?.sessionId, one.parts.spans?.length] : one.fault);
    assert.deepEqual(told, [["a", 1], ["b", 1], ["a", 2], ["x", 1]]);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("what ties spans together is found without parsing, and not where a line is written otherwise", () => {
  const keysOf = lineKeyFinder(BUILT_IN.otlp);
  const document = otlp(call("1", "a"), call("2", null, "1"), call("3", "b", undefined, "1"));
  const [first, second] = ["0af7651916cd43dd8448eb211c80319c", "1af7651916cd43dd8448eb211c80319c"];
  for (const write of [WAYS["plain"]!, spaced]) {
    assert.deepEqual(keysOf(write(document))?.spans, [[first, "a"], [first], [second, "b"]]);
  }
  assert.equal(keysOf(WAYS["escaped"]!(document)), null);
  assert.equal(keysOf(JSON.stringify(document, null, 2)), null);
  assert.equal(keysOf(WAYS["cut"]!(document)), null);
});
