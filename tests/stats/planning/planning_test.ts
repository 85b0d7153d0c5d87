import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import {
  comparisonError,
  comparisonPower,
  detectableDifference,
  drawBinomial,
  equivalentRates,
  equivalentToZero,
  type OutcomeSpread,
  type Random,
  seededRandom,
  tasksForEquivalence,
  tasksNeeded,
} from "../../../lib/stats/mod.ts";
import equivalences from "../../golden/planning/equivalence.json" with { type: "json" };
import sizes from "../../golden/planning/sizes.json" with { type: "json" };
import { fieldsNear, near } from "../near.ts";

Deno.test("unpaired sizes and powers are those of R's power.prop.test, pairs those of Connor's formula", () => {
  for (const { rate, difference, tasks, powerAt150 } of sizes.unpaired) {
    strictEqual(tasksNeeded({ rate }, { paired: false }, difference), tasks);
    near(comparisonPower({ rate }, { tasks: 150, paired: false }, difference), powerAt150, { rtol: 1e-6 });
  }
  for (const { rate, difference, shared, tasks } of sizes.paired) {
    const spread = { rate, betweenTasks: 0.7, sharedByTasks: shared };
    strictEqual(tasksNeeded(spread, { paired: true }, difference), tasks);
  }
});

Deno.test("equivalentRates is the score test with rates maximised under each margin, and its interval the inversion", () => {
  for (const { of: [k1, n1, k2, n2], margin, ...expected } of equivalences) {
    const found = equivalentRates({ k1: k1!, n1: n1!, k2: k2!, n2: n2! }, { margin });
    fieldsNear(found, expected, { rtol: 1e-5, atol: 1e-7 }, `${k1}/${n1} and ${k2}/${n2}`);
    strictEqual(found.equivalent, found.lo > -margin && found.hi < margin);
  }
});

Deno.test("equivalentToZero is two t tests", () => {
  const { pValue, lo, hi } = equivalentToZero({ estimate: 0.02, stdError: 0.01 }, { margin: 0.05, df: 7 });
  near(pValue, 0.009971063065996277, { rtol: 1e-9 }); // scipy.stats.t.sf(3, 7)
  near((hi - lo) / 2, 0.01 * 1.894578605061305, { rtol: 1e-9 });
  throws(() => equivalentToZero({ estimate: 0, stdError: 0 }, { margin: 0.05 }), /standard error above 0, found 0/);
});

/** Shares of the variance of a try as chance: with probability b the task decides, with g the run, else a toss. */
function differenceOf(
  spread: Required<OutcomeSpread>,
  random: Random,
  paired: boolean,
  [m, r, R]: [number, number, number],
) {
  const { rate, betweenTasks, sharedByTasks, betweenRuns } = spread;
  const toss = () => random() < rate ? 1 : 0;
  const shared = Array.from({ length: m }, toss);
  const side = (common: number[]) => {
    const own = Array.from({ length: m }, toss), runs = Array.from({ length: R }, toss);
    let solved = 0;
    for (let task = 0; task < m; task++) {
      for (let t = 0; t < r; t++) {
        const u = random();
        if (u < Math.sqrt(sharedByTasks)) solved += common[task]!;
        else if (u < Math.sqrt(sharedByTasks) + Math.sqrt(betweenTasks - sharedByTasks)) solved += own[task]!;
        else if (u < 1 - 1e-12 && u > 1 - Math.sqrt(betweenRuns)) solved += runs[t % R]!;
        else solved += toss();
      }
    }
    return solved / (m * r);
  };
  return side(shared) - side(paired ? shared : Array.from({ length: m }, toss));
}

Deno.test("the standard error is that of simulated tasks, tries and runs, paired and not", () => {
  const spread = { rate: 0.4, betweenTasks: 0.25, sharedByTasks: 0.16, betweenRuns: 0.01 };
  const [tasks, tries, runs] = [30, 6, 3];
  for (const paired of [true, false]) {
    const random = seededRandom(7);
    const draws = Array.from({ length: 4000 }, () => differenceOf(spread, random, paired, [tasks, tries, runs]));
    const found = Math.sqrt(draws.reduce((sum, d) => sum + d * d, 0) / draws.length);
    near(comparisonError(spread, { tasks, tries, runs, paired }), found, { rtol: 0.05 });
  }
});

Deno.test("power is the share of simulated comparisons that a test of their difference finds", () => {
  const random = seededRandom(3);
  const [n, p1, p2] = [200, 0.45, 0.55];
  const found = Array.from({ length: 4000 }, () => {
    const [k1, k2] = [drawBinomial(random, n, p1), drawBinomial(random, n, p2)];
    const pooled = (k1 + k2) / (2 * n);
    return Math.abs(k1 - k2) / n > 1.959964 * Math.sqrt(2 * pooled * (1 - pooled) / n) ? 1 : 0;
  }).reduce<number>((a, b) => a + b, 0) / 4000;
  near(comparisonPower({ rate: 0.5 }, { tasks: n, paired: false }, 0.1), found, { rtol: 0, atol: 0.03 });
});

Deno.test("the detectable difference is the one that has the power asked for; more of anything makes it smaller", () => {
  const spread = { rate: 0.5, betweenTasks: 0.5, sharedByTasks: 0.4, betweenRuns: 0.02 };
  const base = { tasks: 100, tries: 2, runs: 2, paired: true };
  const least = detectableDifference(spread, base)!;
  near(comparisonPower(spread, base, least), 0.8, { rtol: 1e-6 });
  for (const more of [{ ...base, tasks: 200 }, { ...base, tries: 4 }, { ...base, runs: 4 }]) {
    ok(detectableDifference(spread, more)! < least);
  }
  ok(detectableDifference(spread, { ...base, paired: false })! > least);
  ok(detectableDifference(spread, { ...base, estimand: "these tasks" })! < least);
});

Deno.test("where runs differ by too much no number of tasks is enough", () => {
  const spread = { rate: 0.5, betweenRuns: 0.02 };
  strictEqual(tasksNeeded(spread, { paired: true, runs: 1 }, 0.05), null);
  strictEqual(tasksForEquivalence(spread, { paired: true, runs: 1 }, 0.05), null);
  ok(tasksNeeded(spread, { paired: true, runs: 200 }, 0.05)! > 0);
  strictEqual(detectableDifference({ rate: 0.01 }, { tasks: 3, paired: false }), null);
});

Deno.test("what is no share, no size or no rate is refused by name", () => {
  throws(() => comparisonError({ rate: 0.5, betweenTasks: 2 }, { tasks: 5, paired: true }), /betweenTasks: .* found 2/);
  throws(() => comparisonError({ rate: 0.5 }, { tasks: 0, paired: true }), /tasks: expected at least 1, found 0/);
  throws(
    () => comparisonPower({ rate: 0.99 }, { tasks: 5, paired: true }, 0.1),
    /expected both agents' rates from 0 to 1/,
  );
  throws(() => tasksNeeded({ rate: 0.5 }, { paired: true }, 0), /equality takes a margin/);
  deepStrictEqual(
    [
      tasksForEquivalence({ rate: 0.5 }, { paired: false }, 0.1)! >
        tasksForEquivalence({ rate: 0.9 }, { paired: false }, 0.1)!,
    ],
    [true],
  );
});
