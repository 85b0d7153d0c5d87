import type { Session } from "../../model/mod.ts";
import {
  addConfusions,
  confusionSize,
  errorRates,
  expectedWidths,
  type ImpliedErrors,
  type JudgeQuality,
  labelsToSettle,
  ppiMean,
  REGIME,
  roganGladenEstimate,
} from "../../stats/mod.ts";
import { type Dimension, nameOf } from "../counts/tally.ts";
import { labelStrata } from "./corrected.ts";

/** Sensitivity and specificity where no session has a grade to measure them by. */
export const ASSUMED_ACCURACY = 0.9;

/** Labels (of both truths) from which the judge's errors, or a level's rate, are measured instead of assumed. */
const MEASURABLE = 20;

/** What labels bought at random would tell of one level. */
export interface LabelBudgetRow {
  /** A level of the factor. */
  level: string;
  /** All sessions, scored or not. */
  sessions: number;
  /** Success rate as judged; null where no session of the level is scored. */
  judged: number | null;
  /** Success rate that the widths are reckoned with: from the level's own labels (PPI++) where there are enough, else corrected by the error rates. */
  prevalence: number;
  /** Full width of the 95% interval (PPI++) after each number of labels; null where there are fewer sessions. */
  widths: { labels: number; ppi: number | null }[];
  /**
   * Labels until the interval is expected to leave out the reference's rate, no fewer than its method takes; null where
   * all would not do.
   */
  settles: number | null;
}

/** Expected interval against labels bought, per level of a dimension. */
export interface LabelBudget {
  /** Numbers of labels. */
  labels: number[];
  /** Share of the solved that the judge calls solved. */
  sensitivity: number;
  /** Share of the unsolved that the judge calls unsolved. */
  specificity: number;
  /** Whether the error rates are assumed, neither measured on sessions nor implied by cells' grades. */
  assumed: boolean;
  /** One row a level. */
  rows: LabelBudgetRow[];
  /** The same in a sentence. */
  sentence: string;
}

/**
 * How many labels would settle that a level's success rate differs from that of a reference: expected 95% intervals after
 * buying `labels` at random, and the count that leaves the reference's rate out (taken as known, so this is the fewest).
 * The judge's error rates are those of all labelled sessions, else those that `implied` brings (see `impliedErrors`), else
 * {@link ASSUMED_ACCURACY} for both. Levels without a
 * scored session are left out; without the reference nothing can be settled.
 */
export function labelsToBuy(
  sessions: readonly Session[],
  by: Dimension,
  reference: string,
  labels: readonly number[] = [25, 50, 100, 200, 400],
  { implied = null }: { implied?: ImpliedErrors | null } = {},
): LabelBudget {
  const strata = labelStrata(sessions, (s) => nameOf(s, by));
  const all = addConfusions(strata.map((s) => s.labelled)), measured = errorRates(all);
  const enoughLabels = Math.min(all.tp + all.fn, all.tn + all.fp) >= MEASURABLE;
  const known = enoughLabels && measured.sensitivity !== null && measured.specificity !== null &&
    measured.sensitivity + measured.specificity > 1;
  const told = !known && implied !== null && implied.sensitivity + implied.specificity > 1 ? implied : null;
  const sensitivity = (known ? measured.sensitivity : told?.sensitivity) ?? ASSUMED_ACCURACY;
  const specificity = (known ? measured.specificity : told?.specificity) ?? ASSUMED_ACCURACY;
  const judges = strata.map(({ stratum, labelled, unlabelled }): JudgeQuality & { level: string; judged: number } => {
    const n = confusionSize(labelled) + unlabelled.n;
    const judged = (labelled.tp + labelled.fp + unlabelled.k) / n;
    const estimate = confusionSize(labelled) >= MEASURABLE
      ? ppiMean(labelled, unlabelled).estimate
      : roganGladenEstimate(judged, sensitivity, specificity);
    // A rate of 0 or 1 would promise an interval without width.
    const prevalence = Math.min(0.98, Math.max(0.02, estimate ?? judged));
    return { level: stratum, sessions: n, judged, prevalence, sensitivity, specificity };
  });
  const threshold = judges.find((j) => j.level === reference)?.prevalence ?? null;
  const rows = judges.map(({ level, judged, ...judge }): LabelBudgetRow => ({
    level,
    sessions: judge.sessions,
    judged,
    prevalence: judge.prevalence,
    widths: labels.map((n) => ({
      labels: n,
      ppi: n > judge.sessions ? null : expectedWidths(judge, [n])[0]?.ppi ?? null,
    })),
    settles: threshold === null || level === reference ? null : enough(labelsToSettle(judge, threshold), judge),
  }));
  const percent = (rate: number) => `${(100 * rate).toFixed(0)}%`;
  return {
    labels: [...labels],
    sensitivity,
    specificity,
    assumed: !known && told === null,
    rows,
    sentence: `The judge's sensitivity is taken as ${percent(sensitivity)} and its specificity as ` +
      `${percent(specificity)}, ` +
      (known
        ? `measured on ${confusionSize(all)} graded sessions.`
        : told !== null
        ? `as ${told.groups} cells with rates of both kinds imply them${misfitWords(told)}.`
        : enoughLabels
        ? `assumed, which is kind: on ${confusionSize(all)} graded sessions its verdicts say no more than chance.`
        : "assumed: too few sessions are graded to say."),
  };
}

/** Chance alone leaves a misfit of about 1; from this on one pair of error rates does not describe the cells. */
const BAD_FIT = 2;

function misfitWords({ misfit }: ImpliedErrors): string {
  return misfit < BAD_FIT
    ? ""
    : `, which fit them badly (${misfit.toFixed(1)} times what chance leaves): the judge does not err alike in all`;
}

/** Below the labels that PPI++ takes its interval claims nothing, however narrow the formula makes it. */
function enough(labels: number | null, { sessions }: JudgeQuality): number | null {
  if (labels === null || sessions < REGIME.meanLabels) return null;
  return Math.min(sessions, Math.max(REGIME.meanLabels, labels));
}
