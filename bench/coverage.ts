/**
 * Coverage of the corrected 95% intervals on synthetic sessions with known truth, inside and outside the regimes that
 * the methods claim: `deno task bench coverage [SIMULATIONS]`; seeded, so a second run prints the same.
 *
 * @module
 */
import { seededRandom } from "../lib/stats/mod.ts";
import { coefficientCoverage, type Coverage, meanCoverage, type Scenario } from "./coverage/label_worlds.ts";

const scenario = (labels: number, prevalence: number, sensitivity: number, specificity: number): Scenario => ({
  sessions: 1800,
  labels,
  prevalence,
  sensitivity,
  specificity,
});
const SCENARIOS = [
  scenario(100, 0.5, 0.85, 0.75),
  scenario(200, 0.5, 0.9, 0.7),
  scenario(200, 0.3, 0.95, 0.6),
  scenario(400, 0.64, 0.9, 0.8),
  scenario(600, 0.8, 0.95, 0.5),
  scenario(1000, 0.5, 0.75, 0.65),
  scenario(20, 0.5, 0.9, 0.8),
  scenario(200, 0.5, 0.55, 0.5),
  scenario(60, 0.95, 0.9, 0.8),
];

const show = (share: number | null) => share === null ? "-" : `${(share * 100).toFixed(1)}%`;
const line = (what: string, c: Coverage, ms: number) =>
  console.log(
    `${what.padEnd(64)} claims ${show(c.claimed).padStart(6)}  covered ${show(c.covered).padStart(6)}  of all ${
      show(c.coveredOfAll).padStart(6)
    }  width ${show(c.meanWidth).padStart(6)}  ${(ms / 1000).toFixed(1)} s`,
  );

/** Runs the benchmark: prints, for each scenario, the coverage claimed and found. */
export function run([first = "2000"]: string[]): number {
  const simulations = Number(first);
  if (!Number.isInteger(simulations) || simulations < 1) {
    console.error(`bench coverage: expected a number of simulations, found ${first}`);
    return 2;
  }
  console.log(`${simulations} simulations each`);
  for (const method of ["rogan-gladen", "ppi++"] as const) {
    for (const s of SCENARIOS) {
      const start = performance.now();
      const result = meanCoverage(method, s, { random: seededRandom(1), simulations, draws: 1000 });
      const what = `${method}, ${s.labels} labels, rate ${s.prevalence}, Se ${s.sensitivity}, Sp ${s.specificity}`;
      line(what, result, performance.now() - start);
    }
  }
  for (const labels of [60, 240, 480]) {
    const start = performance.now();
    const result = coefficientCoverage({
      sessions: 1800,
      labels,
      rates: [[0.2, 0.5, 0.4], [0.5, 0.8, 0.6]],
      judges: [{ sensitivity: 0.7, specificity: 0.9 }, { sensitivity: 0.95, specificity: 0.6 }],
    }, { random: seededRandom(2), simulations });
    line(`ppi++ coefficient, ${labels} labels, a judge that errs by level`, result, performance.now() - start);
  }
  return 0;
}
