import { type Confusion, confusionSize, errorRates } from "./confusion.ts";
import { plural } from "../../model/plural.ts";

/** Whether a method's interval can be relied on with these labels, and if not, why, in a sentence. */
export interface Regime {
  /** Whether the interval can be relied on. */
  valid: boolean;
  /** What is missing; null where nothing is. */
  why: string | null;
}

/** Where the methods claim their intervals; `bench/coverage.ts` simulates inside and outside these limits. */
export const REGIME = {
  /** Rogan-Gladen: labelled sessions of each truth. */
  labelsPerTruth: 20,
  /** Rogan-Gladen: sensitivity + specificity - 1 must exceed zero by this many standard errors. */
  youdenStdErrors: 4,
  /** Rogan-Gladen and PPI++ means: labelled sessions of the judge's mistakes taken together. */
  mistakes: 5,
  /** PPI++ means: labelled sessions. */
  meanLabels: 50,
  /** PPI++ regression: labelled sessions a coefficient. */
  labelsPerCoefficient: 20,
  /** PPI++ regression: labelled sessions in each level of each factor. */
  labelsPerLevel: 30,
} as const;

const fine: Regime = { valid: true, why: null };
const not = (why: string): Regime => ({ valid: false, why });

/**
 * When Rogan-Gladen's interval holds: labels of both truths, a few mistakes to learn from, and a judge that is
 * distinguishably better than chance (the estimate divides by sensitivity + specificity - 1).
 */
export function roganGladenRegime(c: Confusion): Regime {
  const solved = c.tp + c.fn, unsolved = c.tn + c.fp;
  if (Math.min(solved, unsolved) < REGIME.labelsPerTruth) {
    return not(
      `${solved} solved and ${unsolved} unsolved labelled sessions; at least ${REGIME.labelsPerTruth} of each are needed`,
    );
  }
  if (c.fp + c.fn < REGIME.mistakes) {
    return not(
      `${plural(c.fp + c.fn, "mistake")} among ${
        plural(confusionSize(c), "label")
      }; at least ${REGIME.mistakes} are needed`,
    );
  }
  const { sensitivity, specificity } = errorRates(c) as { sensitivity: number; specificity: number };
  const youden = sensitivity + specificity - 1;
  // Agresti-Coull smoothing keeps the standard error above zero when one of the two rates is 0 or 1.
  const variance = (k: number, n: number) => ((k + 1) / (n + 2)) * (1 - (k + 1) / (n + 2)) / (n + 2);
  const stdError = Math.sqrt(variance(c.tp, solved) + variance(c.tn, unsolved));
  if (youden < REGIME.youdenStdErrors * stdError) {
    return not(
      `sensitivity + specificity = ${(sensitivity + specificity).toFixed(2)} is too near 1 ` +
        `(standard error ${stdError.toFixed(2)}): the verdicts say too little of the truth to be inverted`,
    );
  }
  return fine;
}

/** When the normal interval of a PPI++ mean holds: enough labels, of both truths, with some mistakes among them. */
export function ppiMeanRegime(c: Confusion): Regime {
  const n = confusionSize(c);
  if (n < REGIME.meanLabels) return not(`${n} labelled sessions; at least ${REGIME.meanLabels} are needed`);
  const rarer = Math.min(c.tp + c.fn, c.tn + c.fp);
  if (rarer < REGIME.mistakes) {
    return not(`${rarer} labelled sessions of the rarer truth; at least ${REGIME.mistakes} are needed`);
  }
  if (c.fp + c.fn < REGIME.mistakes) {
    return not(`${plural(c.fp + c.fn, "mistake")} among ${plural(n, "label")}; at least ${REGIME.mistakes} are needed`);
  }
  return fine;
}

/**
 * When the normal intervals of a PPI++ regression hold: enough labels a coefficient, and enough in each level.
 *
 * @param perLevel labelled sessions by coefficient, for indicator coefficients.
 */
export function ppiRegressionRegime(labels: number, coefficients: number, perLevel: Record<string, number>): Regime {
  const needed = REGIME.labelsPerCoefficient * coefficients;
  if (labels < needed) {
    return not(`${labels} labelled sessions for ${coefficients} coefficients; at least ${needed} are needed`);
  }
  const thin = Object.entries(perLevel).filter(([, n]) => n < REGIME.labelsPerLevel);
  if (thin.length) {
    return not(
      `too few labelled sessions in ${thin.map(([name, n]) => `${name} (${n})`).join(", ")}; ` +
        `at least ${REGIME.labelsPerLevel} each are needed`,
    );
  }
  return fine;
}
