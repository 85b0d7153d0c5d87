import { strictEqual, throws } from "node:assert/strict";
import { clopperPearson, jeffreys, newcombe, wilson } from "../../lib/stats/mod.ts";
import { fieldsNear, near } from "./near.ts";
import { oracle } from "./oracle.ts";

const DOUBLE = { rtol: 1e-11, atol: 1e-14 };

Deno.test("wilson and clopperPearson match statsmodels' proportion_confint, for k = 0, k = n, n = 1 and millions", () => {
  for (const { k, n, wilson: w, clopperPearson: c } of oracle.rates.intervals) {
    fieldsNear(wilson(k, n), { estimate: k / n, lo: w[0], hi: w[1] }, DOUBLE, `wilson(${k}, ${n})`);
    fieldsNear(clopperPearson(k, n), { estimate: k / n, lo: c[0], hi: c[1] }, DOUBLE, `clopperPearson(${k}, ${n})`);
  }
});

Deno.test("jeffreys matches statsmodels but for its ends at k = 0 and k = n, which are 0 and 1", () => {
  for (const { k, n, jeffreys: [lo, hi] } of oracle.rates.intervals) {
    const expected = { estimate: k / n, lo: k === 0 ? 0 : lo!, hi: k === n ? 1 : hi! };
    fieldsNear(jeffreys(k, n), expected, DOUBLE, `jeffreys(${k}, ${n})`);
  }
});

Deno.test("newcombe matches statsmodels' confint_proportions_2indep", () => {
  for (const { of: [k1, n1, k2, n2], interval } of oracle.rates.newcombe) {
    const found = newcombe({ k1: k1!, n1: n1!, k2: k2!, n2: n2! });
    near(found.lo, interval[0]!, DOUBLE);
    near(found.hi, interval[1]!, DOUBLE);
  }
});

Deno.test("newcombe turns its signs when the groups change places", () => {
  const [there, back] = [newcombe({ k1: 9, n1: 10, k2: 3, n2: 11 }), newcombe({ k1: 3, n1: 11, k2: 9, n2: 10 })];
  fieldsNear(back, { estimate: -there.estimate, lo: -there.hi, hi: -there.lo }, DOUBLE);
});

Deno.test("a wider confidence level gives wider intervals", () => {
  const z99 = 2.5758293035489004;
  strictEqual(wilson(7, 20, z99).lo < wilson(7, 20).lo, true);
  strictEqual(clopperPearson(7, 20, 0.99).hi > clopperPearson(7, 20).hi, true);
  strictEqual(jeffreys(7, 20, 0.99).hi > jeffreys(7, 20).hi, true);
});

Deno.test("a rate without trials, or with more successes than trials, is refused by name", () => {
  throws(() => wilson(0, 0), /wilson: expected a positive whole number of trials n, found 0/);
  throws(() => clopperPearson(5, 4), /clopperPearson: expected successes k as a whole number from 0 to n = 4, found 5/);
  throws(() => jeffreys(1.5, 4), /jeffreys: .* found 1.5/);
  throws(() => newcombe({ k1: 1, n1: 2, k2: -1, n2: 2 }), /newcombe: expected k2 as a whole number from 0, found -1/);
  throws(() => newcombe({ k1: 3, n1: 2, k2: 1, n2: 2 }), /newcombe: expected k1 from 0 to n1 = 2, found 3/);
});
