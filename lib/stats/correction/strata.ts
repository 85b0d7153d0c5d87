import {
  addConfusions,
  checkCounts,
  checkJudged,
  type Confusion,
  confusionSize,
  type ErrorRates,
  errorRates,
  type JudgedCount,
} from "./confusion.ts";
import { ppiEstimate, ppiMean } from "./ppi_mean.ts";
import { type Regime, roganGladenRegime } from "./regime.ts";
import { drawBinomial } from "../resampling/draw_binomial.ts";
import { percentileInterval } from "../resampling/percentile_interval.ts";
import { drawConfusion } from "./draw_confusion.ts";
import { bounded, type CorrectedRate, type CorrectionOptions, possibleRates, unboundedRate } from "./rogan_gladen.ts";

const Z = 1.959963984540054;

/** A group of sessions (a cell, a harness, a judge): those with a label by verdict and truth, and those without. */
export interface Stratum {
  /** Its name. */
  stratum: string;
  /** Sessions with a label, by verdict and truth. */
  labelled: Confusion;
  /** Its other judged sessions. */
  unlabelled: JudgedCount;
}

/** A stratum's corrected rate, and whose error rates corrected it. */
export interface CorrectedStratum extends CorrectedRate {
  /** Its name. */
  stratum: string;
  /** `pooled` where the stratum's own labels were too few: it is then assumed that the judge errs there as elsewhere. */
  errorsFrom: "own" | "pooled";
  /** Sensitivity that corrected it. */
  sensitivity: number | null;
  /** Specificity that corrected it. */
  specificity: number | null;
}

/** All strata corrected, and their total. */
export interface CorrectedStrata {
  /** In the order given. */
  strata: CorrectedStratum[];
  /** The rate over all sessions of all strata. */
  total: CorrectedRate;
  /** Strata that had to borrow error rates. */
  pooled: string[];
}

/**
 * Rogan-Gladen in strata. A stratum with labels enough (`roganGladenRegime`) is corrected by its own sensitivity and
 * specificity, any other by those of all labelled sessions together, and says so. One joint bootstrap resamples
 * everything, so strata that share error rates move together and the total's interval carries that.
 *
 * `onDraw` sees the strata's estimates of each resample, not kept within 0 and 1, for intervals of anything that is a
 * function of them.
 *
 * Estimates are null where not even the pooled error rates are defined; `valid` follows the labels that were used.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { correctStrata, seededRandom } from "agent-trace-lab/stats";
 * const strata = ["a", "b"].map((stratum) => ({
 *   stratum,
 *   labelled: { tp: 45, fp: 15, fn: 5, tn: 35 },
 *   unlabelled: { n: 500, k: 300 },
 * }));
 * const { total } = correctStrata(strata, { random: seededRandom(1), draws: 200 });
 * ok(Math.abs(total.estimate! - 0.5) < 0.01);
 * ```
 */
export function correctStrata(
  strata: readonly Stratum[],
  options: CorrectionOptions & { onDraw?: (estimates: readonly (number | null)[]) => void },
): CorrectedStrata {
  for (const s of strata) {
    checkCounts({ ...s.labelled }, `labelled sessions of ${s.stratum}`);
    checkJudged(s.unlabelled, `unlabelled sessions of ${s.stratum}`);
  }
  const all = addConfusions(strata.map((s) => s.labelled));
  const pooledRegime = roganGladenRegime(all);
  const own = strata.map((s) => roganGladenRegime(s.labelled).valid);
  const rates = (tables: readonly Confusion[]): (number | null)[] => {
    const pooled = errorRates(addConfusions(tables));
    return strata.map((s, i) => {
      const table = tables[i];
      return table ? correct(table, s.unlabelled, own[i] ? errorRates(table) : pooled) : null;
    });
  };
  const sizes = strata.map((s) => confusionSize(s.labelled) + s.unlabelled.n);
  const everything = sizes.reduce((a, b) => a + b, 0);
  const mean = (values: readonly (number | null)[]): number | null =>
    values.some((v, i) => v === null && sizes[i])
      ? null
      : values.reduce<number>((sum, v, i) => sum + (v ?? 0) * (sizes[i] ?? 0), 0) / everything;

  const draws = options.draws ?? 2000;
  const samples: number[][] = strata.map(() => []), totals: number[] = [];
  for (let b = 0; b < draws; b++) {
    const tables = strata.map((s) => drawConfusion(options.random, s.labelled));
    const judged = strata.map(({ unlabelled: { n, k } }) => ({
      n,
      k: drawBinomial(options.random, n, n ? k / n : 0),
    }));
    const pooled = errorRates(addConfusions(tables));
    const drawn = tables.map((t, i) => correct(t, judged[i] ?? { n: 0, k: 0 }, own[i] ? errorRates(t) : pooled));
    drawn.forEach((value, i) => value !== null && samples[i]?.push(value));
    options.onDraw?.(drawn);
    const total = mean(drawn);
    if (total !== null) totals.push(total);
  }
  const estimates = rates(strata.map((s) => s.labelled));
  const rows = strata.map((s, i): CorrectedStratum => {
    const used = own[i] ? s.labelled : all;
    const regime = own[i] ? { valid: true, why: null } : pooledRegime.valid
      ? {
        valid: true,
        why: "error rates of all labelled sessions: it is assumed that the judge errs here as elsewhere",
      }
      : pooledRegime;
    return {
      stratum: s.stratum,
      n: sizes[i] ?? 0,
      judgedRate: (s.labelled.tp + s.labelled.fp + s.unlabelled.k) / (sizes[i] || NaN),
      labels: confusionSize(s.labelled),
      ...withInterval(estimates[i] ?? null, samples[i] ?? [], possibleRates(s.labelled, s.unlabelled.n), regime),
      errorsFrom: own[i] ? "own" : "pooled",
      ...errorRates(used),
    };
  });
  const total = mean(estimates);
  const judgedSolved = strata.reduce((sum, s) => sum + s.labelled.tp + s.labelled.fp + s.unlabelled.k, 0);
  return {
    strata: rows,
    total: {
      n: everything,
      judgedRate: judgedSolved / everything,
      labels: confusionSize(all),
      ...withInterval(total, totals, possibleRates(all, everything - confusionSize(all)), pooledRegime),
    },
    pooled: strata.filter((_, i) => !own[i]).map((s) => s.stratum),
  };
}

