import { deepEqual, equal, ok, throws } from "node:assert/strict";
import {
  crossValidatedRule,
  mantelHaenszel,
  meanDifference,
  meanRatio,
  newcombe,
  seededRandom,
} from "../../../lib/stats/mod.ts";
import golden from "../../golden/stratified/ratios.json" with { type: "json" };
import { fieldsNear, near } from "../near.ts";

const SAME = { rtol: 1e-6, atol: 1e-9 };

Deno.test("Mantel and Haenszel's difference and ratio are metafor's", () => {
  for (const { strata, difference, ratio } of golden.rates) {
    const found = mantelHaenszel(strata);
    fieldsNear(found.difference, difference, SAME, "difference");
    fieldsNear(found.ratio!, ratio, SAME, "ratio");
  }
});

Deno.test("one stratum alone is the plain difference; strata without one of the groups are counted and left out", () => {
  const only = { k1: 30, n1: 50, k2: 20, n2: 50 };
  const { difference, pooled, strata, leftOut, simpson } = mantelHaenszel([only, { k1: 5, n1: 9, k2: 0, n2: 0 }]);
  near(difference.estimate, 0.2, SAME);
  deepEqual([strata, leftOut, simpson], [1, 1, null]);
  near(pooled.lo, newcombe({ k1: 35, n1: 59, k2: 20, n2: 50 }).lo, SAME);
  throws(() => mantelHaenszel([{ k1: 1, n1: 2, k2: 0, n2: 0 }]), /no stratum has trials of both groups/);
  equal(mantelHaenszel([{ k1: 0, n1: 2, k2: 1, n2: 2 }]).ratio, null);
});

Deno.test("pooling that turns, makes up or hides a difference is named", () => {
  const strata = (a: number[], b: number[]) => [
    { k1: a[0]!, n1: a[1]!, k2: a[2]!, n2: a[3]! },
    { k1: b[0]!, n1: b[1]!, k2: b[2]!, n2: b[3]! },
  ];
  equal(mantelHaenszel(strata([162, 174, 468, 540], [384, 526, 100, 160])).simpson, "turned");
  equal(mantelHaenszel(strata([90, 100, 450, 500], [250, 500, 50, 100])).simpson, "vanishes");
  equal(mantelHaenszel(strata([180, 200, 240, 300], [120, 300, 60, 200])).simpson, "appears");
  equal(mantelHaenszel(strata([60, 100, 40, 100], [50, 100, 40, 100])).simpson, null);
});

Deno.test("ratios of means within strata, and pooled, are those of a jackknife written out in R", () => {
  for (const { rows, within, pooled } of golden.means) {
    const found = meanRatio(rows);
    fieldsNear(found.within, within, SAME, "within");
    fieldsNear(found.pooled, pooled, SAME, "pooled");
    deepEqual([found.strata, found.clusters], [6, 18]);
  }
});

Deno.test("differences of successes within strata are Mantel and Haenszel's, with runs alike in the error", () => {
  const runs = Array.from({ length: 24 }, (_, i) => {
    const [n1, n2] = [5 + i % 4, 6 + i % 3];
    return { stratum: `s${i % 4}`, cluster: `r${i}`, n1, total1: i % 5, n2, total2: (i * 3) % 5 };
  });
  const strata = [0, 1, 2, 3].map((s) => {
    const own = runs.filter((r) => r.stratum === `s${s}`);
    const sum = (of: (r: typeof runs[number]) => number) => own.reduce((total, r) => total + of(r), 0);
    return { k1: sum((r) => r.total1), n1: sum((r) => r.n1), k2: sum((r) => r.total2), n2: sum((r) => r.n2) };
  });
  const { within, clusters } = meanDifference(runs);
  near(within.estimate, mantelHaenszel(strata).difference.estimate, SAME);
  equal(clusters, 24);
  const alone = meanDifference(runs.flatMap((r) =>
    [0, 1].map((part) => ({
      ...r,
      cluster: `${r.cluster} ${part}`,
      ...(part ? { n1: 0, total1: 0 } : { n2: 0, total2: 0 }),
    }))
  ));
  near(alone.within.estimate, within.estimate, SAME);
});

Deno.test("a stratum with one group says nothing within strata; two clusters and sums above 0 are needed", () => {
  const row = (stratum: string, n1: number, n2: number) => ({ stratum, n1, total1: 3 * n1, n2, total2: 2 * n2 });
  const { within, leftOut } = meanRatio([row("a", 4, 5), row("b", 6, 2), row("c", 3, 0)]);
  near(within.estimate, 1.5, SAME);
  equal(leftOut, 1);
  throws(() => meanRatio([row("a", 4, 5), row("c", 3, 0)]), /two clusters in strata with both groups, found 1/);
  throws(() => meanRatio([{ ...row("a", 4, 5), total1: -1 }]), /row 0: expected total1 from 0, found -1/);
  throws(() => meanRatio([row("a", 4, 5), row("b", 6, 2)].map((r) => ({ ...r, total2: 0 }))), /sums are all 0/);
});

Deno.test("a threshold chosen on noise is worth nothing where it was not chosen, and its interval says so", () => {
  let above = 0, apparent = 0, left = 0;
  for (let s = 0; s < 150; s++) {
    const random = seededRandom(s);
    const noise = Array.from({ length: 200 }, (_, i) => ({
      value: random(),
      positive: random() < 0.4,
      cluster: `run ${i % 20}`,
    }));
    const found = crossValidatedRule(noise, "above", { random });
    apparent += found.apparent.j / 150;
    left += found.j! / 150;
    if (found.lo! > 0) above++;
  }
  ok(apparent > 0.08 && Math.abs(left) < 0.02, `${apparent} seems, ${left} is`);
  ok(above / 150 < 0.1, `above 0 in ${above / 150}`);
});

Deno.test("a threshold that tells apart keeps most of its worth; below works as above does on the other side", () => {
  const random = seededRandom(3);
  const items = Array.from({ length: 300 }, (_, i) => {
    const positive = i % 3 === 0;
    return { value: random() + (positive ? 0.6 : 0), positive, cluster: `run ${i % 15}` };
  });
  const found = crossValidatedRule(items, "above", { random: seededRandom(1) });
  ok(found.lo! > 0.4 && found.optimism! < 0.1);
  const turned = crossValidatedRule(items.map((i) => ({ ...i, value: -i.value })), "below", {
    random: seededRandom(1),
  });
  near(turned.j!, found.j!, SAME);
  equal(
    crossValidatedRule(items.map((i) => ({ ...i, cluster: "one" })), "above", { random }).why,
    "one cluster: no other to try a threshold on",
  );
});
