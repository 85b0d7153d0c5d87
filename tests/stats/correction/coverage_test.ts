import { ok } from "node:assert/strict";
import { correctStrata, ppiStratified, seededRandom } from "../../../lib/stats/mod.ts";
import {
  coefficientCoverage,
  type Coverage,
  meanCoverage,
  simulateLabels,
} from "../../../bench/coverage/label_worlds.ts";

/** 95% intervals must hold the truth in at least 93 of 100. */
const AT_LEAST = 0.93;
const SIMULATIONS = 1000;
/** In the regimes below a method must claim its interval nearly always, or the promise would be empty. */
const CLAIMS = 0.97;

const INSIDE = [
  { sessions: 1800, labels: 200, prevalence: 0.5, sensitivity: 0.9, specificity: 0.7 },
  { sessions: 1800, labels: 400, prevalence: 0.64, sensitivity: 0.9, specificity: 0.8 },
  { sessions: 1800, labels: 600, prevalence: 0.8, sensitivity: 0.95, specificity: 0.5 },
];
const OUTSIDE = [
  { sessions: 1800, labels: 20, prevalence: 0.5, sensitivity: 0.9, specificity: 0.8 },
  { sessions: 1800, labels: 200, prevalence: 0.5, sensitivity: 0.55, specificity: 0.5 },
];

function keepsItsPromise({ claimed, covered }: Coverage, what: string): void {
  ok(claimed >= CLAIMS, `${what}: claims only ${claimed} of its intervals`);
  ok((covered ?? 0) >= AT_LEAST, `${what}: covers ${covered}`);
}

for (const method of ["rogan-gladen", "ppi++"] as const) {
  for (const [i, scenario] of INSIDE.entries()) {
    Deno.test(`${method} intervals with ${scenario.labels} labels hold the truth in 93 of 100 simulations`, () => {
      const options = { random: seededRandom(100 + i), simulations: SIMULATIONS, draws: 250 };
      keepsItsPromise(meanCoverage(method, scenario, options), method);
    });
  }
}

Deno.test("PPI++ coefficients hold the truth in 93 of 100 although the judge errs differently by level", () => {
  const scenario = {
    sessions: 1800,
    labels: 360,
    rates: [[0.2, 0.5, 0.4], [0.5, 0.8, 0.6]],
    judges: [{ sensitivity: 0.7, specificity: 0.9 }, { sensitivity: 0.95, specificity: 0.6 }],
  };
  keepsItsPromise(coefficientCoverage(scenario, { random: seededRandom(7), simulations: SIMULATIONS }), "coefficient");
});

/** Two strata, a judge that errs differently in each, labelled at different rates; their true rate is 0.55. */
const STRATA = [
  { stratum: "a", sessions: 900, labels: 200, prevalence: 0.4, sensitivity: 0.95, specificity: 0.6 },
  { stratum: "b", sessions: 900, labels: 120, prevalence: 0.7, sensitivity: 0.7, specificity: 0.9 },
];

Deno.test("totals over strata hold the truth in 93 of 100 although judges and labelling differ", () => {
  const random = seededRandom(21), hits = { roganGladen: 0, ppi: 0, stratum: 0 };
  for (let i = 0; i < SIMULATIONS; i++) {
    const strata = STRATA.map((s) => ({ stratum: s.stratum, ...simulateLabels(s, random) }));
    const corrected = correctStrata(strata, { random, draws: 150 }), ppi = ppiStratified(strata);
    const holds = (r: { lo: number | null; hi: number | null } | undefined, truth: number) =>
      Number((r?.lo ?? 1) <= truth && truth <= (r?.hi ?? 0));
    hits.roganGladen += holds(corrected.total, 0.55);
    hits.ppi += holds(ppi, 0.55);
    hits.stratum += holds(corrected.strata[0], 0.4);
  }
  for (const [what, n] of Object.entries(hits)) ok(n / SIMULATIONS >= AT_LEAST, `${what}: covers ${n / SIMULATIONS}`);
});

Deno.test("Rogan-Gladen does not claim its interval with few labels or a judge near chance", () => {
  for (const scenario of OUTSIDE) {
    const { claimed } = meanCoverage("rogan-gladen", scenario, {
      random: seededRandom(9),
      simulations: 300,
      draws: 50,
    });
    ok(claimed <= 0.02, `claims ${claimed} with ${scenario.labels} labels`);
  }
});

Deno.test("PPI++ does not claim its interval with few labels", () => {
  const [few] = OUTSIDE;
  if (!few) throw new Error("a scenario is missing");
  ok(meanCoverage("ppi++", few, { random: seededRandom(9), simulations: 300 }).claimed === 0);
});

Deno.test("the judge's own rate, uncorrected, would miss the truth nearly always", () => {
  const [scenario] = INSIDE;
  if (!scenario) throw new Error("a scenario is missing");
  const judged = 0.5 * 0.9 + 0.5 * 0.3;
  const half = 1.96 * Math.sqrt(judged * (1 - judged) / scenario.sessions);
  ok(Math.abs(judged - scenario.prevalence) > 4 * half, "the test's scenario would not need a correction");
});
