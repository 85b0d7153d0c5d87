import { strictEqual, throws } from "node:assert/strict";
import { kendall, spearman } from "../../lib/stats/mod.ts";
import { near } from "./near.ts";
import { oracle } from "./oracle.ts";

const DOUBLE = { rtol: 1e-10, atol: 1e-14 };

Deno.test("spearman and kendall match scipy, with ties", () => {
  for (const { x, y, spearman: s, kendall: k } of oracle.correlations) {
    near(spearman(x, y).estimate, s[0]!, DOUBLE);
    near(spearman(x, y).pValue, s[1]!, { rtol: 1e-10, atol: 1e-14 });
    near(kendall(x, y).estimate, k[0]!, DOUBLE);
    near(kendall(x, y).pValue, k[1]!, DOUBLE);
  }
});

Deno.test("intervals of correlations hold the estimate and widen with fewer pairs", () => {
  const x = Array.from({ length: 40 }, (_, i) => i);
  const y = x.map((v) => (v * 17) % 23);
  for (const correlate of [spearman, kendall]) {
    const [many, few] = [correlate(x, y), correlate(x.slice(0, 10), y.slice(0, 10))];
    strictEqual(many.lo < many.estimate && many.estimate < many.hi, true);
    strictEqual(few.hi - few.lo > many.hi - many.lo, true);
  }
});

Deno.test("a constant column has no correlation", () => {
  strictEqual(spearman([1, 1, 1], [1, 2, 3]).estimate, NaN);
  strictEqual(kendall([1, 1, 1], [1, 2, 3]).estimate, NaN);
});

Deno.test("columns of different length are refused", () => {
  throws(() => spearman([1], [1, 2]), /expected pairs, found 1 and 2 values/);
  throws(() => kendall([1, Infinity], [1, 2]), /found Infinity at x\[1\]/);
});
