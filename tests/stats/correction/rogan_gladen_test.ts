import { deepEqual, equal, ok, throws } from "node:assert/strict";
import {
  correctStrata,
  ppiStratified,
  roganGladen,
  roganGladenEstimate,
  seededRandom,
  type Stratum,
} from "../../../lib/stats/mod.ts";

const TINY = 1e-12;
const labelled = { tp: 90, fp: 24, fn: 10, tn: 76 };

Deno.test("Rogan-Gladen turns the judged rate of known error rates back into the true one", () => {
  for (const [pi, se, sp] of [[0.3, 0.9, 0.7], [0.64, 0.95, 0.6], [0, 0.8, 0.9], [1, 0.8, 0.9]] as const) {
    const judged = pi * se + (1 - pi) * (1 - sp);
    ok(Math.abs(roganGladenEstimate(judged, se, sp) - pi) < TINY);
  }
});

Deno.test("the estimate stays within 0 and 1, and is not a number for a judge no better than chance", () => {
  equal(roganGladenEstimate(0.1, 0.9, 0.7), 0);
  equal(roganGladenEstimate(0.99, 0.9, 0.7), 1);
  ok(Number.isNaN(roganGladenEstimate(0.5, 0.5, 0.5)));
});

Deno.test("the same seed gives the same interval, and more labels a narrower one", () => {
  const few = roganGladen(labelled, { n: 1000, k: 570 }, { random: seededRandom(1) });
  deepEqual(roganGladen(labelled, { n: 1000, k: 570 }, { random: seededRandom(1) }), few);
  const more = { tp: 360, fp: 96, fn: 40, tn: 304 };
  const many = roganGladen(more, { n: 1000, k: 570 }, { random: seededRandom(1) });
  const width = (r: { lo: number | null; hi: number | null }) => (r.hi ?? NaN) - (r.lo ?? NaN);
  ok(width(many) < width(few) * 0.7, `${width(many)} against ${width(few)}`);
  ok(few.valid && (few.lo ?? 1) < (few.estimate ?? 0) && (few.estimate ?? 1) < (few.hi ?? 0));
});

Deno.test("few labels, no mistakes, and a judge near chance are said", () => {
  const why = (c: typeof labelled) =>
    roganGladen(c, { n: 100, k: 50 }, { random: seededRandom(1), draws: 50 }).why ?? "";
  ok(why({ tp: 9, fp: 2, fn: 1, tn: 8 }).includes("10 solved and 10 unsolved labelled sessions; at least 20"));
  ok(why({ tp: 30, fp: 0, fn: 0, tn: 30 }).includes("0 mistakes among 60 labels"));
  ok(why({ tp: 30, fp: 26, fn: 24, tn: 28 }).includes("sensitivity + specificity = 1.07 is too near 1"));
  const useless = roganGladen({ tp: 20, fp: 30, fn: 30, tn: 20 }, { n: 100, k: 50 }, { random: seededRandom(1) });
  deepEqual([useless.estimate, useless.lo, useless.valid], [null, null, false]);
});

Deno.test("counts that no sample can have are errors that name them", () => {
  const random = seededRandom(1);
  throws(() => roganGladen({ ...labelled, tp: 1.5 }, { n: 1, k: 1 }, { random }), /tp must be a whole number/);
  throws(() => roganGladen({ tp: 0, fp: 0, fn: 0, tn: 0 }, { n: 0, k: 0 }, { random }), /no session to correct/);
});

const strata: Stratum[] = [
  { stratum: "much", labelled, unlabelled: { n: 400, k: 230 } },
  { stratum: "little", labelled: { tp: 4, fp: 1, fn: 0, tn: 3 }, unlabelled: { n: 100, k: 60 } },
  { stratum: "none", labelled: { tp: 0, fp: 0, fn: 0, tn: 0 }, unlabelled: { n: 50, k: 20 } },
];

Deno.test("strata with few labels borrow the error rates of all labels, by name", () => {
  const found = correctStrata(strata, { random: seededRandom(3), draws: 300 });
  deepEqual(found.pooled, ["little", "none"]);
  deepEqual(found.strata.map((s) => s.errorsFrom), ["own", "pooled", "pooled"]);
  ok(found.strata[2]?.why?.includes("judge errs here as elsewhere"));
  ok(Math.abs((found.strata[2]?.sensitivity ?? 0) - 94 / 104) < TINY);
  const weighted = found.strata.reduce((sum, s) => sum + (s.estimate ?? NaN) * s.n, 0) / found.total.n;
  ok(Math.abs((found.total.estimate ?? NaN) - weighted) < TINY);
});

Deno.test("PPI++ over strata is the weighted mean of the strata, and names one without labels", () => {
  const found = ppiStratified(strata.slice(0, 2));
  equal(found.labels, 208);
  ok(found.why?.includes("fewer than ten labels in little"));
  const none = ppiStratified(strata);
  equal(none.estimate, null);
  ok(none.why?.includes("none"));
});