/**
 * The rate over all strata by PPI++ within each stratum, weighted by sessions: right also where strata were labelled
 * at different rates (Neyman allocation). A stratum without two labels makes the estimate null and is named.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { ppiStratified } from "agent-trace-lab/stats";
 * const stratum = { stratum: "a", labelled: { tp: 45, fp: 15, fn: 5, tn: 35 }, unlabelled: { n: 500, k: 300 } };
 * const { estimate } = ppiStratified([stratum, { ...stratum, stratum: "b" }]);
 * ok(Math.abs(estimate! - 0.5) < 0.02);
 * ```
 */
export function ppiStratified(strata: readonly Stratum[]): CorrectedRate & { stdError: number | null } {
  const parts = strata.map((s) => ({ name: s.stratum, ...ppiMean(s.labelled, s.unlabelled) }));
  const n = parts.reduce((sum, s) => sum + s.n, 0), labels = parts.reduce((sum, s) => sum + s.labels, 0);
  const judgedRate = parts.reduce((sum, s) => sum + s.judgedRate * s.n, 0) / n;
  const missing = parts.filter((s) => s.estimate === null).map((s) => s.name);
  if (missing.length) {
    const why = `fewer than two labels in ${missing.join(", ")}`;
    return { n, judgedRate, labels, estimate: null, lo: null, hi: null, stdError: null, valid: false, why };
  }
  const own = strata.map((s) => ppiEstimate(s.labelled, s.unlabelled));
  const estimate = own.reduce((sum, s, i) => sum + s.estimate * parts[i]!.n, 0) / n;
  const stdError = Math.sqrt(own.reduce((sum, s, i) => sum + (s.stdError * parts[i]!.n / n) ** 2, 0));
  const thin = parts.filter((s) => s.labels < 10).map((s) => s.name);
  const why = thin.length ? `fewer than ten labels in ${thin.join(", ")}` : null;
  const possible = possibleRates(addConfusions(strata.map((s) => s.labelled)), n - labels);
  const interval = { lo: estimate - Z * stdError, hi: estimate + Z * stdError };
  return { n, judgedRate, labels, stdError, ...bounded(estimate, interval, possible, { valid: !why, why }) };
}

function correct(labelled: Confusion, { n, k }: JudgedCount, { sensitivity, specificity }: ErrorRates): number | null {
  const total = confusionSize(labelled) + n;
  if (!total || sensitivity === null || specificity === null || !(sensitivity + specificity > 1)) return null;
  return unboundedRate((labelled.tp + labelled.fp + k) / total, sensitivity, specificity);
}

function withInterval(
  estimate: number | null,
  draws: number[],
  possible: { least: number; most: number },
  regime: Regime,
): { estimate: number | null; lo: number | null; hi: number | null } & Regime {
  if (estimate === null) return { estimate, lo: null, hi: null, ...regime };
  return bounded(estimate, draws.length ? percentileInterval(Float64Array.from(draws)) : null, possible, regime);
}
