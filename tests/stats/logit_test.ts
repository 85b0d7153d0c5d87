import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { fitLogit } from "../../lib/stats/mod.ts";
import { fieldsNear, near } from "./near.ts";
import { countRow, dataSets, oracle, specOf } from "./oracle.ts";

const STATSMODELS = { rtol: 1e-6, atol: 1e-9 };

for (const [name, data] of Object.entries(dataSets)) {
  if (!data.logit || name === "interaction") continue;
  Deno.test(`fitLogit matches statsmodels on ${name}`, () => {
    const fit = fitLogit(data.rows, specOf(data));
    strictEqual(fit.converged, true);
    deepStrictEqual(fit.separated, {});
    near(fit.logLikelihood, data.logit!.logLikelihood, STATSMODELS);
    near(fit.nullLogLikelihood, data.logit!.nullLogLikelihood, STATSMODELS);
    deepStrictEqual(Object.keys(fit.terms).sort(), Object.keys(data.logit!.terms).sort());
    for (const [term, expected] of Object.entries(data.logit!.terms)) {
      fieldsNear(fit.terms[term], expected, STATSMODELS, term);
    }
  });
}

Deno.test("a perfectly solved level is separated by name; the rest is as if it were not there", () => {
  const fit = fitLogit(dataSets.separated.rows, specOf(dataSets.separated));
  match(fit.separated["f=b"]!, /tends to \+infinity; predicted perfectly \(f=b, g=p: 7 of 7; f=b, g=q: 38 of 38\)/);
  near(fit.logLikelihood, dataSets.separated.rest!.logLikelihood, STATSMODELS);
  for (const [term, expected] of Object.entries(dataSets.separated.rest!.terms)) {
    fieldsNear(fit.terms[term], expected, STATSMODELS, term);
  }
});

Deno.test("an interaction that is solved 4 of 4 times is separated, its neighbours keep statsmodels' values", () => {
  const data = dataSets.interaction;
  const fit = fitLogit(data.rows, specOf(data));
  deepStrictEqual(Object.keys(fit.separated).sort(), ["f=c", "f=c:g=q"]);
  match(fit.separated["f=c"]!, /tends to \+infinity.*f=c, g=p: 4 of 4/);
  match(fit.separated["f=c:g=q"]!, /tends to -infinity/);
  for (const [term, expected] of Object.entries(data.logit!.terms)) {
    fieldsNear(fit.terms[term], expected, STATSMODELS, term);
  }
  // The saturated cell c x q stays in the likelihood: 3 of 8.
  near(fit.logLikelihood, data.logit!.logLikelihood + 3 * Math.log(3 / 8) + 5 * Math.log(5 / 8), STATSMODELS);
});

Deno.test("an outcome that never varies separates everything, and the likelihood's bound is 1", () => {
  const fit = fitLogit([countRow({ f: "a" }, 5, 5), countRow({ f: "b" }, 2, 2)], { factors: [{ name: "f" }] });
  deepStrictEqual(fit.terms, {});
  deepStrictEqual(Object.keys(fit.separated).sort(), ["Intercept", "f=b"]);
  strictEqual(fit.logLikelihood, 0);
});

Deno.test("a perfectly predicted reference sends its intercept and the other levels to opposite ends", () => {
  const rows = [countRow({ f: "a" }, 5, 0), countRow({ f: "b" }, 9, 4), countRow({ f: "c" }, 6, 2)];
  const fit = fitLogit(rows, { factors: [{ name: "f" }] });
  match(fit.separated["Intercept"]!, /tends to -infinity/);
  match(fit.separated["f=b"]!, /tends to \+infinity/);
  match(fit.separated["f=c"]!, /tends to \+infinity/);
});

Deno.test("quasi-complete separation is found where one cell of each level is mixed", () => {
  const rows = [["a", "p", 8, 8], ["a", "q", 8, 3], ["b", "q", 8, 0], ["b", "p", 8, 5]] as const;
  const fit = fitLogit(rows.map(([f, g, n, k]) => countRow({ f, g }, n, k)), {
    factors: [{ name: "f" }, { name: "g" }],
  });
  deepStrictEqual(fit.predicted.map((p) => p.pattern).sort(), ["f=a, g=p", "f=b, g=q"]);
  near(
    fit.logLikelihood,
    3 * Math.log(3 / 8) + 5 * Math.log(5 / 8) + 5 * Math.log(5 / 8) + 3 * Math.log(3 / 8),
    STATSMODELS,
  );
});

Deno.test("extreme but overlapping counts are not called separated", () => {
  const fit = fitLogit([countRow({ f: "a" }, 1_000_000, 1), countRow({ f: "b" }, 1_000_000, 999_999)], {
    factors: [{ name: "f" }],
  });
  deepStrictEqual(fit.separated, {});
  near(fit.terms["Intercept"]!.estimate, Math.log(1 / 999_999), STATSMODELS);
  ok(fit.converged);
});

Deno.test("the interactions of the judged counts are separated and every other term has a finite error", () => {
  const spec = specOf(dataSets.cells);
  const fit = fitLogit(dataSets.cells.rows, { ...spec, interactions: [["model", "harness"]] });
  ok(fit.predicted.length > 0 && fit.converged);
  for (const { n, k } of fit.predicted) ok(k === 0 || k === n);
  for (const [term, { stdError }] of Object.entries(fit.terms)) {
    ok(stdError > 0 && stdError < 10, `${term}: ${stdError}`);
  }
});

Deno.test("separation is found where linear programming finds it, with the same patterns and bound, on 150 designs", () => {
  const spec = { factors: [{ name: "f" }, { name: "g" }] };
  let separated = 0;
  for (const { rows, predicted, logLikelihood } of oracle.separations) {
    const fit = fitLogit(rows, spec);
    const design = JSON.stringify(rows);
    strictEqual(fit.converged, true, design);
    deepStrictEqual(fit.predicted.map((p) => p.pattern).sort(), predicted, design);
    near(fit.logLikelihood, logLikelihood, { rtol: 1e-7, atol: 1e-9 }, design);
    strictEqual(Object.keys(fit.separated).length > 0, predicted.length > 0, design);
    if (predicted.length > 0) separated++;
  }
  ok(separated > 50 && separated < oracle.separations.length, `${separated} of them are separated`);
});
