import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { drawBinomial, mcnemar, pairedDifference, seededRandom } from "../../../lib/stats/mod.ts";
import golden from "../../golden/paired/sign_flips.json" with { type: "json" };
import { near } from "../near.ts";

const EXACT = { rtol: 1e-9 };
type Side = readonly { n: number; k: number }[];
const trials = (first: Side, second: Side) => first.map((f, i) => ({ task: `t${i}`, first: f, second: second[i]! }));
const once = (values: readonly number[]): Side => values.map((k) => ({ n: 1, k }));

Deno.test("the p-value is scipy's over all assignments of signs, and McNemar's where each task was tried once", () => {
  for (const { first, second, pValue, estimate, mcnemar } of golden) {
    const found = pairedDifference(trials(first, second));
    strictEqual(found.pValueFrom, "sign flips");
    near(found.pValue, pValue, EXACT);
    near(found.estimate, estimate, { rtol: 1e-9, atol: 1e-12 });
    if (mcnemar !== undefined) near(found.pValue, mcnemar, EXACT);
  }
});

Deno.test("with one try each the ends are Bonett and Price's, with t for z", () => {
  const [first, second] = [[1, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0], [1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]];
  const found = pairedDifference(trials(once(first), once(second)));
  const both = first.filter((v, i) => v && second[i]).length, neither = first.filter((v, i) => !v && !second[i]).length;
  const onlyFirst = first.filter((v, i) => v && !second[i]).length, onlySecond = 12 - both - neither - onlyFirst;
  const price = mcnemar({ both, onlyFirst, onlySecond, neither });
  near(found.stdError, price.stdError, EXACT);
  near((found.hi + found.lo) / 2, (price.hi + price.lo) / 2, EXACT);
  near((found.hi - found.lo) / (price.hi - price.lo), 2.1603686564610127 / 1.959963984540054, EXACT); // t on 13 df
});

Deno.test("a few tasks that all agree do not make a point of it", () => {
  const { estimate, lo, hi, pValue, worth } = pairedDifference(trials(once([1, 1, 0, 1]), once([1, 1, 0, 1])));
  deepStrictEqual([estimate, pValue, worth], [0, 1, null]);
  ok(lo < -0.3 && hi > 0.3);
});

Deno.test("pairing is worth most where tasks differ most, and nothing where they are alike", () => {
  const random = seededRandom(2);
  const world = (spread: number) => {
    const ease = Array.from({ length: 400 }, () => 0.5 + spread * (random() - 0.5));
    const side = (): Side => ease.map((p) => ({ n: 4, k: drawBinomial(random, 4, p) }));
    return pairedDifference(trials(side(), side())).worth!;
  };
  ok(world(1) > 2);
  ok(Math.abs(world(0) - 1) < 0.15);
});

Deno.test("tasks that one side did not try are counted and left out; tasks named twice are refused", () => {
  const some = [
    { task: "a", first: { n: 2, k: 1 }, second: { n: 2, k: 0 } },
    { task: "b", first: { n: 2, k: 1 }, second: { n: 0, k: 0 } },
    { task: "c", first: { n: 0, k: 0 }, second: { n: 1, k: 1 } },
    { task: "d", first: { n: 2, k: 2 }, second: { n: 2, k: 0 } },
  ];
  const { tasks, onlyFirst, onlySecond, first, second } = pairedDifference(some);
  deepStrictEqual([tasks, onlyFirst, onlySecond, first, second], [2, 1, 1, 0.75, 0]);
  throws(() => pairedDifference([...some, some[0]!]), /task "a" is there twice/);
  throws(() => pairedDifference(some.slice(1, 3)), /no task was tried by both sides/);
  throws(
    () => pairedDifference([{ task: "x", first: { n: 1, k: 2 }, second: { n: 1, k: 0 } }]),
    /task "x", first: expected k from 0 to n = 1, found 2/,
  );
});

Deno.test("thousands of tasks are exact too; a lattice of odd numbers of tries falls back on t", () => {
  const random = seededRandom(5);
  const many = Array.from({ length: 3000 }, () => ({ n: 4, k: drawBinomial(random, 4, 0.5) }));
  strictEqual(pairedDifference(trials(many, [...many].reverse())).pValueFrom, "sign flips");
  const primes = [7, 11, 13, 17, 19, 23].map((n) => ({ n, k: 3 }));
  const { pValueFrom, pValue } = pairedDifference(trials(primes, [...primes].reverse()));
  strictEqual(pValueFrom, "t");
  ok(pValue > 0.9);
});
