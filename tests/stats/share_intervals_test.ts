import { deepEqual, equal, ok } from "node:assert/strict";
import {
  type CountRow,
  drawBinomial,
  fCdf,
  fitLinear,
  linearTerms,
  type Random,
  seededRandom,
  shareDraws,
  shareIntervals,
  sharesOfR2,
} from "../../lib/stats/mod.ts";
import { standardNormal } from "../../lib/stats/resampling/normal_draws.ts";
import cr2 from "../golden/regression/cr2.json" with { type: "json" };
import fValues from "../golden/distributions/f.json" with { type: "json" };
import { fieldsNear, near } from "./near.ts";
import { dataSets, specOf } from "./oracle.ts";

Deno.test("CR2 errors and degrees of freedom are clubSandwich's", () => {
  for (const [name, terms] of Object.entries(cr2)) {
    const data = dataSets[name as keyof typeof dataSets];
    const found = linearTerms(fitLinear(data.rows, specOf(data)), "CR2", { withhold: false });
    for (const [term, expected] of Object.entries(terms)) {
      if (term in found.withheld) continue;
      fieldsNear(found.terms[term], expected, { rtol: 1e-6, atol: 1e-9 }, `${name} ${term}`);
    }
  }
});

Deno.test("the F distribution is scipy's, noncentral too", () => {
  for (const [x, df1, df2, noncentrality, value] of fValues) {
    near(
      fCdf(x!, df1!, df2!, noncentrality),
      value!,
      { rtol: 1e-6, atol: 1e-9 },
      `F(${x}; ${df1}, ${df2}, ${noncentrality})`,
    );
  }
});

const FACTORS = ["b", "h", "m"];

/** Cells of three factors with two runs each; harnesses differ by `effect`, runs by `spread`, both in log odds. */
function world({ effect, spread }: { effect: number; spread: number }) {
  const layout = seededRandom(5);
  const cells = [0, 1, 2, 3].flatMap((b) => [0, 1, 2].flatMap((h) => [0, 1, 2, 3].map((m) => ({ b, h, m }))))
    .filter(() => layout() < 0.7);
  const eta = ({ b, h, m }: typeof cells[number]) => 0.6 * (b - 1.5) + effect * (h - 1) + 0.3 * (m - 1.5);
  const levels = ({ b, h, m }: typeof cells[number]) => ({ b: `${b}`, h: `${h}`, m: `${m}` });
  const nodes = Array.from({ length: 81 }, (_, i) => (i - 40) / 10);
  const expected = (at: number) => {
    const weights = nodes.map((x) => Math.exp(-x * x / 2)), all = weights.reduce((a, b) => a + b, 0);
    return nodes.reduce((sum, x, i) => sum + weights[i]! / (1 + Math.exp(-at - spread * x)), 0) / all;
  };
  const truth = sharesOfR2(
    cells.map((c) => ({ levels: levels(c), cluster: "x", n: 1e6, k: Math.round(1e6 * expected(eta(c))) })),
    FACTORS,
  );
  const draw = (random: Random) =>
    cells.flatMap((c, i) =>
      [0, 1].map((run): CountRow => ({
        levels: levels(c),
        cluster: `${i} ${run}`,
        n: 20,
        k: drawBinomial(random, 20, 1 / (1 + Math.exp(-eta(c) - spread * standardNormal(random)))),
      }))
    );
  return { truth, draw };
}

for (
  const [what, of] of Object.entries({
    "independent sessions": { effect: 0.3, spread: 0 },
    "runs that differ by a logit": { effect: 0.3, spread: 1 },
    "no effect, and runs that differ by a logit": { effect: 0, spread: 1 },
  })
) {
  Deno.test(`shares of R2 are held in 93 of 100, and their corrected points not inflated: ${what}`, () => {
    const { truth, draw } = world(of);
    const random = seededRandom(16), worlds = 120;
    let [held, corrected, raw] = [0, 0, 0];
    for (let s = 0; s < worlds; s++) {
      const { incremental: { h } } = shareIntervals(draw(random), FACTORS)!;
      if (h!.lo <= truth.incremental["h"]! + 1e-9 && truth.incremental["h"]! <= h!.hi) held++;
      corrected += h!.corrected / worlds;
      raw += h!.share / worlds;
    }
    ok(held / worlds >= 0.93, `held ${held / worlds}`);
    const [off, inflated] = [corrected, raw].map((v) => v - truth.incremental["h"]!) as [number, number];
    ok(Math.abs(off) < Math.max(0.7 * inflated, 0.002), `corrected off by ${off}, raw by ${inflated}`);
  });
}

Deno.test("shares are those of sharesOfR2, order-free ones too, and collinear factors have them", () => {
  const { rows } = dataSets.cells;
  const found = shareIntervals(rows, ["benchmark", "model", "harness"])!;
  const plain = sharesOfR2(rows, ["benchmark", "model", "harness"]);
  for (const factor of ["benchmark", "model", "harness"]) {
    near(found.incremental[factor]!.share, plain.incremental[factor]!, { rtol: 1e-9 });
    near(found.lmg[factor]!.share, plain.lmg[factor]!, { rtol: 1e-9 });
    ok(found.lmg[factor]!.lo <= found.lmg[factor]!.corrected && found.lmg[factor]!.corrected <= found.lmg[factor]!.hi);
  }
  const twins = shareIntervals(dataSets.collinear.rows, ["f", "g", "h"])!;
  deepEqual([twins.incremental["h"]!.share, twins.incremental["h"]!.hi], [0, 0]);
});

Deno.test("without variation or with one cluster there are no intervals", () => {
  const rows = dataSets.cells.rows;
  equal(shareIntervals(rows.map((r) => ({ ...r, k: r.n })), ["model"]), null);
  equal(shareIntervals(rows.map((r) => ({ ...r, cluster: "one" })), ["model"]), null);
});

Deno.test("shareDraws resamples clusters: the stronger factor explains more in nearly all draws", () => {
  const { draw } = world({ effect: 0.8, spread: 0.3 });
  const { h, m } = shareDraws(draw(seededRandom(2)), FACTORS, { random: seededRandom(3), draws: 200 });
  equal(h!.length, 200);
  ok(h!.filter((share, i) => share > m![i]!).length > 180);
});
