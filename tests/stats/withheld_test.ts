import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { fitLinear, linearTerms } from "../../lib/stats/mod.ts";
import { countRow, dataSets, specOf } from "./oracle.ts";

Deno.test("collinear terms are left out and named with the terms they are made of", () => {
  const { dropped, terms } = fitLinear(dataSets.collinear.rows, { factors: ["f", "h", "g"].map((name) => ({ name })) });
  deepStrictEqual(dropped, [{ term: "h=odd", reason: "collinear", with: ["f=b", "f=d"] }]);
  deepStrictEqual(terms, ["Intercept", "f=b", "f=c", "f=d", "g=q"]);
});

Deno.test("levels and interactions without an observation are named as empty", () => {
  const { dropped } = fitLinear(dataSets.emptyCell.rows, {
    factors: [{ name: "f", reference: "x" }, { name: "g" }],
    interactions: [["f", "g"]],
  });
  deepStrictEqual(dropped.filter((d) => d.reason === "empty").map((d) => d.term), ["f=w", "f=y:g=r"]);
  deepStrictEqual(dropped.find((d) => d.term === "f=z:g=r"), {
    term: "f=z:g=r",
    reason: "collinear",
    with: ["f=z", "f=z:g=q"],
  });
});

Deno.test("levels that occur with one level of another factor are called confounded", () => {
  const rows = [["a", "x"], ["a", "y"], ["b", "x"], ["c", "y"], ["c", "x"]].map(([f, g]) =>
    countRow({ f: f!, g: g! }, 9, 4)
  );
  deepStrictEqual(fitLinear(rows, { factors: [{ name: "f" }, { name: "g" }] }).confounded, [{
    term: "f=b",
    only: "g=x",
  }]);
});

Deno.test("when the reference is not there, the largest level takes its place and references says so", () => {
  const rows = [countRow({ f: "a" }, 5, 2), countRow({ f: "b" }, 9, 2), countRow({ f: "c" }, 7, 2)];
  const { references, terms } = fitLinear(rows, { factors: [{ name: "f", reference: "gone" }] });
  deepStrictEqual(terms, ["Intercept", "f=a", "f=c"]);
  strictEqual(references["f"]!.level, "b");
  strictEqual(references["f"]!.requested, "gone");
  match(references["f"]!.note!, /f=gone has no scored session here; the largest level, b \(n = 9\), is the reference/);
});

Deno.test("a clustered interval of a level in fewer than five clusters is withheld with the count", () => {
  const model = fitLinear(dataSets.cells.rows, specOf(dataSets.cells));
  for (const kind of ["CR1", "CR3"] as const) {
    const { terms, withheld } = linearTerms(model, kind);
    deepStrictEqual(withheld, {
      "model=gpt-5.2": "it occurs in 1 cluster, fewer than 5",
      "harness=tool_calling_with_shortlisting": "it occurs in 3 clusters, fewer than 5",
    });
    ok("harness=claude_code" in terms);
    deepStrictEqual(linearTerms(model, kind, { withhold: false }).withheld, {});
  }
  deepStrictEqual(linearTerms(model, "HC3").withheld, {});
});

Deno.test("a reference in fewer than five clusters withholds the terms compared with it", () => {
  const rows = Array.from({ length: 12 }, (_, i) => countRow({ f: i < 2 ? "a" : "b" }, 10, i % 7, `c${i}`));
  const { withheld } = linearTerms(fitLinear(rows, { factors: [{ name: "f" }] }), "CR1");
  deepStrictEqual(withheld, { "f=b": "its reference f=a occurs in 2 clusters, fewer than 5" });
});

Deno.test("one cluster gives no clustered error, whatever is asked", () => {
  const model = fitLinear(dataSets.oneCluster.rows, specOf(dataSets.oneCluster));
  for (const kind of ["CR1", "CR3"] as const) {
    const { terms, withheld } = linearTerms(model, kind, { withhold: false });
    deepStrictEqual(terms, {});
    strictEqual(withheld["f=b"], `${kind} compares clusters, and there is only one`);
  }
});

Deno.test("HC3 withholds only the term that rests on an observation of leverage 1", () => {
  const model = fitLinear(dataSets.singleton.rows, specOf(dataSets.singleton));
  const { terms, withheld } = linearTerms(model, "HC3");
  deepStrictEqual(Object.keys(terms), ["Intercept", "f=b"]);
  match(withheld["f=c"]!, /rests on the single session of f=c, which fits itself \(leverage 1\)/);
});
