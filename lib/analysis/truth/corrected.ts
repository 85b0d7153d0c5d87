import type { ExplainedRow } from "./what_explains.ts";
import type { Session } from "../../model/mod.ts";
import {
  addConfusions,
  type Allocation,
  type ClusteredCorrection,
  clusteredCorrection,
  confusionSize,
  type CorrectedStrata,
  type CorrectionOptions,
  correctStrata,
  errorRates,
  incrementalShareFunction,
  type LabelCluster,
  neymanAllocation,
  percentileInterval,
  type PpiMean,
  ppiMean,
  type PpiRegression,
  ppiRegression,
  type PpiRow,
  type Random,
  randomIndex,
  residualSd,
  roganGladenEstimate,
  type Stratum,
} from "../../stats/mod.ts";
import { cellsOf } from "../counts/cells.ts";
import { type Dimension, groupBy, nameOf } from "../counts/tally.ts";
import { FACTORS } from "../explain/factors.ts";
import { type FitOptions, mostFrequent } from "../explain/reference.ts";
import { shareOf } from "../explain/share.ts";
import { gradeBesideJudge, judgedSessions } from "../judged/judge_verdicts.ts";
import { confusionOf } from "./agreement.ts";

/** Success corrected for the judge's mistakes; null where no session has an official grade. */
export interface CorrectedRates {
  /** What the rows are by. */
  by: string;
  /** Corrected by the error rates of the labelled. */
  roganGladen: CorrectedStrata;
  /** Corrected by prediction-powered inference. */
  ppi: (PpiMean & { stratum: string })[];
  /** By prediction-powered inference with sessions of a run alike: verdicts, grades and being graded go together within it. */
  byRun: ClusteredCorrection[];
}

/** Judged sessions in strata of a dimension, those with a grade of another origin by verdict and grade. */
export function labelStrata(sessions: readonly Session[], of: (session: Session) => string): Stratum[] {
  return [...groupBy(judgedSessions(sessions), of)].map(([stratum, rows]) => {
    const unlabelled = rows.filter((s) => gradeBesideJudge(s) === null);
    const labelled = confusionOf(rows.filter((s) => gradeBesideJudge(s) !== null));
    const k = unlabelled.filter((s) => s.success === 1).length;
    return { stratum, labelled, unlabelled: { n: unlabelled.length, k } };
  }).sort((a, b) => a.stratum < b.stratum ? -1 : 1);
}

/** Rates by a dimension, corrected by Rogan-Gladen (in strata, pooled where labels are few), by PPI++, and by that with runs. */
export function correctedRates(
  sessions: readonly Session[],
  by: Dimension,
  options: CorrectionOptions,
): CorrectedRates | null {
  const strata = labelStrata(sessions, (s) => nameOf(s, by));
  if (!strata.some((s) => confusionSize(s.labelled))) return null;
  return {
    by,
    roganGladen: correctStrata(strata, options),
    ppi: strata.map((s) => ({ stratum: s.stratum, ...ppiMean(s.labelled, s.unlabelled) })),
    byRun: clusteredCorrection(clustersOf(sessions, by), "ppi++").strata,
  };
}

/** Each level's runs, as {@link labelStrata} counts them. */
function clustersOf(sessions: readonly Session[], by: Dimension): LabelCluster[] {
  return [...groupBy(judgedSessions(sessions), (s) => nameOf(s, by))].flatMap(([stratum, own]) =>
    labelStrata(own, (s) => s.run).map(({ stratum: cluster, labelled, unlabelled }) => ({
      stratum,
      cluster,
      labelled,
      unlabelled,
    }))
  );
}

/**
 * The regression of success on benchmark, model and harness, corrected for the judge's mistakes by PPI++. Null where no
 * session has a grade.
 *
 * @param options the level of each factor to compare with; its most frequent one unless given, or where that is not there
 * @throws {RangeError} where too few sessions are labelled, or levels cannot be told apart
 */
export function correctedCoefficients(
  sessions: readonly Session[],
  { reference = {} }: FitOptions = {},
): PpiRegression | null {
  const scored = judgedSessions(sessions);
  if (!scored.some((s) => gradeBesideJudge(s) !== null)) return null;
  const cells = cellsOf(scored);
  const columns = FACTORS.flatMap((factor) => {
    const levels = [...new Set(scored.map((s) => s[factor]))].sort();
    const asked = reference[factor];
    const base = asked !== undefined && levels.includes(asked) ? asked : mostFrequent(cells, factor);
    return levels.filter((level) => level !== base).map((level) => ({ factor, level }));
  });
  const groups = groupBy(
    scored,
    (s) => JSON.stringify([s.benchmark, s.model, s.harness, s.success, gradeBesideJudge(s)]),
  );
  const rows = [...groups.values()].flatMap((group): PpiRow[] => {
    const [first] = group;
    if (!first || first.success === null) return [];
    const x = [1, ...columns.map(({ factor, level }) => first[factor] === level ? 1 : 0)];
    return [{ x, f: first.success, y: gradeBesideJudge(first), n: group.length }];
  });
  return ppiRegression(rows, ["Intercept", ...columns.map(({ factor, level }) => `${factor}=${level}`)]);
}

