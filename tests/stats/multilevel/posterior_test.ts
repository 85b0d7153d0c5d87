import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import {
  drawSummary,
  fitMultilevel,
  leagueTable,
  type LevelCounts,
  posteriorDraws,
  rateDraws,
  seededRandom,
} from "../../../lib/stats/mod.ts";
import mcmc from "../../golden/multilevel/mcmc.json" with { type: "json" };
import { near, type Tolerance } from "../near.ts";

interface Summary {
  mean: number;
  lo: number;
  median: number;
  hi: number;
}

interface Chain {
  random: (string | string[])[];
  sd: Record<string, Summary>;
  newEverything: Summary;
  rates: (Record<string, string | number> & Summary)[];
}

/** Means of rates to one point, ends of their intervals to two: chance in 2,000 draws, and the normal approximation. */
const MEAN: Tolerance = { rtol: 0, atol: 0.012 };
const END: Tolerance = { rtol: 0, atol: 0.025 };
const DEVIATION: Tolerance = { rtol: 0.05, atol: 0.01 };

for (const [name, json] of Object.entries(mcmc)) {
  const chain = json as unknown as Chain;
  Deno.test(`the posterior is that of long Markov chains on ${name}: deviations, every cell, a new level of everything`, () => {
    const rows = chain.rates.map(({ n, k, mean: _, lo: _lo, hi: _hi, median: _median, ...levels }): LevelCounts => ({
      levels: levels as Record<string, string>,
      n: Number(n),
      k: Number(k),
    }));
    const random = seededRandom(1);
    const model = fitMultilevel(rows, { random: chain.random });
    const posterior = posteriorDraws(model, { random, draws: 6000, deviationDraws: 1200 });
    model.state.cells.terms.forEach((term, t) => {
      const { estimate } = drawSummary(posterior.deviations.map((own) => own[t]!));
      near(estimate, chain.sd[term.name]!.mean, DEVIATION, `sd of ${term.name}`);
    });
    const fresh = Object.fromEntries(Object.keys(rows[0]!.levels).map((factor) => [factor, null]));
    const draws = rateDraws(posterior, [...rows.map((r) => r.levels), fresh], random).map((own) => drawSummary(own));
    [...chain.rates, chain.newEverything].forEach((expected, i) => {
      near(draws[i]!.estimate, expected.mean, MEAN, `mean of cell ${i}`);
      near(draws[i]!.lo, expected.lo, END, `lower end of cell ${i}`);
      near(draws[i]!.hi, expected.hi, END, `upper end of cell ${i}`);
    });
  });
}

const rows = [["a", 3, 20], ["b", 10, 20], ["c", 14, 20], ["d", 9, 10], ["e", 1, 2]].map(([harness, k, n]) => ({
  levels: { harness: String(harness) },
  n: Number(n),
  k: Number(k),
}));

Deno.test("levels are pulled towards the whole, those with little data most", () => {
  const random = seededRandom(3);
  const posterior = posteriorDraws(fitMultilevel(rows, { random: ["harness"] }), { random });
  const pooled = rateDraws(posterior, rows.map((r) => r.levels), random).map((draws) => drawSummary(draws).estimate);
  ok(pooled[0]! > 3 / 20 && pooled[3]! < 9 / 10);
  const centre = drawSummary(rateDraws(posterior, [{ harness: null }], random)[0]!).estimate;
  ok(Math.abs(pooled[4]! - 0.5) < 0.2 && Math.abs(centre - 0.55) < 0.2);
});

Deno.test("the same seed gives the same draws; a new name is one new level within a call", () => {
  const draw = (seed: number) =>
    posteriorDraws(fitMultilevel(rows, { random: ["harness"] }), { random: seededRandom(seed) });
  deepStrictEqual(draw(5).unknowns[7], draw(5).unknowns[7]);
  const random = seededRandom(1);
  const [one, same, other] = rateDraws(draw(5), [{ harness: "x" }, { harness: "x" }, { harness: "y" }], random);
  deepStrictEqual(one, same);
  ok(one!.some((v, i) => v !== other![i]));
});

Deno.test("a fixed factor has no new levels, and every factor must be named", () => {
  const crossed = rows.flatMap((row) => ["p", "q"].map((model) => ({ ...row, levels: { ...row.levels, model } })));
  const model = fitMultilevel(crossed, { random: ["harness"], fixed: [{ name: "model" }] });
  const posterior = posteriorDraws(model, { random: seededRandom(1), draws: 50, deviationDraws: 20 });
  throws(
    () => rateDraws(posterior, [{ harness: "a", model: null }], seededRandom(1)),
    /fixed factor "model" has no level null; it has p, q/,
  );
  throws(() => rateDraws(posterior, [{ harness: "a" }], seededRandom(1)), /no level of "model"/);
  strictEqual(rateDraws(posterior, [{ harness: "a", model: "q" }], seededRandom(1))[0]!.length, 50);
});

Deno.test("leagueTable counts who comes first, shares ties, and says who is within the margin", () => {
  const table = leagueTable({ a: [0.5, 0.5, 0.9, 0.2], b: [0.5, 0.4, 0.88, 0.6], c: [0.1, 0.1, 0.1, 0.1] });
  deepStrictEqual(table.map((t) => [t.name, t.best, t.nearBest]), [["b", 0.375, 0.75], ["a", 0.625, 0.75], [
    "c",
    0,
    0,
  ]]);
  deepStrictEqual(table[2]!.rank, { lo: 3, hi: 3 });
  throws(() => leagueTable({ a: [1], b: [] }), /expected 1 draws of b, found 0/);
});

Deno.test("sessions cost nothing: ten thousand times the counts are as many cells and as large a factorization", () => {
  const many = rows.map((row) => ({ ...row, n: row.n * 10_000, k: row.k * 10_000 }));
  const [few, large] = [rows, many].map((r) => fitMultilevel(r, { random: ["harness"] }));
  strictEqual(large!.cells, few!.cells);
  strictEqual(large!.state.at.factor.length, few!.state.at.factor.length);
  ok(large!.converged && large!.iterations < 30);
  ok(large!.effects["harness"]![0]!.stdError < few!.effects["harness"]![0]!.stdError);
});

Deno.test("what cannot be fitted is an error that says why", () => {
  throws(
    () => fitMultilevel(rows.map((r) => ({ ...r, k: r.n })), { random: ["harness"] }),
    /72 of 72 sessions are succ/,
  );
  throws(() => fitMultilevel(rows, { random: ["harness", "harness"] }), /random term "harness" is named twice/);
  throws(() => fitMultilevel(rows, { random: ["harness"], fixed: [{ name: "harness" }] }), /both fixed and random/);
  throws(() => fitMultilevel(rows, { random: ["model"] }), /count row 0, field "levels.model"/);
});

Deno.test("a model without random terms is the plain logit", () => {
  const model = fitMultilevel(rows, { random: [] });
  near(model.fixed["Intercept"]!.estimate, Math.log(37 / 35), { rtol: 1e-9 });
  const draws = rateDraws(posteriorDraws(model, { random: seededRandom(2) }), [{}], seededRandom(1))[0]!;
  near(drawSummary(draws).estimate, 37 / 72, { rtol: 0, atol: 0.01 });
});
