import { deepStrictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { boxStats, quantile } from "../../lib/stats/mod.ts";
import { near } from "./near.ts";
import { oracle } from "./oracle.ts";

Deno.test("quantile matches numpy's default", () => {
  for (const { values, levels, quantiles } of oracle.quantiles) {
    levels.forEach((q, i) => near(quantile(values, q), quantiles[i]!, { rtol: 1e-14 }, `${q} of ${values.length}`));
  }
});

Deno.test("boxStats: whiskers end at values, outliers beyond 1.5 IQR are not reached", () => {
  deepStrictEqual(boxStats([30, 1, 2, 3, 4, 5, -20]), {
    n: 7,
    q1: 1.5,
    median: 3,
    q3: 4.5,
    whiskerLo: 1,
    whiskerHi: 5,
  });
  deepStrictEqual(boxStats([8]), { n: 1, q1: 8, median: 8, q3: 8, whiskerLo: 8, whiskerHi: 8 });
  deepStrictEqual(boxStats([1, 1, 1, 1, 50]), { n: 5, q1: 1, median: 1, q3: 1, whiskerLo: 1, whiskerHi: 1 });
});

Deno.test("a quantile lies between neighbours, does not depend on order, and moves with the values", () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (v, q) => {
    const found = quantile(v, q);
    near(quantile([...v].reverse(), q), found, { rtol: 0 });
    near(quantile(v.map((x) => x + 7), q), found + 7, { rtol: 1e-12, atol: 1e-9 });
    const box = boxStats(v);
    return box.whiskerLo <= box.median && box.median <= box.whiskerHi && v.includes(box.whiskerLo);
  }));
});

Deno.test("no values, NaN and levels outside 0..1 are refused", () => {
  throws(() => quantile([], 0.5), /found none/);
  throws(() => quantile([1, NaN], 0.5), /found NaN at 1/);
  throws(() => quantile([1], 2), /expected q from 0 to 1, found 2/);
});
