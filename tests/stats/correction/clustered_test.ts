import { deepEqual, equal, ok, throws } from "node:assert/strict";
import {
  clusteredCorrection,
  type Confusion,
  drawBinomial,
  type LabelCluster,
  ppiMean,
  type Random,
  roganGladen,
  seededRandom,
} from "../../../lib/stats/mod.ts";

const none: Confusion = { tp: 0, fp: 0, fn: 0, tn: 0 };

/** Runs of 15 sessions whose true rates differ by a normal-like shift; every `every`-th run is graded as a whole. */
function world(
  random: Random,
  { runs, every, spread }: { runs: number; every: number; spread: number },
): LabelCluster[] {
  return Array.from({ length: runs }, (_, i) => {
    const shift = (random() + random() + random() - 1.5) * 2 * spread;
    const solved = drawBinomial(random, 15, Math.min(1, Math.max(0, 0.5 + shift)));
    const tp = drawBinomial(random, solved, 0.9), tn = drawBinomial(random, 15 - solved, 0.8);
    const labelled = i % every === 0;
    return {
      stratum: "all",
      cluster: `run ${i}`,
      labelled: labelled ? { tp, fn: solved - tp, tn, fp: 15 - solved - tn } : none,
      unlabelled: labelled ? { n: 0, k: 0 } : { n: 15, k: tp + 15 - solved - tn },
    };
  });
}

for (const method of ["ppi++", "rogan-gladen"] as const) {
  Deno.test(`${method} with whole runs graded holds the truth in 93 of 100, where counting sessions would not`, () => {
    const random = seededRandom(16);
    let [covered, claimed, naive] = [0, 0, 0];
    for (let s = 0; s < 600; s++) {
      const runs = world(random, { runs: 120, every: 8, spread: 0.25 });
      const { total } = clusteredCorrection(runs, method);
      if (total.valid) {
        claimed++;
        if (total.lo! <= 0.5 && 0.5 <= total.hi!) covered++;
      }
      const add = (of: (c: Confusion) => number) => runs.reduce((sum, c) => sum + of(c.labelled), 0);
      const labelled = { tp: add((c) => c.tp), fp: add((c) => c.fp), fn: add((c) => c.fn), tn: add((c) => c.tn) };
      const unlabelled = runs.reduce((sum, c) => ({ n: sum.n + c.unlabelled.n, k: sum.k + c.unlabelled.k }), {
        n: 0,
        k: 0,
      });
      const plain = method === "ppi++"
        ? ppiMean(labelled, unlabelled)
        : roganGladen(labelled, unlabelled, { random, draws: 200 });
      if (plain.lo! <= 0.5 && 0.5 <= plain.hi!) naive++;
    }
    ok(claimed > 590, `claimed ${claimed}`);
    ok(covered / claimed >= 0.93, `covered ${covered / claimed}`);
    if (method === "ppi++") ok(naive / 600 < 0.85, `counting sessions covered ${naive / 600}`);
  });
}

Deno.test("clusters of one session each give the estimates of ppiMean and Rogan-Gladen, and nearly their errors", () => {
  const labelled: Confusion = { tp: 90, fp: 24, fn: 10, tn: 76 };
  const single = (key: keyof Confusion, n: number) =>
    Array.from({ length: n }, (_, i): LabelCluster => ({
      stratum: "all",
      cluster: `${key}${i}`,
      labelled: { ...none, [key]: 1 },
      unlabelled: { n: 0, k: 0 },
    }));
  const clusters = [
    ...Object.entries(labelled).flatMap(([key, n]) => single(key as keyof Confusion, n)),
    ...Array.from({ length: 1000 }, (_, i): LabelCluster => ({
      stratum: "all",
      cluster: `u${i}`,
      labelled: none,
      unlabelled: { n: 1, k: i < 570 ? 1 : 0 },
    })),
  ];
  const [ppi, plain] = [clusteredCorrection(clusters, "ppi++").total, ppiMean(labelled, { n: 1000, k: 570 })];
  ok(Math.abs(ppi.estimate! - plain.estimate!) < 1e-3 && Math.abs(ppi.stdError! / plain.stdError! - 1) < 0.02);
  const rg = clusteredCorrection(clusters, "rogan-gladen").total;
  const boot = roganGladen(labelled, { n: 1000, k: 570 }, { random: seededRandom(1), draws: 4000 });
  ok(Math.abs(rg.estimate! - boot.estimate!) < 1e-12);
  ok(Math.abs((rg.hi! - rg.lo!) / (boot.hi! - boot.lo!) - 1) < 0.05);
});

Deno.test("strata are corrected by their own labels, the total weighs them by sessions, and a stratum without labels is named", () => {
  const random = seededRandom(3);
  const [a, b] = ["a", "b"].map((stratum) =>
    world(random, { runs: 60, every: 3, spread: 0.2 }).map((c) => ({
      ...c,
      stratum,
      cluster: `${stratum} ${c.cluster}`,
    }))
  );
  const both = clusteredCorrection([...a!, ...b!.slice(0, 30)], "ppi++");
  const weighted = both.strata.reduce((sum, s) => sum + s.estimate! * s.n, 0) / both.total.n;
  ok(Math.abs(both.total.estimate! - weighted) < 1e-12);
  equal(both.total.labelledClusters, 30);
  const bare = b!.map((c) => ({ ...c, labelled: none, unlabelled: { n: 15, k: 8 } }));
  const missing = clusteredCorrection([...a!, ...bare], "ppi++");
  deepEqual([missing.strata[1]!.estimate, missing.total.estimate], [null, null]);
  deepEqual([missing.strata[1]!.why, missing.total.why], [
    "0 clusters with labels; how clusters differ cannot be told",
    "no estimate in b",
  ]);
});

Deno.test("few labelled clusters give an interval that is not claimed; a cluster named twice is refused", () => {
  const runs = world(seededRandom(4), { runs: 40, every: 8, spread: 0.2 });
  const { total } = clusteredCorrection(runs, "ppi++");
  deepEqual([total.valid, total.why], [false, "5 clusters with labels; at least 10 are needed"]);
  ok(total.hi! > total.lo!);
  throws(() => clusteredCorrection([...runs, runs[0]!], "ppi++"), /stratum all, cluster run 0 is there twice/);
});

Deno.test("nothing is cut before the ends: a rate near 0 keeps an interval where solved sessions are known", () => {
  // Judged below the judge's own false alarms, yet 20 labelled sessions are solved: [0, 0] would deny them.
  const labelled = { tp: 18, fp: 60, fn: 2, tn: 120 };
  const found = roganGladen(labelled, { n: 2000, k: 620 }, { random: seededRandom(5) });
  const least = 20 / 2200;
  ok(found.estimate! >= least && found.lo! >= least && found.hi! > found.lo!);
  const denied = roganGladen(labelled, { n: 2000, k: 300 }, { random: seededRandom(5) });
  deepEqual([denied.valid, denied.lo, denied.hi], [false, null, null]);
  ok(denied.why!.includes("lies below the least that the labels leave possible (0.9%)"), denied.why!);
});
