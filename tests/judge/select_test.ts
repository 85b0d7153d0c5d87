import { deepEqual, equal, notDeepEqual, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { type Chosen, matches, parseWhere, stratifiedSample } from "../../lib/judge/run/select.ts";

const rows = (sizes: Record<string, number>): Chosen[] =>
  Object.entries(sizes).flatMap(([benchmark, n]) =>
    Array.from({ length: n }, (_, i) => ({ sessionId: `${benchmark}_${i}`, benchmark, harness: "h", models: ["m"] }))
  );

const sizesOf = (ids: Set<string>) =>
  Object.fromEntries([...Map.groupBy(ids, (id) => id.split("_")[0]!)].map(([name, members]) => [name, members.length]));

Deno.test("a stratified sample gives each stratum its share, and one at least", () => {
  deepEqual(sizesOf(stratifiedSample(rows({ a: 60, b: 30, c: 10 }), 10, "1")), { a: 6, b: 3, c: 1 });
  deepEqual(sizesOf(stratifiedSample(rows({ a: 1000, b: 1, c: 1 }), 10, "1")), { a: 8, b: 1, c: 1 });
  equal(stratifiedSample(rows({ a: 3 }), 10, "1").size, 3);
});

Deno.test("a sample has the size asked for and does not depend on the order of rows", () => {
  fc.assert(fc.property(
    fc.dictionary(fc.constantFrom("a", "b", "c", "d", "e"), fc.integer({ min: 1, max: 30 })),
    fc.integer({ min: 1, max: 60 }),
    (sizes, n) => {
      const all = rows(sizes);
      const sample = stratifiedSample(all, n, "seed");
      equal(sample.size, Math.min(n, all.length));
      deepEqual(stratifiedSample(all.toReversed(), n, "seed"), sample);
    },
  ));
});

Deno.test("many small strata beside a large one take no more than was asked for", () => {
  const all = rows({ a: 101, b: 1, c: 1, d: 1, e: 1 });
  for (const n of [5, 6, 8, 12, 20]) equal(stratifiedSample(all, n, "seed").size, n);
});

Deno.test("another seed gives another sample", () => {
  notDeepEqual(stratifiedSample(rows({ a: 100 }), 10, "1"), stratifiedSample(rows({ a: 100 }), 10, "2"));
});

Deno.test("within a key any value may hold, all keys must", () => {
  const row = { sessionId: "run7_1", run: "run7", benchmark: "appworld", harness: "solo", models: ["azure/Kimi-K2.5"] };
  ok(matches(parseWhere(["benchmark=swebench", "benchmark=appworld", "model=kimi-k2.5", "run=run7"]), row));
  ok(!matches(parseWhere(["benchmark=appworld", "harness=other"]), row));
  ok(matches({}, row));
  throws(() => parseWhere(["task=3"]), /--where task=3: expected KEY=VALUE with a key of benchmark, harness, model/);
  throws(() => parseWhere(["benchmark"]), /expected KEY=VALUE/);
});
