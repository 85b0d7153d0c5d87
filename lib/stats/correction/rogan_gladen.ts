import type { Random } from "../resampling/random.ts";
import { checkCounts, checkJudged, type Confusion, confusionSize, type JudgedCount } from "./confusion.ts";
import { type Regime, roganGladenRegime } from "./regime.ts";
import { drawBinomial } from "../resampling/draw_binomial.ts";
import { percentileInterval } from "../resampling/percentile_interval.ts";
import { drawConfusion } from "./draw_confusion.ts";

/** A rate corrected for a judge's mistakes, with a 95% interval. */
export interface CorrectedRate extends Regime {
  /** Sessions, labelled and not, and the rate the judge gives them. */
  n: number;
  /** The rate the judge gives them. */
  judgedRate: number;
  /** Labelled sessions used for the error rates. */
  labels: number;
  /** Null where the correction is not defined (no label of one truth, or a judge no better than chance). */
  estimate: number | null;
  /** Lower end of the 95% interval. */
  lo: number | null;
  /** Upper end of the 95% interval. */
  hi: number | null;
}

/**
 * The rate that a judge of this sensitivity and specificity would report as `judgedRate`:
 * (judgedRate + specificity - 1) / (sensitivity + specificity - 1), kept within 0 and 1.
 * NaN where sensitivity + specificity is 1.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { roganGladenEstimate } from "agent-trace-lab/stats";
 * equal(roganGladenEstimate(0.6, 0.9, 0.7).toFixed(2), "0.50");
 * ```
 *
 * Source: Rogan and Gladen, American Journal of Epidemiology 107 (1978) 71-76.
 */
export function roganGladenEstimate(judgedRate: number, sensitivity: number, specificity: number): number {
  return Math.min(1, Math.max(0, unboundedRate(judgedRate, sensitivity, specificity)));
}

/** The same, not kept within 0 and 1: what is averaged, resampled or differentiated must not be cut first. */
export function unboundedRate(judgedRate: number, sensitivity: number, specificity: number): number {
  const youden = sensitivity + specificity - 1;
  return youden === 0 ? NaN : (judgedRate + specificity - 1) / youden;
}

/** Options of the joint bootstrap. */
export interface CorrectionOptions {
  /** Where chance comes from. */
  random: Random;
  /** Bootstrap resamples. */
  draws?: number;
}

/**
 * Corrects a judged success rate by the judge's measured error rates, with an interval that carries three
 * uncertainties at once: of the judged rate, of sensitivity, and of specificity. Labelled and unlabelled sessions are
 * resampled together; the judged rate is over both. Labels must be a random part of the sessions (or random within
 * each verdict they were drawn from the same population as).
 *
 * Resamples are not kept within 0 and 1, only the ends are, and within what the labels alone leave possible: a rate is
 * never below the labelled successes nor above all but the labelled failures. Where no possible rate is in the interval,
 * the judge cannot err here as it does on the labels: no interval is given, and `why` says so.
 *
 * `valid` says whether the interval can be relied on (see `REGIME`), `why` what is missing.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { roganGladen, seededRandom } from "agent-trace-lab/stats";
 * const labelled = { tp: 90, fp: 30, fn: 10, tn: 70 };
 * const { estimate, valid } = roganGladen(labelled, { n: 1000, k: 600 }, { random: seededRandom(1) });
 * ok(valid);
 * ok(Math.abs(estimate! - 0.5) < 0.01);
 * ```
 *
 * @param labelled sessions with both a verdict and a label.
 * @param unlabelled sessions with a verdict only; may be empty.
 * @throws {RangeError} where counts are negative or not whole, or there is no session at all.
 */
export function roganGladen(
  labelled: Confusion,
  unlabelled: JudgedCount,
  { random, draws = 2000 }: CorrectionOptions,
): CorrectedRate {
  checkCounts({ ...labelled }, "labelled sessions");
  checkJudged(unlabelled, "unlabelled sessions");
  const labels = confusionSize(labelled), n = labels + unlabelled.n;
  if (n === 0) throw new RangeError("no session to correct: both labelled and unlabelled are empty");
  const regime = roganGladenRegime(labelled);
  const estimate = correct(labelled, unlabelled.n, unlabelled.k);
  const judgedRate = (labelled.tp + labelled.fp + unlabelled.k) / n;
  if (!Number.isFinite(estimate)) return { n, judgedRate, labels, estimate: null, lo: null, hi: null, ...regime };
  const rates = new Float64Array(draws);
  const bounds = possibleRates(labelled, unlabelled.n);
  const p = unlabelled.n ? unlabelled.k / unlabelled.n : 0;
  let kept = 0;
  for (let b = 0; b < draws; b++) {
    const drawn = correct(drawConfusion(random, labelled), unlabelled.n, drawBinomial(random, unlabelled.n, p));
    if (Number.isFinite(drawn)) rates[kept++] = drawn;
  }
  const interval = kept ? percentileInterval(rates.subarray(0, kept)) : null;
  return { n, judgedRate, labels, ...bounded(estimate, interval, bounds, regime) };
}

/** The rates that the labels leave possible whatever the judge says of the rest. */
export function possibleRates(labelled: Confusion, unlabelled: number): { least: number; most: number } {
  const n = confusionSize(labelled) + unlabelled;
  return { least: (labelled.tp + labelled.fn) / n, most: 1 - (labelled.fp + labelled.tn) / n };
}

/** An estimate and its interval kept within what is possible; no interval, and the reason, where they do not meet. */
export function bounded(
  estimate: number,
  interval: { lo: number; hi: number } | null,
  { least, most }: { least: number; most: number },
  regime: Regime,
): { estimate: number; lo: number | null; hi: number | null } & Regime {
  const keep = (x: number) => Math.min(most, Math.max(least, x));
  if (interval === null) return { estimate: keep(estimate), lo: null, hi: null, ...regime };
  const { lo, hi } = interval;
  if (hi < least || lo > most) {
    const side = hi < least ? "below the least" : "above the most";
    const why = `the corrected rate (${percent(lo)} to ${percent(hi)}) lies ${side} that the labels leave possible ` +
      `(${percent(hi < least ? least : most)}): the judge does not err here as it does on the labels`;
    return { estimate: keep(estimate), lo: null, hi: null, valid: false, why };
  }
  return { estimate: keep(estimate), lo: keep(lo), hi: keep(hi), ...regime };
}

const percent = (rate: number) => `${(100 * rate).toFixed(1)}%`;

/** Rogan-Gladen from counts; NaN where an error rate is not defined or the judge does no better than chance. */
function correct({ tp, fp, fn, tn }: Confusion, n: number, k: number): number {
  const sensitivity = tp / (tp + fn), specificity = tn / (tn + fp);
  if (!(sensitivity + specificity > 1)) return NaN;
  return unboundedRate((tp + fp + k) / (tp + fp + fn + tn + n), sensitivity, specificity);
}
