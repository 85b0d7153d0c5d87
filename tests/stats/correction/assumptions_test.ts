import { deepEqual, equal, ok, strictEqual, throws } from "node:assert/strict";
import {
  abstention,
  drawBinomial,
  impliedErrors,
  type LabelCluster,
  labelSampling,
  manskiBounds,
  manskiDifference,
  roganGladenEstimate,
  seededRandom,
  tippingSurface,
} from "../../../lib/stats/mod.ts";
import golden from "../../golden/correction/assumptions.json" with { type: "json" };
import { fieldsNear, near } from "../near.ts";

Deno.test("labels chosen session by session are tested as statsmodels tests strata of 2 x 2 tables", () => {
  for (const { tables, pValue } of golden.mantelHaenszel) {
    const clusters = tables.map((table, i): LabelCluster => {
      const [a, b, c, d] = table.flat();
      return {
        stratum: `s${i}`,
        cluster: `s${i}`,
        labelled: { tp: a!, fp: 0, fn: 0, tn: b! },
        unlabelled: { n: c! + d!, k: c! },
      };
    });
    near(labelSampling(clusters, { by: "session" }).pValue!, pValue, { rtol: 1e-9 });
  }
});

Deno.test("whole runs labelled at random are called so in 95 of 100, though sessions of a run are alike", () => {
  const random = seededRandom(7);
  let [bySession, byCluster] = [0, 0];
  for (let s = 0; s < 500; s++) {
    const clusters = Array.from({ length: 60 }, (_, i): LabelCluster => {
      const k = drawBinomial(random, 20, random() < 0.5 ? 0.2 : 0.8), labelled = random() < 0.4;
      return {
        stratum: "all",
        cluster: `run ${i}`,
        labelled: labelled ? { tp: k, fp: 0, fn: 0, tn: 20 - k } : { tp: 0, fp: 0, fn: 0, tn: 0 },
        unlabelled: labelled ? { n: 0, k: 0 } : { n: 20, k },
      };
    });
    if (labelSampling(clusters, { by: "session" }).pValue! < 0.05) bySession++;
    if (labelSampling(clusters, { by: "cluster" }).pValue! < 0.05) byCluster++;
  }
  ok(byCluster / 500 < 0.075, `by cluster ${byCluster / 500}`);
  ok(bySession / 500 > 0.3, `by session ${bySession / 500}`);
});

Deno.test("labels that went to what was judged solved are no random sample, and strata without labels are named", () => {
  const stratum = (name: string, labelled: number, k: number): LabelCluster => ({
    stratum: name,
    cluster: name,
    labelled: { tp: k, fp: 0, fn: 0, tn: labelled - k },
    unlabelled: { n: 100, k: 50 },
  });
  const { pValue, gap, withoutLabels, sentence } = labelSampling([stratum("a", 40, 36), stratum("b", 0, 0)], {
    by: "session",
  });
  ok(pValue! < 0.001 && Math.abs(gap - 0.4) < 1e-9);
  deepEqual(withoutLabels, ["b"]);
  ok(
    sentence.includes("40.0 points more") && sentence.includes("no random sample. No session of b is labelled."),
    sentence,
  );
  equal(labelSampling([stratum("b", 0, 0)], { by: "session" }).sentence, "No session is labelled.");
});

Deno.test("Manski's bounds hold every rate that fits the labels, and Imbens and Manski's interval a little more", () => {
  const bounds = manskiBounds({ tp: 30, fp: 5, fn: 10, tn: 5 }, { n: 50, k: 20 });
  fieldsNear(bounds, golden.manski, { rtol: 1e-6 });
  const all = manskiBounds({ tp: 40, fp: 10, fn: 0, tn: 50 }, { n: 0, k: 0 });
  deepEqual([all.least, all.most], [0.4, 0.4]);
  near(all.hi - 0.4, 1.959963984540054 * Math.sqrt(0.24 / 100), { rtol: 1e-9 });
  equal(manskiDifference(bounds, all).sign, "not known");
  throws(() => manskiBounds({ tp: 0, fp: 0, fn: 0, tn: 0 }, { n: 0, k: 0 }), /no session to bound/);
});

