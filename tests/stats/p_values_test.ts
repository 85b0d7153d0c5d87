import { deepStrictEqual, throws } from "node:assert/strict";
import { benjaminiHochberg, holm } from "../../lib/stats/mod.ts";
import { near } from "./near.ts";
import { oracle } from "./oracle.ts";

const DOUBLE = { rtol: 1e-14 };

Deno.test("holm and benjaminiHochberg match statsmodels' multipletests, in the order given", () => {
  holm(oracle.pValues.p).forEach((p, i) => near(p, oracle.pValues.holm[i]!, DOUBLE, `holm ${i}`));
  benjaminiHochberg(oracle.pValues.p).forEach((p, i) => near(p, oracle.pValues.benjaminiHochberg[i]!, DOUBLE));
});

Deno.test("no tests need no correction", () => {
  deepStrictEqual([holm([]), benjaminiHochberg([])], [[], []]);
});

Deno.test("what is not a probability is refused", () => {
  throws(() => holm([0.1, NaN]), /holm: expected p-values from 0 to 1, found NaN at 1/);
  throws(() => benjaminiHochberg([1.2]), /found 1.2 at 0/);
});
