/** A judge who errs, labels on some of its sessions, and sequences looked at every night. @module */
import {
  clusteredCorrection,
  type Confusion,
  correctStrata,
  differenceSequence,
  drawBinomial,
  type LabelCluster,
  manskiBounds,
  meanSequence,
  ppiMean,
  ppiStratified,
  type Random,
  rateSequence,
  roganGladen,
  type Stratum,
  wilson,
} from "../../lib/stats/mod.ts";
import { gaussHermite } from "../../lib/stats/distributions/gauss_hermite.ts";
import { standardNormal } from "../../lib/stats/resampling/normal_draws.ts";
import { logistic } from "./cells_world.ts";
import type { Trial, World } from "./trial.ts";

interface JudgeWorld {
  runSd: number;
  /** Sensitivity and specificity on each of three harnesses. */
  errors: [number, number][];
  labels: "single sessions" | "whole runs";
}

const ALIKE: [number, number][] = [[0.9, 0.8], [0.9, 0.8], [0.9, 0.8]];
const APART: [number, number][] = [[0.95, 0.9], [0.85, 0.7], [0.75, 0.85]];
const CENTRES = [0.6, 0, -0.5];
const RUNS = 60, SESSIONS = 12, LABELLED = 0.25;
const QUADRATURE = gaussHermite(30);
const NONE: Confusion = { tp: 0, fp: 0, fn: 0, tn: 0 };

/** One world a judge, a spread of runs and a way of labelling. */
export const judgeWorlds: World[] = [0, 1].flatMap((runSd) =>
  (["single sessions", "whole runs"] as const).flatMap((labels) =>
    [ALIKE, APART].map((errors): World => {
      const world = { runSd, errors, labels };
      const judge = errors === ALIKE ? "errs alike" : "errs by harness";
      const spread = runSd === 0 ? "independent sessions" : `run sd ${runSd}`;
      return {
        name: `judge ${judge}, ${spread}, ${labels} labelled`,
        share: 0.3,
        sample: (random) => trials(world, random),
      };
    })
  )
);

function trials(world: JudgeWorld, random: Random): Trial[] {
  const runs = CENTRES.flatMap((centre, h) =>
    Array.from({ length: RUNS }, (_, r) => drawRun(world, centre, h, r, random))
  );
  const strata = ["h0", "h1", "h2"].map((stratum): Stratum => {
    const own = runs.filter((r) => r.stratum === stratum);
    return { stratum, labelled: add(own.map((r) => r.labelled)), unlabelled: sum(own) };
  });
  const labelled = add(strata.map((s) => s.labelled)), unlabelled = sum(strata);
  const truth = CENTRES.reduce(
    (all, centre) =>
      all + QUADRATURE.reduce((mean, { node, weight }) => mean + weight * logistic(centre + world.runSd * node), 0) / 3,
    0,
  );
  const n = unlabelled.n + labelled.tp + labelled.fp + labelled.fn + labelled.tn;
  const judged = wilson(labelled.tp + labelled.fp + unlabelled.k, n);
  const about = "new runs of these harnesses";
  const claimed = <T extends { lo: number | null; hi: number | null; valid: boolean; estimate: number | null }>(
    found: T,
  ) =>
    found.valid
      ? { estimate: found.estimate, lo: found.lo, hi: found.hi }
      : { estimate: found.estimate, lo: null, hi: null };
  return [
    { interval: "judged rate, Wilson, as if it were the truth", about, ...judged, truth },
    {
      interval: "Rogan-Gladen, pooled",
      about,
      ...claimed(roganGladen(labelled, unlabelled, { random, draws: 400 })),
      truth,
    },
    {
      interval: "Rogan-Gladen by stratum",
      about,
      ...claimed(correctStrata(strata, { random, draws: 200 }).total),
      truth,
    },
    {
      interval: "Rogan-Gladen by stratum, clustered by run",
      about,
      ...claimed(clusteredCorrection(runs, "rogan-gladen").total),
      truth,
    },
    { interval: "PPI++", about, ...claimed(ppiMean(labelled, unlabelled)), truth },
    { interval: "PPI++ by stratum", about, ...claimed(ppiStratified(strata)), truth },
    {
      interval: "PPI++ by stratum, clustered by run",
      about,
      ...claimed(clusteredCorrection(runs, "ppi++").total),
      truth,
    },
    {
      interval: "Manski's bounds",
      about: "these and like sessions",
      estimate: null,
      ...bounds(labelled, unlabelled),
      truth,
    },
  ];
}

