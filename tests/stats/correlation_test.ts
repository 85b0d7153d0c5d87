import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { kendall, spearman } from "../../lib/stats/mod.ts";
import { near } from "./near.ts";
import { oracle } from "./oracle.ts";

const DOUBLE = { rtol: 1e-10, atol: 1e-14 };

Deno.test("spearman and kendall match scipy, with ties; few pairs all orders counted one by one", () => {
  for (const { x, y, spearman: s, kendall: k } of oracle.correlations) {
    for (const [found, [estimate, pValue]] of [[spearman(x, y), s], [kendall(x, y), k]] as const) {
      near(found.estimate!, estimate!, DOUBLE);
      near(found.pValue!, pValue!, DOUBLE);
      strictEqual(found.pValueFrom, x.length < 10 ? "permutations" : "approximation");
    }
  }
});

Deno.test("intervals of correlations hold the estimate and widen with fewer pairs", () => {
  const x = Array.from({ length: 40 }, (_, i) => i);
  const y = x.map((v) => (v * 17) % 23);
  for (const correlate of [spearman, kendall]) {
    const [many, few] = [correlate(x, y), correlate(x.slice(0, 10), y.slice(0, 10))];
    strictEqual(many.lo! < many.estimate! && many.estimate! < many.hi!, true);
    strictEqual(few.hi! - few.lo! > many.hi! - many.lo!, true);
  }
});

Deno.test("a constant column has no correlation, and no test of one", () => {
  for (const correlate of [spearman, kendall]) {
    for (const n of [0, 1, 3, 30]) {
      const { estimate, pValue, lo, hi } = correlate(new Array(n).fill(1), Array.from({ length: n }, (_, i) => i));
      deepStrictEqual([estimate, pValue, lo, hi], [null, null, null, null]);
    }
  }
});

Deno.test("perfect ranks are as improbable as their orders are few, never impossible", () => {
  const ranks = (n: number) => Array.from({ length: n }, (_, i) => i);
  for (const correlate of [spearman, kendall]) {
    near(correlate(ranks(5), ranks(5)).pValue!, 2 / 120, DOUBLE);
    strictEqual(correlate(ranks(5), ranks(5)).lo, null);
    strictEqual(correlate(ranks(12), ranks(12)).pValue! >= 2 / 479001600, true);
  }
});

Deno.test("columns of different length are refused", () => {
  throws(() => spearman([1], [1, 2]), /expected pairs, found 1 and 2 values/);
  throws(() => kendall([1, Infinity], [1, 2]), /found Infinity at x\[1\]/);
});
