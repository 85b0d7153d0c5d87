import { strictEqual, throws } from "node:assert/strict";
import { barnard, cohenKappa, fisherExact, mcnemar } from "../../lib/stats/mod.ts";
import { fieldsNear, near } from "./near.ts";
import { oracle } from "./oracle.ts";

const EXACT = { rtol: 1e-9, atol: 1e-15 };
/** scipy searches the nuisance rate by sampling; ours refines a grid. */
const SEARCHED = { rtol: 1e-6 };

/** A 2 x 2 table by rows as two rates. */
const rates = (a: number, b: number, c: number, d: number) => ({ k1: a, n1: a + b, k2: c, n2: c + d });

Deno.test("four bare numbers are refused: they could be rows or rates", () => {
  const four = [3, 4, 1, 4] as unknown as [Parameters<typeof fisherExact>[0]];
  throws(() => fisherExact(...four), /fisherExact: expected counts by name, { k1, n1, k2, n2 }, found 3/);
});

Deno.test("fisherExact matches scipy's fisher_exact, also on tables of thousands", () => {
  for (const { of: [a, b, c, d], pValue } of oracle.tables.fisher) {
    near(fisherExact(rates(a!, b!, c!, d!)).pValue, pValue, EXACT, `fisherExact of ${a}, ${b}, ${c}, ${d}`);
  }
});

Deno.test("fisherExact gives the sample odds ratio, infinite when a cell is empty", () => {
  strictEqual(fisherExact({ k1: 10, n1: 12, k2: 3, n2: 18 }).estimate, 25);
  strictEqual(fisherExact({ k1: 5, n1: 5, k2: 2, n2: 5 }).estimate, Infinity);
  strictEqual(fisherExact({ k1: 0, n1: 0, k2: 0, n2: 0 }).pValue, 1);
});

Deno.test("fisherExact counts a table as improbable as the observed one, rounding aside", () => {
  // Both ends of the symmetric distribution: (1 + 16 + 16 + 1) / 70.
  near(fisherExact({ k1: 3, n1: 4, k2: 1, n2: 4 }).pValue, 34 / 70, EXACT);
});

Deno.test("barnard matches scipy's barnard_exact", () => {
  for (const { of: [a, b, c, d], statistic, pValue } of oracle.tables.barnard) {
    const found = barnard(rates(a!, b!, c!, d!));
    near(found.pValue, pValue, SEARCHED, `barnard of ${a}, ${b}, ${c}, ${d}`);
    near(Math.abs(found.statistic), Math.abs(statistic), EXACT);
  }
});

Deno.test("mcnemar's p-value is scipy's exact binomial test of the disagreements", () => {
  for (const { of: [both, onlyFirst, onlySecond, neither], pValue } of oracle.tables.mcnemar) {
    const counts = { both: both!, onlyFirst: onlyFirst!, onlySecond: onlySecond!, neither: neither! };
    near(mcnemar(counts).pValue, pValue, EXACT);
  }
});

Deno.test("mcnemar's interval is Bonett and Price's", () => {
  // By hand: (6 - 13) / 49, variance (6/49 + 13/49 - (7/49)^2) / 49.
  const [difference, variance] = [-7 / 49, (19 / 49 - (7 / 49) ** 2) / 49];
  const reach = 1.959963984540054 * Math.sqrt(variance);
  fieldsNear(mcnemar({ both: 10, onlyFirst: 5, onlySecond: 12, neither: 20 }), {
    estimate: -7 / 47,
    lo: difference - reach,
    hi: difference + reach,
  }, EXACT);
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
  throws(
    () => fisherExact({ k1: 1, n1: -1, k2: 0, n2: 0 }),
    /fisherExact: expected n1 as a whole number from 0, found -1/,
  );
  throws(() => barnard({ k1: 0, n1: 0, k2: 1, n2: 3 }), /barnard: expected two groups, found 0 and 3 trials/);
  throws(() => mcnemar({ both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 }), /mcnemar: expected pairs, found none/);
});
