import { deepEqual, equal, ok, throws } from "node:assert/strict";
import {
  drawBinomial,
  expectedWidths,
  incrementalShareFunction,
  labelsToSettle,
  neymanAllocation,
  residualSd,
  seededRandom,
  sharesOfR2,
} from "../../../lib/stats/mod.ts";
import { meanCoverage } from "../../../bench/coverage/label_worlds.ts";

const TINY = 1e-12;
const judge = { sessions: 1800, prevalence: 0.5, sensitivity: 0.9, specificity: 0.7 };

Deno.test("with every session labelled all methods have the width of the labels alone", () => {
  const [last] = expectedWidths(judge, [1800]);
  ok(last && Math.abs(last.ppi - last.labelsOnly) < TINY && Math.abs((last.roganGladen ?? 0) - last.labelsOnly) < TINY);
});

Deno.test("expected widths are those that simulations find, within 6%", () => {
  const WITHIN = 0.06;
  for (const method of ["ppi++", "rogan-gladen"] as const) {
    const found = meanCoverage(method, { ...judge, labels: 300 }, {
      random: seededRandom(5),
      simulations: 200,
      draws: 300,
    });
    const [row] = expectedWidths(judge, [300]);
    const expected = (method === "ppi++" ? row?.ppi : row?.roganGladen) ?? NaN;
    ok(Math.abs((found.meanWidth ?? NaN) / expected - 1) < WITHIN, `${method}: ${found.meanWidth} against ${expected}`);
  }
});

Deno.test("labelsToSettle gives the first count whose interval leaves the threshold out", () => {
  const n = labelsToSettle(judge, 0.45);
  ok(n !== null);
  const half = (labels: number) => (expectedWidths(judge, [labels])[0]?.ppi ?? NaN) / 2;
  ok(half(n) < 0.05 && half(n - 1) >= 0.05);
  equal(labelsToSettle(judge, 0.4999), null, "not even all labels settle a hair's breadth");
});

Deno.test("a perfect judge leaves nothing to learn from a label, a useless one everything", () => {
  equal(residualSd({ prevalence: 0.5, sensitivity: 1, specificity: 1 }), 0);
  ok(Math.abs(residualSd({ prevalence: 0.5, sensitivity: 0.5, specificity: 0.5 }) - 0.5) < TINY);
});

Deno.test("Neyman buys labels in proportion to sessions times spread, minus what is there", () => {
  const strata = [
    { stratum: "a", sessions: 300, labelled: 0, sd: 0.5 },
    { stratum: "b", sessions: 300, labelled: 20, sd: 0.25 },
    { stratum: "c", sessions: 100, labelled: 0, sd: 0 },
  ];
  deepEqual(neymanAllocation(strata, 72).map((a) => a.buy), [60, 10, 2]);
  deepEqual(neymanAllocation(strata, 70, { floor: 0 }).map((a) => a.buy), [60, 10, 0]);
});

Deno.test("no stratum is left with fewer than two labels; where the budget does not reach, the smallest are merged", () => {
  const strata = ["a", "b", "c"].map((stratum, i) => ({
    stratum,
    sessions: 10 + i,
    labelled: 0,
    sd: i === 1 ? 0.4 : 0,
  }));
  deepEqual(neymanAllocation(strata, 6).map((a) => a.buy), [2, 2, 2]);
  deepEqual(neymanAllocation(strata, 12).map((a) => a.buy), [2, 8, 2]);
  const few = neymanAllocation(strata, 5);
  deepEqual(few.map((a) => [a.stratum, a.of, a.sessions]), [["a + b", ["a", "b"], 21], ["c", ["c"], 12]]);
  ok(few.every((a) => a.labelled >= 2));
  const tiny = neymanAllocation([{ stratum: "one", sessions: 1, labelled: 0, sd: 0.5 }, ...strata], 20);
  deepEqual(tiny.map((a) => a.stratum), ["one + a", "b", "c"]);
  deepEqual(neymanAllocation(strata, 0).map((a) => a.buy), [0, 0, 0]);
  deepEqual(neymanAllocation(strata, 1).map((a) => [a.of, a.buy]), [[["c", "a", "b"], 1]]);
});

Deno.test("Neyman spends the budget exactly, and never more than there are sessions", () => {
  const strata = [
    { stratum: "a", sessions: 10, labelled: 4, sd: 0.5 },
    { stratum: "b", sessions: 1000, labelled: 0, sd: 0.01 },
    { stratum: "c", sessions: 7, labelled: 7, sd: 0.5 },
    { stratum: "d", sessions: 5, labelled: 0, sd: 0 },
  ];
  for (const budget of [0, 1, 7, 100, 1006, 1010, 5000]) {
    const found = neymanAllocation(strata, budget);
    equal(found.reduce((sum, a) => sum + a.buy, 0), Math.min(budget, 6 + 1000 + 5), `budget ${budget}`);
    ok(found.every((a) => a.labelled <= a.sessions && a.buy >= 0));
  }
  throws(() => neymanAllocation(strata, 1.5), /budget must be a whole number/);
  throws(() => neymanAllocation([{ stratum: "x", sessions: 1, labelled: 2, sd: 1 }], 1), /stratum x/);
});

Deno.test("drawBinomial has the mean and variance of the binomial on both of its ways", () => {
  const random = seededRandom(11);
  for (const [n, p] of [[40, 0.1], [400, 0.3], [1600, 0.64], [9, 0.97]] as const) {
    const draws = Array.from({ length: 20000 }, () => drawBinomial(random, n, p));
    const mean = draws.reduce((a, b) => a + b, 0) / draws.length;
    const variance = draws.reduce((a, b) => a + (b - mean) ** 2, 0) / draws.length;
    const FIVE_ERRORS = 5 * Math.sqrt(n * p * (1 - p) / draws.length);
    ok(Math.abs(mean - n * p) < FIVE_ERRORS, `mean of ${n}, ${p}: ${mean}`);
    ok(Math.abs(variance / (n * p * (1 - p)) - 1) < 0.06, `variance of ${n}, ${p}: ${variance}`);
  }
});

const rows = [
  { levels: { a: "x", b: "p" }, cluster: "1", n: 40, k: 10 },
  { levels: { a: "x", b: "q" }, cluster: "2", n: 25, k: 20 },
  { levels: { a: "y", b: "p" }, cluster: "3", n: 60, k: 33 },
  { levels: { a: "z", b: "q" }, cluster: "4", n: 30, k: 27 },
];

Deno.test("incremental shares by projection are those of the regressions", () => {
  const { incremental } = sharesOfR2(rows, ["a", "b"]);
  const [a, b] = incrementalShareFunction(rows, ["a", "b"])(rows.map((r) => r.k));
  ok(Math.abs((a ?? NaN) - (incremental.a ?? 0)) < 1e-10 && Math.abs((b ?? NaN) - (incremental.b ?? 0)) < 1e-10);
});
