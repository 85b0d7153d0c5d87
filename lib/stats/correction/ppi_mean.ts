import { checkCounts, checkJudged, type Confusion, confusionSize, type JudgedCount } from "./confusion.ts";
import { ppiMeanRegime } from "./regime.ts";
import { bounded, type CorrectedRate, possibleRates } from "./rogan_gladen.ts";

const Z = 1.959963984540054;

/** A {@link CorrectedRate} of prediction-powered inference, with its standard error and power-tuning weight. */
export interface PpiMean extends CorrectedRate {
  /** Null without two labels. */
  stdError: number | null;
  /** How much the verdicts are trusted: 0 uses the labels alone, 1 is untuned prediction-powered inference. */
  lambda: number | null;
}

/** Moments of label Y and verdict F over the labelled sessions (denominator n - 1). */
function moments({ tp, fp, fn, tn }: Confusion) {
  const n = tp + fp + fn + tn;
  const y = (tp + fn) / n, f = (tp + fp) / n, df = n > 1 ? n / (n - 1) : NaN;
  return { n, y, f, varY: y * (1 - y) * df, varF: f * (1 - f) * df, cov: (tp / n - y * f) * df };
}

/**
 * Power-tuned prediction-powered inference (PPI++) of a success rate: the mean of the labels, shifted by how the
 * verdicts of the unlabelled sessions differ from those of the labelled ones,
 *
 *     estimate = mean(Y) + lambda (mean(F unlabelled) - mean(F labelled))
 *     variance = Var(Y - lambda F) / n + lambda^2 Var(F) / N
 *     lambda   = Cov(Y, F) / ((1 + n / N) Var(F)), kept within 0 and 1
 *
 * with n labelled and N unlabelled sessions. It needs no model of how the judge errs and is never much worse than the
 * labels alone. Labels must be a random part of the sessions. The interval is normal, 95%, kept within what
 * the labels leave possible.
 *
 * Estimate and interval are null without two labels; `valid` and `why` say when the interval can be relied on.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { ppiMean } from "agent-trace-lab/stats";
 * const { estimate, lo, hi } = ppiMean({ tp: 50, fp: 20, fn: 5, tn: 45 }, { n: 1000, k: 600 });
 * ok(lo! < estimate! && estimate! < hi!);
 * ok(estimate! < 0.6); // the judge says solved too often
 * ```
 *
 * Source: Angelopoulos, Duchi and Zrnic, PPI++: Efficient Prediction-Powered Inference, arXiv:2311.01453 (2023).
 *
 * @throws {RangeError} where counts are negative or not whole, or there is no session at all.
 */
export function ppiMean(labelled: Confusion, unlabelled: JudgedCount): PpiMean {
  checkCounts({ ...labelled }, "labelled sessions");
  checkJudged(unlabelled, "unlabelled sessions");
  const labels = confusionSize(labelled), total = labels + unlabelled.n;
  if (total === 0) throw new RangeError("no session to correct: both labelled and unlabelled are empty");
  const judgedRate = (labelled.tp + labelled.fp + unlabelled.k) / total;
  const regime = ppiMeanRegime(labelled);
  if (labels < 2) {
    const none = { estimate: null, lo: null, hi: null, stdError: null, lambda: null };
    return { n: total, judgedRate, labels, ...none, ...regime };
  }
  const { estimate, stdError, lambda } = ppiEstimate(labelled, unlabelled);
  return {
    n: total,
    judgedRate,
    labels,
    stdError,
    lambda,
    ...bounded(
      estimate,
      { lo: estimate - Z * stdError, hi: estimate + Z * stdError },
      possibleRates(labelled, unlabelled.n),
      regime,
    ),
  };
}

/** Estimate, standard error and weight, not kept within 0 and 1; of two labels at least. */
export function ppiEstimate(
  labelled: Confusion,
  unlabelled: JudgedCount,
): { estimate: number; stdError: number; lambda: number } {
  const { n, y, f, varY, varF, cov } = moments(labelled);
  const N = unlabelled.n, fN = N ? unlabelled.k / N : 0;
  // The verdicts' variance from every session: it does not need labels.
  const judgedRate = (labelled.tp + labelled.fp + unlabelled.k) / (n + N), varAll = judgedRate * (1 - judgedRate);
  const lambda = N && varF > 0 ? Math.min(1, Math.max(0, cov / ((1 + n / N) * varF))) : 0;
  const residual = Math.max(0, varY - 2 * lambda * cov + lambda * lambda * varF);
  return {
    estimate: N ? y + lambda * (fN - f) : y,
    stdError: Math.sqrt(residual / n + (N ? lambda * lambda * varAll / N : 0)),
    lambda,
  };
}
