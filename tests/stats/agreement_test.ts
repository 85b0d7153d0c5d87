import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { adjustedRand, krippendorffAlpha } from "../../lib/stats/mod.ts";
import { near } from "./near.ts";

Deno.test("krippendorffAlpha gives the published value of Krippendorff's example C, nominal and interval", () => {
  // Krippendorff (2011), section C: four observers, twelve units, missing values; alpha 0.743 nominal, 0.849 interval.
  const observers = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
    [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
  ];
  const units = observers[0]!.map((_, u) => observers.map((ratings) => ratings[u] ?? null));
  const PRINTED = { rtol: 0, atol: 5e-4 };
  near(krippendorffAlpha(units).estimate, 0.743, PRINTED);
  near(krippendorffAlpha(units, "interval").estimate, 0.849, PRINTED);
  const { units: used, leftOut, ratings } = krippendorffAlpha(units);
  deepStrictEqual({ used, leftOut, ratings }, { used: 11, leftOut: 1, ratings: 40 });
});

Deno.test("full agreement is 1, a single value everywhere says nothing", () => {
  strictEqual(krippendorffAlpha([["a", "a"], ["b", "b"]]).estimate, 1);
  strictEqual(krippendorffAlpha([["a", "a"], ["a", "a"]]).estimate, NaN);
  strictEqual(krippendorffAlpha([["a", null]]).estimate, NaN);
  throws(() => krippendorffAlpha([["a", "b"]], "interval"), /"interval" needs numbers/);
});

Deno.test("adjustedRand: the same clustering under other names is 1, a worked example is 4/7, others as counted pair by pair", () => {
  strictEqual(adjustedRand([0, 0, 1, 1, 2], ["b", "b", "a", "a", "c"]), 1);
  // scikit-learn's documentation of adjusted_rand_score: [0,0,1,2] against [0,0,1,1] is 0.57...
  near(adjustedRand([0, 0, 1, 2], [0, 0, 1, 1]), 4 / 7, { rtol: 1e-12 });
  const [a, b] = [[0, 0, 0, 1, 1, 1, 2, 2], [0, 0, 1, 1, 1, 2, 2, 0]];
  near(adjustedRand(a, b), byCounting(a, b), { rtol: 1e-12 });
  throws(() => adjustedRand([1], [1, 2]), /found 1 and 2 labels/);
});

Deno.test("adjustedRand of nothing in common is at most 0", () => {
  near(adjustedRand([0, 0, 1, 1], [0, 1, 0, 1]), -0.5, { rtol: 1e-12 });
});

function byCounting(a: number[], b: number[]): number {
  let [both, onlyA, onlyB, all] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const [inA, inB] = [a[i] === a[j], b[i] === b[j]];
      all++;
      if (inA && inB) both++;
      if (inA) onlyA++;
      if (inB) onlyB++;
    }
  }
  const expected = onlyA * onlyB / all;
  return (both - expected) / ((onlyA + onlyB) / 2 - expected);
}
