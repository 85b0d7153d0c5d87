import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  clusteredRate,
  consistency,
  krippendorffAlpha,
  meanShare,
  passRates,
  seededRandom,
  studentTQuantile,
  wilson,
} from "../../../lib/stats/mod.ts";
import { fieldsNear, near } from "../near.ts";

const EXACT = { rtol: 1e-10, atol: 1e-12 };
const RUNS = { numRuns: 80, seed: 16 };
const trialsOf = fc.record({ n: fc.integer({ min: 1, max: 7 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ n, share }) => ({ n, k: Math.round(n * share) }));

/** Every choice of `size` out of `n`, as positions. */
function choices(n: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]];
  const found: number[][] = [];
  for (let i = from; i < n; i++) for (const rest of choices(n, size - 1, i + 1)) found.push([i, ...rest]);
  return found;
}

Deno.test("pass@k and pass^k are the shares of all choices of tries, listed one by one", () => {
  fc.assert(
    fc.property(trialsOf, fc.integer({ min: 1, max: 7 }), (task, tries) => {
      const { anyOf, allOf, tasks, leftOut } = passRates([task], tries);
      deepStrictEqual([tasks, leftOut], task.n >= tries ? [1, 0] : [0, 1]);
      const all = choices(task.n, tries);
      const share = (of: (choice: number[]) => boolean) => all.filter(of).length / all.length;
      if (task.n < tries) return strictEqual(anyOf, null);
      near(anyOf!.estimate, share((choice) => choice.some((i) => i < task.k)), EXACT);
      near(allOf!.estimate, share((choice) => choice.every((i) => i < task.k)), EXACT);
    }),
    RUNS,
  );
});

Deno.test("more tries solve more, all of them less; with one try both are the rate", () => {
  const tasks = [{ n: 4, k: 1 }, { n: 4, k: 4 }, { n: 4, k: 0 }, { n: 4, k: 3 }];
  const [one, two, four] = [1, 2, 4].map((tries) => passRates(tasks, tries));
  deepStrictEqual([one!.anyOf!.estimate, one!.allOf!.estimate], [0.5, 0.5]);
  ok(two!.anyOf!.estimate > 0.5 && four!.anyOf!.estimate > two!.anyOf!.estimate);
  ok(two!.allOf!.estimate < 0.5 && four!.allOf!.estimate < two!.allOf!.estimate);
  throws(() => passRates(tasks, 0), /whole number of tries from 1, found 0/);
});

Deno.test("consistency between tasks is Krippendorff's alpha with tries as raters", () => {
  fc.assert(
    fc.property(fc.array(trialsOf, { minLength: 1, maxLength: 9 }), (tasks) => {
      const units = tasks.map(({ n, k }) => Array.from({ length: n }, (_, i) => i < k ? 1 : 0));
      const { betweenTasks, leftOut } = consistency(tasks);
      const { estimate, leftOut: units1 } = krippendorffAlpha(units);
      strictEqual(leftOut, units1);
      if (Number.isNaN(estimate)) strictEqual(betweenTasks, null);
      else near(betweenTasks!, estimate, EXACT);
    }),
    RUNS,
  );
});

Deno.test("tasks that decide are told from tosses; tries that all agree leave no interval", () => {
  const random = seededRandom(9);
  const decided = Array.from({ length: 40 }, (_, i) => ({ n: 4, k: i % 2 ? 4 : i % 8 ? 0 : 1 }));
  const tossed = Array.from({ length: 40 }, () => ({ n: 4, k: [0, 0, 0, 0].filter(() => random() < 0.5).length }));
  const [tasks, tosses] = [consistency(decided), consistency(tossed)];
  ok(tasks.lo! > 0.6 && tasks.agreement! > 0.9);
  ok(tosses.lo! < 0 && tosses.hi! > 0 && Math.abs(tosses.agreement! - 0.5) < 0.1);
  const same = consistency([{ n: 3, k: 3 }, { n: 3, k: 3 }]);
  deepStrictEqual([same.agreement, same.betweenTasks, same.lo], [1, null, null]);
});

Deno.test("clusteredRate: sessions that are independent have nearly Wilson's interval, whole runs a wider one", () => {
  const single = [...Array(70).fill({ n: 1, k: 1 }), ...Array(30).fill({ n: 1, k: 0 })];
  const { lo, hi } = wilson(70, 100, studentTQuantile(0.975, 99));
  const found = clusteredRate(single);
  fieldsNear(found, { estimate: 0.7 }, EXACT);
  near(found.lo!, lo, { rtol: 0.01 });
  near(found.hi!, hi, { rtol: 0.01 });
  const runs = clusteredRate([...Array(7).fill({ n: 10, k: 10 }), ...Array(3).fill({ n: 10, k: 0 })]);
  near(runs.effectiveN!, 9, EXACT); // ten runs, less one for the mean
  ok(runs.hi! - runs.lo! > 3 * (found.hi! - found.lo!));
});

Deno.test("clusteredRate: one cluster cannot tell, equal clusters count as one each, and empty ones not at all", () => {
  deepStrictEqual(clusteredRate([{ n: 9, k: 3 }]).lo, null);
  strictEqual(clusteredRate([{ n: 9, k: 9 }, { n: 5, k: 5 }, { n: 0, k: 0 }]).effectiveN, 2);
  throws(() => clusteredRate([{ n: 0, k: 0 }]), /at least one cluster with a trial/);
  throws(() => meanShare([0.5, 1.5]), /found 1.5 at 1/);
});
