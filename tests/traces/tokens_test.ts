import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { countedTokens, type RecordedTokens, TOKEN_CONVENTIONS } from "../../lib/traces/mod.ts";

const NONE: RecordedTokens = {
  input: null,
  cached: null,
  cacheWrite: null,
  output: null,
  reasoning: null,
  total: null,
};
const counted = (found: Partial<RecordedTokens>, of: keyof typeof TOKEN_CONVENTIONS = "OpenTelemetry") => {
  const { inputTokens, outputTokens, adjusted } = countedTokens({ ...NONE, ...found }, TOKEN_CONVENTIONS[of]);
  return [inputTokens, outputTokens, ...adjusted];
};
const CACHED = "cached tokens that the input left out";
const REASONING = "reasoning tokens that the output left out";

Deno.test("what was cached stays inside the input, or is added where its recorder counts it beside", () => {
  deepEqual(counted({ input: 1000, cached: 900, output: 100 }), [1000, 100]);
  deepEqual(counted({ input: 1000, cached: 600, cacheWrite: 400, output: 100 }), [1000, 100]);
  deepEqual(counted({ input: 5, cached: 128_955, cacheWrite: 1253, output: 100 }, "Anthropic"), [130_213, 100]);
  deepEqual(counted({ input: 1000, cached: 900, output: 100 }, "Bedrock"), [1900, 100]);
});

Deno.test("what cannot be inside the input was beside it, is added, and told", () => {
  deepEqual(counted({ input: 5, cached: 128_955, cacheWrite: 1253, output: 100 }), [130_213, 100, CACHED]);
  deepEqual(counted({ input: 1000, cached: 900, output: 100, total: 2000 }), [1900, 100, CACHED]);
  deepEqual(counted({ input: 0, cached: 1, output: 1 }), [1, 1, CACHED]);
  deepEqual(counted({ input: 1000, cached: 1000, output: 100 }), [1000, 100]);
});

Deno.test("reasoning is inside the output, or added where its recorder, its size or the total says so", () => {
  deepEqual(counted({ input: 10, output: 300, reasoning: 200, total: 310 }), [10, 300]);
  deepEqual(counted({ input: 10, output: 100, reasoning: 200, total: 310 }, "Gemini"), [10, 300]);
  deepEqual(counted({ input: 10, output: 100, reasoning: 200, total: 310 }), [10, 300, REASONING]);
  deepEqual(counted({ input: 10, output: 100, reasoning: 200 }), [10, 300, REASONING]);
  deepEqual(counted({ input: 10, output: 100, total: 310 }), [10, 300, REASONING]);
  deepEqual(counted({ input: 10, output: 100, reasoning: 80 }), [10, 100]);
});

Deno.test("a sum that is not known stays unknown, whatever its parts are", () => {
  deepEqual(counted({ cached: 900, output: 100 }), [null, 100]);
  deepEqual(counted({ input: 10, reasoning: 900 }), [10, null]);
  deepEqual(counted({ total: 500 }), [null, null]);
});

const count = fc.option(fc.nat(100_000), { nil: null });
const found = fc.record({
  input: count,
  cached: count,
  cacheWrite: count,
  output: count,
  reasoning: count,
  total: count,
});
const convention = fc.constantFrom(...Object.values(TOKEN_CONVENTIONS));

Deno.test("sums hold their parts, are never smaller than what is stated, and are known where it is", () => {
  fc.assert(fc.property(found, convention, (found, convention) => {
    const { inputTokens, cachedTokens, cacheWriteTokens, outputTokens, reasoningTokens } = countedTokens(
      found,
      convention,
    );
    deepEqual([cachedTokens, cacheWriteTokens, reasoningTokens], [found.cached, found.cacheWrite, found.reasoning]);
    equal(inputTokens === null, found.input === null);
    equal(outputTokens === null, found.output === null);
    if (inputTokens !== null) {
      equal(inputTokens >= Math.max(found.input!, (found.cached ?? 0) + (found.cacheWrite ?? 0)), true);
    }
    if (outputTokens !== null) equal(outputTokens >= Math.max(found.output!, found.reasoning ?? 0), true);
  }));
});