Deno.test("a tipping surface is Rogan-Gladen at each point; a judge who errs alike cannot turn a difference", () => {
  const judge = { sensitivity: 0.9, specificity: 0.85 };
  const surface = tippingSurface({ k1: 150, n1: 200, k2: 110, n2: 200 }, { first: judge });
  near(surface.first, roganGladenEstimate(0.75, 0.9, 0.85), { rtol: 1e-12 });
  for (const p of surface.points) {
    if (p.verdict === "impossible") {
      ok(p.sensitivity + p.specificity <= 1 + 1e-9 || p.sensitivity < 0.55 || 1 - p.specificity > 0.55);
      strictEqual(p.second, null);
    } else {
      near(p.second!, roganGladenEstimate(0.55, p.sensitivity, p.specificity), { rtol: 1e-9 });
    }
  }
  const alike = surface.points.find((p) => p.sensitivity === 0.9 && p.specificity === 0.85)!;
  ok(alike.verdict === "stands" && alike.difference! > 0.2);
  ok(surface.points.some((p) => p.verdict === "turns"));
  ok(surface.nearest!.sensitivity < 0.9 || surface.nearest!.specificity > 0.85);
  throws(
    () => tippingSurface({ k1: 1, n1: 2, k2: 1, n2: 2 }, { first: { sensitivity: 0.5, specificity: 0.5 } }),
    /better than/,
  );
});

Deno.test("error rates implied by groups' rates are those that scipy's maximum likelihood finds; misfit is seen", () => {
  for (const { groups, sensitivity, specificity } of golden.implied) {
    fieldsNear(impliedErrors(groups)!, { sensitivity, specificity }, { rtol: 1e-4, atol: 1e-4 });
  }
  const errs = (shift: number) =>
    [0.1, 0.3, 0.5, 0.7, 0.9].map((truth, i) => ({
      judged: { n: 400, k: Math.round(400 * (truth * 0.9 + (1 - truth) * (0.2 + (i % 2 ? shift : -shift)))) },
      graded: { n: 400, k: Math.round(400 * truth) },
    }));
  ok(impliedErrors(errs(0))!.misfit < 0.1 && impliedErrors(errs(0.15))!.misfit > 5);
  strictEqual(impliedErrors(errs(0).slice(0, 2)), null);
});

Deno.test("abstention keeps its risk over repeated labels, sessions alike within runs", () => {
  const random = seededRandom(12);
  let wrong = 0, taken = 0;
  const draw = (run: string) => {
    const hard = random() < 0.3;
    return Array.from({ length: 5 }, () => {
      const score = random();
      return { score, wrong: random() < (hard ? 0.6 : 0.3) * (1 - score), cluster: run };
    });
  };
  for (let s = 0; s < 1500; s++) {
    const labelled = Array.from({ length: 40 }, (_, i) => draw(`${i}`)).flat();
    const { threshold } = abstention(labelled, { risk: 0.1 });
    for (const verdict of draw("new")) {
      if (threshold === null || verdict.score < threshold) continue;
      taken += 1 / 5;
      if (verdict.wrong) wrong += 1 / 5;
    }
  }
  ok(wrong / 1500 <= 0.105, `taken and wrong ${wrong / 1500}`);
  ok(wrong / 1500 > 0.07, `too careful: ${wrong / 1500}`);
  ok(taken / 1500 > 0.4);
});

Deno.test("abstention takes nothing where the labels cannot promise it, and equal scores together", () => {
  const ten = Array.from({ length: 10 }, () => ({ score: 1, wrong: false }));
  deepEqual(abstention(ten, { risk: 0.05 }).threshold, null); // one more session could be wrong: 1/11
  deepEqual(abstention(ten, { risk: 0.1 }).threshold, 1);
  const tied = [...ten, ...Array.from({ length: 10 }, (_, i) => ({ score: 0, wrong: i < 3 }))];
  const { threshold, share, wrong } = abstention(tied, { risk: 0.15 });
  deepEqual([threshold, share, wrong!.estimate], [1, 0.5, 0]);
  throws(() => abstention([], { risk: 0.1 }), /found none/);
  throws(() => abstention(ten, { risk: 1 }), /risk between 0 and 1, found 1/);
});
