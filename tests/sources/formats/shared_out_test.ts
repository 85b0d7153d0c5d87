/** Tokens that are only known of a whole session, shared by its calls. @module */
import assert from "node:assert/strict";
import { SharedMessages } from "../../../lib/model/mod.ts";
import type { SpanParts } from "../../../lib/sources/mapping/row.ts";
import { shareTokens } from "../../../lib/sources/readers/shared_out.ts";

Deno.test("calls share tokens by the length of their texts, and a list that they share is measured once", () => {
  let looks = 0;
  const message = (length: number) => ({
    get content() {
      looks++;
      return "x".repeat(length);
    },
  });
  const list = Array.from({ length: 1000 }, (_, at) => message(at % 7));
  const counts = list.map((_, at) => at + 1);
  const calls = counts.map((count): SpanParts => ({ inputMessages: new SharedMessages(list, count) }));
  shareTokens(calls, { inputTokens: 1e6, cachedTokens: 1e5 });
  assert.equal(looks, list.length);
  const apart = counts.map((count): SpanParts => ({ inputMessages: new SharedMessages(list.slice(0, count)) }));
  shareTokens(apart, { inputTokens: 1e6, cachedTokens: 1e5 });
  const told = (all: SpanParts[]) => all.map(({ inputTokens, cachedTokens }) => [inputTokens, cachedTokens]);
  assert.deepEqual(told(calls), told(apart));
  assert.equal(calls.reduce((sum, call) => sum + Number(call.inputTokens), 0), 1e6);
});