/**
 * Shares of R2 from cell rates corrected by Rogan-Gladen (own error rates where a cell has labels enough, else those of
 * all labels), with intervals over its joint bootstrap. Null where no session has a grade or a cell cannot be corrected.
 */
export function correctedShares(sessions: readonly Session[], options: CorrectionOptions): ExplainedRow | null {
  const strata = labelStrata(sessions, (s) => JSON.stringify([s.benchmark, s.model, s.harness]));
  const labels = strata.reduce((sum, s) => sum + confusionSize(s.labelled), 0);
  if (!labels) return null;
  const rows = strata.map(({ stratum, labelled, unlabelled }) => {
    const [benchmark = "", model = "", harness = ""] = JSON.parse(stratum) as string[];
    return { levels: { benchmark, model, harness }, n: confusionSize(labelled) + unlabelled.n, k: 0 };
  });
  const sharesOf = incrementalShareFunction(rows, ["benchmark", "model", "harness"]);
  const at = (rates: readonly (number | null)[]) =>
    rates.every((r) => r !== null) ? sharesOf(rates.map((r, i) => (r ?? 0) * (rows[i]?.n ?? 0))) : null;
  const draws: number[][] = [];
  const onDraw = (rates: readonly (number | null)[]) => {
    const shares = at(rates);
    if (shares) draws.push(shares);
  };
  const { strata: corrected } = correctStrata(strata, { ...options, onDraw });
  const shares = at(corrected.map((s) => s.estimate));
  if (!shares || !draws.length) return null;
  const interval = (j: number) => ({
    share: shareOf(shares[j] ?? NaN),
    without_chance: null,
    ...percentileInterval(Float64Array.from(draws, (d) => d[j] ?? NaN)),
  });
  const n = rows.reduce((sum, r) => sum + r.n, 0);
  return {
    verdicts: "corrected",
    n,
    cells: rows.length,
    benchmark: interval(0),
    model: interval(1),
    harness: interval(2),
  };
}

/** Where to buy the next labels, and which sessions to label there. */
export interface LabelPlan {
  /** One row a stratum. */
  strata: Allocation[];
  /** Ids to label next, drawn at random within each stratum. */
  sessions: string[];
}

/**
 * Divides a budget of labels over benchmark x config strata by Neyman allocation. A stratum's spread comes from its
 * judged rate and the error rates of its own labels (twenty or more), else those of all labels, else none are assumed
 * (the labels alone). No stratum is left with fewer than two labels; where the budget does not reach, strata are merged.
 */
export function labelPlan(
  sessions: readonly Session[],
  budget: number,
  random: Random,
  by: readonly Dimension[] = LABEL_STRATA,
): LabelPlan {
  const nameOfStratum = stratumName(by);
  const strata = labelStrata(sessions, nameOfStratum);
  const all = errorRates(addConfusions(strata.map((s) => s.labelled)));
  const allocation = neymanAllocation(
    strata.map(({ stratum, labelled, unlabelled }) => {
      const labels = confusionSize(labelled), n = labels + unlabelled.n;
      const own = labels >= 20 ? errorRates(labelled) : all;
      const judged = (labelled.tp + labelled.fp + unlabelled.k) / n;
      return { stratum, sessions: n, labelled: labels, sd: spread(judged, own.sensitivity, own.specificity) };
    }),
    budget,
  );
  const waiting = groupBy(judgedSessions(sessions).filter((s) => gradeBesideJudge(s) === null), nameOfStratum);
  const picked = allocation.flatMap(({ of, buy }) => draw(of.flatMap((name) => waiting.get(name) ?? []), buy, random));
  return { strata: allocation, sessions: picked.map((s) => s.sessionId) };
}

/** What strata of labels are by, unless told. */
export const LABEL_STRATA: readonly Dimension[] = ["benchmark", "harness", "model"];

/** The stratum of a session, by the names of these dimensions. */
export function stratumName(by: readonly Dimension[]): (session: Session) => string {
  return (session) => by.map((dimension) => nameOf(session, dimension)).join(" · ");
}

function spread(judged: number, sensitivity: number | null, specificity: number | null): number {
  // A stratum judged all alike still has mistakes to find.
  const rate = Math.min(0.98, Math.max(0.02, judged));
  if (sensitivity === null || specificity === null || sensitivity + specificity <= 1) {
    return Math.sqrt(rate * (1 - rate));
  }
  const prevalence = Math.min(0.98, Math.max(0.02, roganGladenEstimate(rate, sensitivity, specificity)));
  return residualSd({ prevalence, sensitivity, specificity });
}

/** `count` of the rows without repetition, by a partial shuffle. */
function draw<T>(rows: readonly T[], count: number, random: Random): T[] {
  const pool = [...rows];
  for (let i = 0; i < Math.min(count, pool.length); i++) {
    const j = i + randomIndex(random, pool.length - i);
    [pool[i], pool[j]] = [pool[j] as T, pool[i] as T];
  }
  return pool.slice(0, count);
}
