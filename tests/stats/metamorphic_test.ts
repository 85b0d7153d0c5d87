import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import { type CountRow, etaSquared, fitLinear, fitLogit, linearTerms, sharesOfR2 } from "../../lib/stats/mod.ts";
import { fieldsNear, near } from "./near.ts";

const SAME = { rtol: 1e-7, atol: 1e-9 };
const KINDS = ["classical", "HC1", "HC3", "CR1", "CR3"] as const;
const RUNS = { numRuns: 60, seed: 20260722 };

const rowOf = fc.record({
  f: fc.constantFrom("a", "b", "c"),
  g: fc.constantFrom("u", "v"),
  run: fc.nat(8),
  n: fc.integer({ min: 2, max: 12 }),
  share: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
});
/** Random counts on top of a complete 3 x 2 design that makes every term estimable. */
const rowsOf = fc.array(rowOf, { minLength: 2, maxLength: 14 }).map((more): CountRow[] => [
  ...["a", "b", "c"].flatMap((f, i) =>
    ["u", "v"].map((g, j) => ({ levels: { f, g }, cluster: `r${(2 * i + j) % 5}`, n: 5, k: 1 + (i + 2 * j) % 4 }))
  ),
  ...more.map(({ f, g, run, n, share }) => ({ levels: { f, g }, cluster: `r${run}`, n, k: Math.round(n * share) })),
]);
const spec = { factors: [{ name: "f", reference: "a" }, { name: "g", reference: "u" }] };

function compare(left: CountRow[], right: CountRow[], rename: (term: string) => string = (t) => t, other = spec) {
  const [a, b] = [fitLinear(left, spec), fitLinear(right, other)];
  near(b.rSquared, a.rSquared, SAME);
  for (const kind of KINDS) {
    const [x, y] = [linearTerms(a, kind, { withhold: false }), linearTerms(b, kind, { withhold: false })];
    deepStrictEqual(Object.keys(y.withheld).sort(), Object.keys(x.withheld).map(rename).sort());
    for (const [term, values] of Object.entries(x.terms)) {
      const { estimate, stdError, df } = values;
      fieldsNear(y.terms[rename(term)], { estimate, stdError, df }, SAME, `${kind} ${term}`);
    }
  }
  const [p, q] = [fitLogit(left, spec), fitLogit(right, other)];
  near(q.logLikelihood, p.logLikelihood, SAME);
  for (const [term, { estimate, stdError }] of Object.entries(p.terms)) {
    fieldsNear(q.terms[rename(term)], { estimate, stdError }, SAME, `logit ${term}`);
  }
}

Deno.test("the order of rows changes nothing", () => {
  fc.assert(fc.property(rowsOf, (rows) => compare(rows, [...rows].reverse())), RUNS);
});

Deno.test("names of levels, factors' order and names of clusters change names only", () => {
  const name = (level: string) => ({ a: "zeta", b: "beta", c: "alpha", u: "·", v: "é=x:y" })[level]!;
  const renamed = (rows: CountRow[]) =>
    rows.map(({ levels, cluster, n, k }) => ({
      levels: { f: name(levels["f"]!), g: name(levels["g"]!) },
      cluster: `${cluster}!`,
      n,
      k,
    }));
  const rename = (term: string) => term === "Intercept" ? term : `${term.slice(0, 1)}=${name(term.slice(2))}`;
  const other = { factors: [{ name: "g", reference: name("u") }, { name: "f", reference: name("a") }] };
  fc.assert(fc.property(rowsOf, (rows) => compare(rows, renamed(rows), rename, other)), RUNS);
});

Deno.test("splitting a row in two, or adding a row of nothing, changes nothing", () => {
  const split = (rows: CountRow[]) =>
    rows.flatMap((row) => {
      const [n, k] = [Math.floor(row.n / 2), Math.max(0, row.k - Math.ceil(row.n / 2))];
      return [{ ...row, n, k }, { ...row, n: row.n - n, k: row.k - k }, { ...row, n: 0, k: 0 }];
    });
  fc.assert(fc.property(rowsOf, (rows) => compare(rows, split(rows))), RUNS);
});

Deno.test("doubling every count keeps estimates and shares, and shrinks errors as each formula says", () => {
  fc.assert(
    fc.property(rowsOf, (rows) => {
      const doubled = rows.map((row) => ({ ...row, n: 2 * row.n, k: 2 * row.k }));
      const [a, b] = [fitLinear(rows, spec), fitLinear(doubled, spec)];
      fieldsNear(b.coefficients, a.coefficients, SAME);
      near(b.rSquared, a.rSquared, SAME);
      near(etaSquared(doubled, "f"), etaSquared(rows, "f"), SAME);
      fieldsNear(sharesOfR2(doubled, ["f", "g"]).lmg, sharesOfR2(rows, ["f", "g"]).lmg, SAME);
      const ratio = (kind: typeof KINDS[number], term: string) =>
        linearTerms(b, kind, { withhold: false }).terms[term]!.stdError /
        linearTerms(a, kind, { withhold: false }).terms[term]!.stdError;
      near(ratio("classical", "f=b"), Math.sqrt(a.df / b.df), SAME);
      near(ratio("HC1", "f=b"), Math.sqrt(a.df / b.df), SAME);
      // The clusters stay as they are, so twice the sessions are no further evidence: CR1 changes by its factor alone.
      near(ratio("CR1", "f=b"), Math.sqrt((b.n - 1) / b.df / ((a.n - 1) / a.df)), SAME);
      near(ratio("CR3", "f=b"), 1, SAME);
      near(fitLogit(doubled, spec).logLikelihood, 2 * fitLogit(rows, spec).logLikelihood, SAME);
    }),
    RUNS,
  );
});

Deno.test("success and failure exchanged turn the signs and nothing else", () => {
  fc.assert(
    fc.property(rowsOf, (rows) => {
      const turned = fitLinear(rows.map((row) => ({ ...row, k: row.n - row.k })), spec);
      const model = fitLinear(rows, spec);
      near(turned.coefficients["f=b"], -model.coefficients["f=b"]!, SAME);
      near(turned.coefficients["Intercept"], 1 - model.coefficients["Intercept"]!, SAME);
      for (const kind of KINDS) {
        const [x, y] = [model, turned].map((m) => linearTerms(m, kind, { withhold: false }).terms["g=v"]!.stdError);
        near(y, x!, SAME, kind);
      }
    }),
    RUNS,
  );
});

Deno.test("a million times the counts gives the same coefficients and shares: nothing is lost to large numbers", () => {
  fc.assert(
    fc.property(rowsOf, (rows) => {
      const many = rows.map((row) => ({ ...row, n: 1e6 * row.n, k: 1e6 * row.k }));
      const [a, b] = [fitLinear(rows, spec), fitLinear(many, spec)];
      fieldsNear(b.coefficients, a.coefficients, SAME);
      near(b.rSquared, a.rSquared, SAME);
      const error = (model: typeof a) => linearTerms(model, "HC3").terms["f=b"]!.stdError;
      const plain = (model: typeof a) => linearTerms(model, "HC1").terms["f=b"]!.stdError;
      near(error(b), plain(b), { rtol: 1e-5 }, "with many sessions leverage is nothing, so HC3 is HC1");
      near(plain(b) * 1000, plain(a) * Math.sqrt(a.df / a.n), { rtol: 1e-5 });
    }),
    RUNS,
  );
});
