import assert from "node:assert/strict";
import fc from "fast-check";
import { BUILT_IN } from "../../../lib/sources/mapping/builtin.ts";
import { OTLP_SPANS, spanFileRows } from "../../../lib/sources/spans/read.ts";
import { needs } from "../../support/needs.ts";
import { otlp, otlpLogs, type PlainSpan } from "./otlp.ts";
import { lines } from "./read.ts";

async function partsOf(path: string, heldBytes: number) {
  const files = [{ path, format: "jsonl" as const }];
  return await Array.fromAsync(spanFileRows(files, OTLP_SPANS, BUILT_IN.otlp, path, heldBytes));
}

const call = (id: string, session: string | null, parent?: string): PlainSpan => ({
  id,
  ...(parent ? { parent } : {}),
  attributes: {
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "m-small",
    "gen_ai.input.messages": JSON.stringify([{
      role: "user",
      parts: [{ type: "text", content: `call ${id} `.repeat(50) }],
    }]),
    ...(session ? { "session.id": session } : {}),
  },
});

needs(["read", "write"], "sessions of spans that are read twice are those of spans that are held", async () => {
  const span = fc.record({
    id: fc.integer({ min: 1, max: 12 }).map(String),
    session: fc.constantFrom("a", "b", null),
    parent: fc.option(fc.integer({ min: 1, max: 12 }).map(String)),
    other: fc.boolean(),
    log: fc.boolean(),
    lost: fc.boolean(),
    alone: fc.constantFrom(null, "gen_ai.choice", "something.else"),
  });
  const path = await Deno.makeTempFile({ suffix: ".jsonl" });
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(span, { minLength: 1, maxLength: 20 }), async (spans) => {
        const documents = spans.flatMap(({ id, session, parent, other, log, lost, alone }) => [
          ...(alone
            ? [otlpLogs({ span: `${20 + Number(id)}`, name: alone, body: { message: { content: `alone ${id}` } } })]
            : []),
          ...(log
            ? [otlpLogs({ span: id, name: "gen_ai.choice", body: { message: { content: `answer ${id}` } } })]
            : []),
          ...(lost
            ? []
            : [otlp(other ? { id, name: "tool", attributes: {} } : call(id, session, parent ?? undefined))]),
        ]);
        await Deno.writeTextFile(path, lines(...documents));
        const [held, streamed] = [await partsOf(path, Infinity), await partsOf(path, 0)];
        const leftOut = (parts: typeof held) => {
          const sum: Record<string, number> = {};
          for (const one of parts) {
            for (const [reason, n] of Object.entries("parts" in one ? one.parts.leftOut ?? {} : {})) {
              sum[reason] = (sum[reason] ?? 0) + n;
            }
          }
          return sum;
        };
        const rows = (parts: typeof held) =>
          parts.map((one) => "parts" in one ? { ...one, parts: { ...one.parts, leftOut: null } } : one);
        assert.deepEqual(rows(streamed), rows(held));
        assert.deepEqual(leftOut(streamed), leftOut(held));
      }),
      { numRuns: 60 },
    );
  } finally {
    await Deno.remove(path);
  }
});
