import type { Dataset } from "../../model/mod.ts";
import { seededRandom } from "../../stats/mod.ts";
import { needSessions } from "../counts/need_sessions.ts";
import type { AgreementRow } from "./agreement.ts";
import { labelMoves, type MovedOrder } from "./label_moves.ts";
import type { MovedRate } from "./moved_rates.ts";
import type { RaterPair } from "./rater_agreement.ts";
import type { TrustedVerdicts } from "./trusted_verdicts.ts";

/** What rates are corrected by. */
export const LABEL_DIMENSIONS = ["harness", "model", "benchmark", "config"] as const;

/** One of {@link LABEL_DIMENSIONS}. */
export type LabelDimension = typeof LABEL_DIMENSIONS[number];

/** Seed of the resampling, so that whoever asks gets the same numbers. */
export const LABEL_SEED = 1;

/** What `results.json` holds of people's labels: the numbers that the workbench shows. */
export interface LabelResults {
  /** Sessions that have a label that decides. */
  labelled: number;
  /** Sessions on which people are split evenly. */
  split: number;
  /** Labels of ids that no judged session has. */
  unknown: number;
  /** Every two people who labelled sessions in common. */
  raters: RaterPair[];
  /** The judge against people: everything first, then per benchmark, harness and judge. */
  agreement: AgreementRow[];
  /** From which confidence on the judge may be taken at its word; null where no label meets a verdict. */
  trusted: TrustedVerdicts | null;
  /** Rates as judged and corrected, by what they are of. */
  rates: Record<LabelDimension, MovedRate[]>;
  /** Which of two is better as judged and corrected, by what they are of. */
  orders: Record<LabelDimension, MovedOrder[]>;
}

/** What the labels that a dataset came with do to its rates; null where it came with none. */
export function labelResults(dataset: Dataset): LabelResults | null {
  const { labels } = dataset;
  if (labels === undefined) return null;
  const sessions = needSessions(dataset);
  const moves = LABEL_DIMENSIONS.map((by) => labelMoves(sessions, labels, by, { random: seededRandom(LABEL_SEED) }));
  const [{ labels: labelled, split, unknown, raters, agreement, trusted }] = moves as [typeof moves[number]];
  const each = <T>(of: (one: typeof moves[number]) => T) =>
    Object.fromEntries(moves.map((one) => [one.by, of(one)])) as Record<LabelDimension, T>;
  return {
    labelled,
    split: split.length,
    unknown: unknown.length,
    raters,
    agreement,
    trusted,
    rates: each(({ rates }) => rates),
    orders: each(({ orders }) => orders),
  };
}
