import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import { bootstrap, fitLinear, linearTerms, seededRandom, wildClusterBootstrap } from "../../lib/stats/mod.ts";
import { near } from "./near.ts";
import { dataSets, oracle, specOf } from "./oracle.ts";

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
/** Monte Carlo error of an interval's end with 20,000 draws, in units of its value. */
const MONTE_CARLO = { rtol: 0.015 };

Deno.test("bootstrap's percentile and BCa intervals of a mean match scipy's, but for chance", () => {
  const { values, percentile, bca } = oracle.bootstrap;
  for (const [method, [lo, hi]] of [["percentile", percentile], ["bca", bca]] as const) {
    const found = bootstrap(values, mean, { random: seededRandom(1), draws: 20_000, method });
    near(found.estimate, mean(values), { rtol: 1e-12 });
    near(found.lo, lo!, MONTE_CARLO, `${method} lo`);
    near(found.hi, hi!, MONTE_CARLO, `${method} hi`);
    strictEqual(found.method, method);
  }
});

Deno.test("the same seed gives the same interval, another seed another", () => {
  const of = (seed: number) => bootstrap([1, 5, 2, 8, 9, 4], mean, { random: seededRandom(seed), draws: 200 });
  deepStrictEqual(of(3), of(3));
  ok(of(3).lo !== of(4).lo || of(3).hi !== of(4).hi);
});

Deno.test("drawing clusters widens the interval when a cluster's items are alike", () => {
  const items = Array.from({ length: 60 }, (_, i) => ({ run: `r${i % 6}`, value: i % 6 }));
  const of = (clusterOf?: (item: { run: string }) => string) =>
    bootstrap(items, (sample) => mean(sample.map((s) => s.value)), {
      random: seededRandom(1),
      ...(clusterOf ? { clusterOf } : {}),
    });
  const [byItem, byRun] = [of(), of((item) => item.run)];
  deepStrictEqual([byItem.units, byRun.units], [60, 6]);
  ok(byRun.stdError > 2 * byItem.stdError);
});

Deno.test("a resample without a success costs infinitely much: it is counted, and an end may be infinite", () => {
  const sessions = [{ usd: 1, solved: 1 }, ...Array.from({ length: 5 }, () => ({ usd: 1, solved: 0 }))];
  const perSuccess = (sample: readonly { usd: number; solved: number }[]) =>
    sample.length / sample.reduce((total, s) => total + s.solved, 0);
  const found = bootstrap(sessions, perSuccess, { random: seededRandom(2), draws: 1000, method: "bca" });
  strictEqual(found.hi, Infinity);
  strictEqual(found.method, "percentile");
  match(found.note!, /percentile instead of BCa: the statistic is not finite/);
  near(found.infinite / 1000, (5 / 6) ** 6, { rtol: 0, atol: 0.05 }, "share of resamples without the one success");
});

Deno.test("draws without a value are left out and counted; none at all is an error", () => {
  const found = bootstrap([1, 0], (s) => s.includes(1) ? 1 : NaN, { random: seededRandom(1), draws: 400 });
  near(found.undefined / 400, 0.25, { rtol: 0, atol: 0.08 });
  throws(() => bootstrap([1], () => NaN, { random: seededRandom(1), draws: 10 }), /NaN in all 10 resamples of 1 units/);
  throws(() => bootstrap([], mean, { random: seededRandom(1) }), /found none/);
});

Deno.test("one item or equal items give a point, with BCa refused", () => {
  const found = bootstrap([4, 4, 4], mean, { random: seededRandom(1), draws: 50, method: "bca" });
  deepStrictEqual([found.lo, found.hi, found.method], [4, 4, "percentile"]);
  match(found.note!, /does not change when a unit is left out/);
});

Deno.test("the wild cluster bootstrap's p-values match refits of every sample, but for chance", () => {
  const model = fitLinear(dataSets.cells.rows, specOf(dataSets.cells));
  const cr1 = linearTerms(model, "CR1", { withhold: false }).terms;
  for (const [term, pValue] of Object.entries(dataSets.cells.wild!)) {
    const found = wildClusterBootstrap(model, term, { random: seededRandom(1), draws: 9999 });
    near(found.stdError, cr1[term]!.stdError, { rtol: 1e-10 });
    near(found.statistic, cr1[term]!.statistic, { rtol: 1e-10 });
    near(found.pValue, pValue, { rtol: 0, atol: 4 * Math.sqrt(pValue * (1 - pValue) / 1999) }, term);
    ok(found.lo < found.estimate && found.estimate < found.hi);
  }
  throws(() => wildClusterBootstrap(model, "harness=none", { random: seededRandom(1) }), /no term "harness=none"/);
});

Deno.test("seeds are whole numbers", () => {
  throws(() => seededRandom(0.5), /expected a whole number as seed, found 0.5/);
});
