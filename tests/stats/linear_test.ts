import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { type Covariance, etaSquared, fitLinear, linearTerms, sharesOfR2 } from "../../lib/stats/mod.ts";
import cellsCsv from "../../data/cells.csv" with { type: "text" };
import { modelFamily } from "../../lib/model/mod.ts";
import golden from "../golden/judged.json" with { type: "json" };
import { fieldsNear, near } from "./near.ts";
import { countRow, dataSets, specOf } from "./oracle.ts";

const STATSMODELS = { rtol: 1e-8, atol: 1e-12 };
/** Below this a standard error of the oracle is rounding. */
const ROUNDING = 1e-10;

for (const [name, data] of Object.entries(dataSets)) {
  const { linear } = data;
  if (!linear) continue;
  const model = fitLinear(data.rows, specOf(data));

  Deno.test(`fitLinear matches statsmodels on ${name}`, () => {
    const { n, df, rSquared, adjRSquared } = linear;
    fieldsNear(model, { n, df, rSquared, adjRSquared }, STATSMODELS);
  });

  for (const [kind, expected] of Object.entries(linear.kinds) as [Covariance, typeof linear.kinds.HC1 & object][]) {
    Deno.test(`linearTerms ${kind} matches statsmodels on ${name}`, () => {
      const { terms, withheld } = linearTerms(model, kind, { withhold: false });
      for (const [term, values] of Object.entries(expected)) {
        near(model.coefficients[term], values.estimate, STATSMODELS, term);
        if (values.stdError > ROUNDING) fieldsNear(terms[term], values, STATSMODELS, `${kind} ${term}`);
        else ok(withheld[term]!.includes("standard error is 0"), `${term} has no error and is withheld`);
      }
      strictEqual(Object.keys(terms).length + Object.keys(withheld).length, Object.keys(expected).length);
    });
  }

  if (!linear.CR3) continue;
  const expected = linear.CR3;
  Deno.test(`linearTerms CR3 and its degrees of freedom match the full hat matrix on ${name}`, () => {
    const { terms, withheld } = linearTerms(model, "CR3", { withhold: false });
    for (const [term, values] of Object.entries(expected)) {
      if (values.stdError > ROUNDING) fieldsNear(terms[term], values, { rtol: 1e-6 }, term);
      else ok(withheld[term]!.includes("CR3 standard error is 0"), term);
    }
  });
}

Deno.test("linearTerms CR3 is the jackknife that leaves out one cluster after the other", () => {
  const { terms } = linearTerms(fitLinear(dataSets.twoLevels.rows, specOf(dataSets.twoLevels)), "CR3");
  for (const [term, stdError] of Object.entries(dataSets.twoLevels.linear!.jackknife!)) {
    const found = linearTerms(fitLinear(dataSets.twoLevels.rows, specOf(dataSets.twoLevels)), "CR3", {
      withhold: false,
    });
    near(found.terms[term]!.stdError, stdError, STATSMODELS, term);
  }
  deepStrictEqual(Object.keys(terms), ["Intercept"]);
});

Deno.test("the judged counts give the golden coefficients, errors and shares", () => {
  const GOLDEN = { rtol: 1e-6 };
  const model = fitLinear(dataSets.cells.rows, specOf(dataSets.cells));
  for (const [key, kind] of [["lpm_hc1", "HC1"], ["lpm_nonrobust", "classical"]] as const) {
    const { terms } = linearTerms(model, kind);
    near(model.rSquared, golden[key].r_squared, GOLDEN);
    near(model.adjRSquared, golden[key].adj_r_squared, GOLDEN);
    deepStrictEqual(Object.keys(terms).sort(), Object.keys(golden[key].terms).sort());
    for (const [term, { estimate, std_error, lo, hi, p }] of Object.entries(golden[key].terms)) {
      fieldsNear(terms[term], { estimate, stdError: std_error, lo, hi, pValue: p }, GOLDEN, `${key} ${term}`);
    }
  }
  const shares = sharesOfR2(dataSets.cells.rows, ["benchmark", "model", "harness"]);
  fieldsNear({ ...shares.incremental, full: shares.full }, golden.incremental_r2, GOLDEN);
  for (const factor of ["harness", "model", "benchmark"] as const) {
    near(etaSquared(dataSets.cells.rows, factor), golden.eta_squared[factor], GOLDEN);
  }
  near(etaSquared(dataSets.cells.rows, ["harness", "model"]), golden.eta_squared.config, GOLDEN);
});