function bounds(labelled: Confusion, unlabelled: { n: number; k: number }) {
  const { lo, hi } = manskiBounds(labelled, unlabelled);
  return { lo, hi };
}

function drawRun(
  { runSd, errors, labels }: JudgeWorld,
  centre: number,
  h: number,
  r: number,
  random: Random,
): LabelCluster {
  const rate = logistic(centre + runSd * standardNormal(random)), [se, sp] = errors[h]!;
  const all = labels === "whole runs" && random() < LABELLED;
  const labelled = { ...NONE }, unlabelled = { n: 0, k: 0 };
  for (let i = 0; i < SESSIONS; i++) {
    const solved = random() < rate, judged = random() < (solved ? se : 1 - sp);
    if (all || (labels === "single sessions" && random() < LABELLED)) {
      labelled[judged ? solved ? "tp" : "fp" : solved ? "fn" : "tn"]++;
    } else {
      unlabelled.n++;
      if (judged) unlabelled.k++;
    }
  }
  return { stratum: `h${h}`, cluster: `h${h} r${r}`, labelled, unlabelled };
}

function add(tables: readonly Confusion[]): Confusion {
  return tables.reduce((a, b) => ({ tp: a.tp + b.tp, fp: a.fp + b.fp, fn: a.fn + b.fn, tn: a.tn + b.tn }), NONE);
}

function sum(parts: readonly { unlabelled: { n: number; k: number } }[]) {
  return parts.reduce((a, { unlabelled: u }) => ({ n: a.n + u.n, k: a.k + u.k }), { n: 0, k: 0 });
}

const NIGHTS = 40;

/** An interval at each of forty looks: held if every one of them holds. */
export const sequenceWorlds: World[] = [0, 1].map((nightSd) => ({
  name: nightSd === 0 ? "40 nights of 15 sessions" : "40 nights of 15 sessions, night sd 1",
  share: 0.3,
  sample: (random: Random): Trial[] => {
    const rates = [0.4, 0].map((centre) => ({
      centre,
      nights: Array.from(
        { length: NIGHTS },
        () => drawBinomial(random, 15, logistic(centre + nightSd * standardNormal(random))),
      ),
    }));
    const [first, second] = rates.map(({ nights }) => nights) as [number[], number[]];
    const expected = (centre: number) =>
      QUADRATURE.reduce((m, { node, weight }) => m + weight * logistic(centre + nightSd * node), 0);
    const truth = expected(0.4), difference = truth - expected(0);
    const looks = rateSequence(first.map((k) => ({ n: 15, k })));
    const pairs = first.map((k, i) => ({ n1: 15, k1: k, n2: 15, k2: second[i]! }));
    const about = "every look of 40";
    const naive = looks.map(({ n, k }) => wilson(k, n));
    return [
      { interval: "rate, Wilson", about, ...everyLook(naive), truth },
      { interval: "rate, betting on sessions", about, ...everyLook(looks), truth },
      { interval: "rate, betting on nights", about, ...everyLook(meanSequence(first.map((k) => k / 15))), truth },
      {
        interval: "difference, betting on sessions",
        about,
        ...everyLook(differenceSequence(pairs)),
        truth: difference,
      },
      {
        interval: "difference, betting on nights",
        about,
        ...everyLook(meanSequence(first.map((k, i) => (k - second[i]!) / 15), { least: -1, most: 1 })),
        truth: difference,
      },
    ];
  },
}));

/** All looks hold the truth where the largest lower and the smallest upper end do; the width is the last one's. */
function everyLook(looks: readonly { estimate: number | null; lo: number; hi: number }[]) {
  const last = looks.at(-1)!;
  return {
    estimate: last.estimate,
    lo: Math.max(...looks.map((l) => l.lo)),
    hi: Math.min(...looks.map((l) => l.hi)),
    width: last.hi - last.lo,
  };
}
