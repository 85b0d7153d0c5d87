import {
  type Confusion,
  drawBinomial,
  type JudgedCount,
  ppiMean,
  ppiRegression,
  type PpiRow,
  type Random,
  roganGladen,
} from "../../lib/stats/mod.ts";

/** A judge of known error on sessions of known truth. */
export interface Scenario {
  sessions: number;
  /** How many of them are labelled, at random. */
  labels: number;
  prevalence: number;
  sensitivity: number;
  specificity: number;
}

/** How a method's 95% intervals did over repeated samples. */
export interface Coverage {
  simulations: number;
  /** Share of simulations in which the method said that its interval can be relied on. */
  claimed: number;
  /** Share of the intervals it claimed that held the truth; null where it claimed none. */
  covered: number | null;
  /** The same over all intervals it gave, claimed or not. */
  coveredOfAll: number | null;
  /** Mean width of the claimed intervals. */
  meanWidth: number | null;
}

/** One sample of a scenario. */
export function simulateLabels(scenario: Scenario, random: Random): { labelled: Confusion; unlabelled: JudgedCount } {
  const { sessions, labels, prevalence, sensitivity, specificity } = scenario;
  const split = (n: number): Confusion => {
    const solved = drawBinomial(random, n, prevalence);
    const tp = drawBinomial(random, solved, sensitivity), tn = drawBinomial(random, n - solved, specificity);
    return { tp, fn: solved - tp, tn, fp: n - solved - tn };
  };
  const rest = split(sessions - labels);
  return { labelled: split(labels), unlabelled: { n: sessions - labels, k: rest.tp + rest.fp } };
}

/** Coverage of a corrected mean over repeated samples of a scenario. */
export function meanCoverage(
  method: "rogan-gladen" | "ppi++",
  scenario: Scenario,
  { random, simulations = 1000, draws = 400 }: { random: Random; simulations?: number; draws?: number },
): Coverage {
  return coverage(simulations, () => {
    const { labelled, unlabelled } = simulateLabels(scenario, random);
    const found = method === "ppi++"
      ? ppiMean(labelled, unlabelled)
      : roganGladen(labelled, unlabelled, { random, draws });
    return { ...found, truth: scenario.prevalence };
  });
}

/** A regression to simulate: two factors, and a judge that errs by the first one's level. */
export interface RegressionScenario {
  sessions: number;
  labels: number;
  /** True success by level of the first factor (rows) and of the second. */
  rates: readonly (readonly number[])[];
  /** The judge on each level of the first factor. */
  judges: readonly { sensitivity: number; specificity: number }[];
}

/** Coverage of a PPI++ coefficient: the second level of the first factor against its first level. */
export function coefficientCoverage(
  scenario: RegressionScenario,
  { random, simulations = 1000 }: { random: Random; simulations?: number },
): Coverage {
  const { rates, judges } = scenario, first = rates.length, second = rates[0]?.length ?? 0;
  const names = ["Intercept"];
  for (let i = 1; i < first; i++) names.push(`first=${i}`);
  for (let j = 1; j < second; j++) names.push(`second=${j}`);
  const x = (a: number, b: number) =>
    names.map((name) => Number(["Intercept", `first=${a}`, `second=${b}`].includes(name)));
  // Cells of equal size make the population coefficient the difference of the rows' means.
  const mean = (row: readonly number[] = []) => row.reduce((s, v) => s + v, 0) / row.length;
  const truth = mean(rates[1]) - mean(rates[0]);
  return coverage(simulations, () => {
    const rows: PpiRow[] = [];
    for (let a = 0; a < first; a++) {
      for (let b = 0; b < second; b++) {
        const judge = judges[a] ?? { sensitivity: 1, specificity: 1 };
        const size = (n: number) => Math.round(n / (first * second));
        const cell = { sessions: size(scenario.sessions), labels: size(scenario.labels) };
        const { labelled: l, unlabelled: u } = simulateLabels(
          { ...cell, ...judge, prevalence: rates[a]?.[b] ?? 0 },
          random,
        );
        const add = (f: 0 | 1, y: 0 | 1 | null, n: number) => n && rows.push({ x: x(a, b), f, y, n });
        add(1, 1, l.tp);
        add(1, 0, l.fp);
        add(0, 1, l.fn);
        add(0, 0, l.tn);
        add(1, null, u.k);
        add(0, null, u.n - u.k);
      }
    }
    const { terms, valid } = ppiRegression(rows, names);
    const term = terms.find((t) => t.name === "first=1");
    return { lo: term?.lo ?? null, hi: term?.hi ?? null, valid, truth };
  });
}

interface Trial {
  lo: number | null;
  hi: number | null;
  valid: boolean;
  truth: number;
}

function coverage(simulations: number, trial: () => Trial): Coverage {
  let claimed = 0, covered = 0, given = 0, coveredOfAll = 0, width = 0;
  for (let i = 0; i < simulations; i++) {
    const { lo, hi, valid, truth } = trial();
    if (lo === null || hi === null) continue;
    const hit = Number(lo <= truth && truth <= hi);
    given++;
    coveredOfAll += hit;
    if (!valid) continue;
    claimed++;
    covered += hit;
    width += hi - lo;
  }
  return {
    simulations,
    claimed: claimed / simulations,
    covered: claimed ? covered / claimed : null,
    coveredOfAll: given ? coveredOfAll / given : null,
    meanWidth: claimed ? width / claimed : null,
  };
}