Deno.test("the oracle's judged counts are those of data/cells.csv", () => {
  const add = (sums: Map<string, number>, key: string, n: number) => sums.set(key, (sums.get(key) ?? 0) + n);
  const [theirs, ours] = [new Map<string, number>(), new Map<string, number>()];
  for (const { levels, cluster, n, k } of dataSets.cells.rows) {
    const key = `${levels["benchmark"]} ${levels["harness"]} ${levels["model"]} ${cluster}`;
    add(theirs, `${key} n`, n);
    add(theirs, `${key} k`, k);
  }
  for (const line of cellsCsv.trim().split("\n").slice(1)) {
    const [benchmark, harness, deployment, run, outcome, n] = line.split(",");
    if (outcome === "unscored") continue;
    const key = `${benchmark} ${harness} ${modelFamily(deployment!)} ${run}`;
    add(ours, `${key} n`, Number(n));
    add(ours, `${key} k`, outcome === "success" ? Number(n) : 0);
  }
  deepStrictEqual([...ours].sort(), [...theirs].sort());
});

Deno.test("shares of R2 and eta squared match refits by statsmodels", () => {
  for (const [name, data] of Object.entries(dataSets)) {
    if (data.shares) {
      const found = sharesOfR2(data.rows, data.factors);
      near(found.full, data.shares.full, STATSMODELS, name);
      fieldsNear(found.incremental, data.shares.incremental, { rtol: 1e-8, atol: 1e-12 }, name);
      fieldsNear(found.lmg, data.shares.lmg, { rtol: 1e-8, atol: 1e-12 }, name);
      near(Object.values(found.lmg).reduce((a, b) => a + b, 0), found.full, STATSMODELS, "LMG shares add up");
    }
    for (const [factor, value] of Object.entries(data.eta ?? {})) {
      near(etaSquared(data.rows, factor), value, STATSMODELS);
    }
  }
});

Deno.test("outcomes that are all the same have no R2, and no error to estimate", () => {
  const rows = [countRow({ f: "a" }, 4, 4), countRow({ f: "b" }, 3, 3)];
  const model = fitLinear(rows, { factors: [{ name: "f" }] });
  deepStrictEqual([model.rSquared, model.adjRSquared, etaSquared(rows, "f")], [NaN, NaN, NaN]);
  near(model.coefficients["f=b"], 0, { rtol: 0, atol: 1e-12 });
  ok(linearTerms(model, "HC1").withheld["Intercept"]!.includes("do not vary"));
});

Deno.test("a single observation has nothing to estimate an error from", () => {
  const model = fitLinear([countRow({ f: "a" }, 1, 1)], { factors: [{ name: "f" }] });
  strictEqual(model.df, 0);
  ok(linearTerms(model, "classical").withheld["Intercept"]!.includes("as many terms as observations (1)"));
});

Deno.test("rows that are not right are refused by row and field", () => {
  const spec = { factors: [{ name: "f" }] };
  throws(() => fitLinear([countRow({ f: "a" }, 4, 5)], spec), /count row 0, field "k": .* from 0 to n = 4, found 5/);
  throws(
    () => fitLinear([countRow({ g: "a" }, 4, 1)], spec),
    /field "levels.f": expected a level's name, the row has g/,
  );
  throws(() => fitLinear([countRow({ f: "a" }, 0, 0)], spec), /hold none; widen the filter/);
  throws(
    () => fitLinear([], { factors: [{ name: "f" }], interactions: [["f", "g"]] }),
    /"g" is not among the factors f/,
  );
});
