import assert from "node:assert/strict";
import fc from "fast-check";
import { QUANTILE_PROBABILITIES, sampleFromFacts } from "../../lib/study/sources/sample.ts";
import { quantile, total } from "./quantile.ts";

function factsOf(values: readonly number[], integer: boolean) {
  const quantiles = QUANTILE_PROBABILITIES.map((p) => quantile(values, p));
  return { n: values.length, sum: total(values), quantiles, integer };
}

const counts = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 60 });

Deno.test("a sample of counts has the facts' n, sum, minimum and maximum, and ascends, whatever the counts were", () => {
  fc.assert(
    fc.property(counts, (values) => {
      const sample = sampleFromFacts(factsOf(values, true));
      assert.equal(sample.length, values.length);
      assert.equal(total(sample), total(values));
      assert.equal(sample[0], Math.min(...values));
      assert.equal(sample.at(-1), Math.max(...values));
      assert.ok(sample.every((x, i) => Number.isInteger(x) && (i === 0 || x >= sample[i - 1]!)));
    }),
    { numRuns: 200, seed: 7 },
  );
});

/** Of the maximum, apart from rounding to whole counts. */
const QUANTILE_ATOL = 0.002;

Deno.test("its quantiles are near the facts', however clustered the counts were", () => {
  fc.assert(
    fc.property(counts, (values) => {
      const sample = sampleFromFacts(factsOf(values, true));
      for (const p of QUANTILE_PROBABILITIES) {
        const off = Math.abs(quantile(sample, p) - quantile(values, p));
        assert.ok(
          off <= Math.max(1, QUANTILE_ATOL * Math.max(...values)),
          `${p}: off by ${off} for ${values.join(" ")}`,
        );
      }
    }),
    { numRuns: 200, seed: 11 },
  );
});

Deno.test("groups of up to five are rebuilt value by value: the facts leave no choice", () => {
  for (const values of [[7], [3, 9], [1, 5, 6], [2, 2, 8, 11], [1, 4, 9, 16, 25]]) {
    assert.deepEqual(sampleFromFacts(factsOf(values, true)), values);
  }
});

Deno.test("seconds keep their sum although the recorded ends are rounded", () => {
  const quantiles = [1.234568, 1.411111, 1.675926, 2.117284, 2.558642, 2.823457, 3];
  const sample = sampleFromFacts({ n: 2, sum: 4.2345674, quantiles, integer: false });
  assert.ok(Math.abs(total(sample) / 4.2345674 - 1) < 1e-12);
  assert.ok(Math.abs(sample[0]! - 1.234568) <= 5e-7);
});

const faults: [name: string, facts: Parameters<typeof sampleFromFacts>[0], message: RegExp][] = [
  ["a sum out of reach", { n: 2, sum: 50, quantiles: [1, 1, 2, 2, 3, 3, 4], integer: true }, /between 2 x 1 and 2 x 4/],
  ["quantiles that fall", { n: 2, sum: 5, quantiles: [1, 3, 2, 2, 3, 3, 4], integer: true }, /ascending quantiles/],
  ["no values", { n: 0, sum: 0, quantiles: [0, 0, 0, 0, 0, 0, 0], integer: true }, /positive number of values/],
  ["half a count", { n: 2, sum: 4.5, quantiles: [1, 1, 2, 2, 3, 3, 4], integer: true }, /whole sum/],
];
for (const [name, facts, message] of faults) {
  Deno.test(`facts that no sample can have are an error: ${name}`, () => {
    assert.throws(() => sampleFromFacts(facts), message);
  });
}
