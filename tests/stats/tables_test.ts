import { strictEqual, throws } from "node:assert/strict";
import { barnard, cohenKappa, fisherExact, mcnemar } from "../../lib/stats/mod.ts";
import { fieldsNear, near } from "./near.ts";
import { oracle } from "./oracle.ts";

const EXACT = { rtol: 1e-9, atol: 1e-15 };
/** scipy searches the nuisance rate by sampling; ours refines a grid. */
const SEARCHED = { rtol: 1e-6 };

Deno.test("fisherExact matches scipy's fisher_exact, also on tables of thousands", () => {
  for (const { of: [a, b, c, d], pValue } of oracle.tables.fisher) {
    near(fisherExact(a!, b!, c!, d!).pValue, pValue, EXACT, `fisherExact(${a}, ${b}, ${c}, ${d})`);
  }
});

Deno.test("fisherExact gives the sample odds ratio, infinite when a cell is empty", () => {
  strictEqual(fisherExact(10, 2, 3, 15).estimate, 25);
  strictEqual(fisherExact(5, 0, 2, 3).estimate, Infinity);
  strictEqual(fisherExact(0, 0, 0, 0).pValue, 1);
});

Deno.test("fisherExact counts a table as improbable as the observed one, rounding aside", () => {
  near(fisherExact(3, 1, 1, 3).pValue, 34 / 70, EXACT); // both ends of the symmetric distribution: (1 + 16 + 16 + 1) / 70
});

Deno.test("barnard matches scipy's barnard_exact", () => {
  for (const { of: [a, b, c, d], statistic, pValue } of oracle.tables.barnard) {
    const found = barnard(a!, b!, c!, d!);
    near(found.pValue, pValue, SEARCHED, `barnard(${a}, ${b}, ${c}, ${d})`);
    near(Math.abs(found.statistic), Math.abs(statistic), EXACT);
  }
});

Deno.test("mcnemar's p-value is scipy's exact binomial test of the disagreements", () => {
  for (const { of: [a, b, c, d], pValue } of oracle.tables.mcnemar) {
    near(mcnemar(a!, b!, c!, d!).pValue, pValue, EXACT);
  }
});

Deno.test("mcnemar's interval is Bonett and Price's", () => {
  // By hand: (6 - 13) / 49, variance (6/49 + 13/49 - (7/49)^2) / 49.
  const [difference, variance] = [-7 / 49, (19 / 49 - (7 / 49) ** 2) / 49];
  const reach = 1.959963984540054 * Math.sqrt(variance);
  fieldsNear(mcnemar(10, 5, 12, 20), { estimate: -7 / 47, lo: difference - reach, hi: difference + reach }, EXACT);
});

Deno.test("cohenKappa matches statsmodels' cohens_kappa, two and three categories", () => {
  for (const { table, ...expected } of oracle.tables.kappa) {
    fieldsNear(cohenKappa(table), expected, { rtol: 1e-10, atol: 1e-12 }, JSON.stringify(table));
  }
});

Deno.test("kappa is NaN when both raters know one category only", () => {
  strictEqual(cohenKappa([[9, 0], [0, 0]]).estimate, NaN);
});

Deno.test("tables of wrong shape or content are refused by name", () => {
  throws(() => cohenKappa([[1, 2]]), /expected 1 columns as there are rows, found 2 in row 0/);
  throws(() => cohenKappa([[0, 0], [0, 0]]), /found none/);
  throws(() => fisherExact(1, -1, 0, 0), /fisherExact: .* found -1 as count b/);
  throws(() => barnard(0, 0, 1, 2), /barnard: expected two groups, found 0 and 3 trials/);
  throws(() => mcnemar(0, 0, 0, 0), /mcnemar: expected pairs, found none/);
});
