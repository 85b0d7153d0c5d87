import { type Label, latestLabels, type Session } from "../../model/mod.ts";
import type { CorrectionOptions } from "../../stats/mod.ts";
import type { Dimension } from "../counts/tally.ts";
import { agreement, type AgreementRow } from "./agreement.ts";
import { judgedAndLabelled, LEAST_LABELS, type MovedRate, movedRates } from "./moved_rates.ts";
import { raterAgreement, type RaterPair } from "./rater_agreement.ts";
import { type TrustedVerdicts, trustedVerdicts } from "./trusted_verdicts.ts";

/** Which of two levels is better, as judged and as corrected. */
export interface MovedOrder {
  /** A level. */
  first: string;
  /** Another one. */
  second: string;
  /** The better one as judged; null where the two are the same, or nobody judged. */
  judged: string | null;
  /** The better one as corrected; null where the interval has 0 in it, or either has few labels. */
  corrected: string | null;
  /** Corrected rate of the first less that of the second. */
  difference: number | null;
  /** Lower end of its 95% interval, out of those of the two rates (MOVER, as Newcombe's of Wilson's). */
  lo: number | null;
  /** Upper end of its 95% interval. */
  hi: number | null;
  /** How many labels there were when it came to be as it is. */
  since: number;
}

/** What people's labels do to the conclusions. */
export interface Moves {
  /** What rates are by. */
  by: Dimension;
  /** Sessions that have a label that decides. */
  labels: number;
  /** Sessions on which people are split evenly. */
  split: string[];
  /** Ids in the labels that no judged session has. */
  unknown: string[];
  /** Every two people who labelled sessions in common. */
  raters: RaterPair[];
  /** The judge against people: everything first, then per benchmark, harness and judge. */
  agreement: AgreementRow[];
  /** From which confidence on the judge may be taken at its word; null where no label meets a verdict. */
  trusted: TrustedVerdicts | null;
  /** Rates before and after. */
  rates: MovedRate[];
  /** Orders of two before and after. */
  orders: MovedOrder[];
}

/** At most so many numbers of labels are gone back to. */
const MOST_STOPS = 20;

/**
 * Numbers of labels at which conclusions are looked at again, the last of them all: at most {@link MOST_STOPS}, evenly apart.
 */
export function labelStops(labels: number): number[] {
  const step = Math.max(1, Math.ceil(labels / MOST_STOPS));
  return Array.from({ length: Math.ceil(labels / step) }, (_, i) => Math.min(labels, (i + 1) * step));
}

/** The last word of each person on each session in the order in which they were said. */
export function labelsInTime(labels: readonly Label[]): Label[] {
  return latestLabels(labels).toSorted((a, b) => a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
}

/**
 * What labels move: the judge's errors against people, success by a dimension as judged and corrected ({@link movedRates}),
 * and for each two levels which is better before and after, with the number of labels at which that came about. Labels are
 * taken in the order in which they were given; grades of anybody else are left aside.
 *
 * @param options chance of the resampling
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { labelMoves, loadDataset } from "agent-trace-lab";
 * import { seededRandom } from "agent-trace-lab/stats";
 * import { readLabels } from "agent-trace-lab/sources";
 * const { sessions } = await loadDataset("data/examples/sessions.jsonl");
 * const labels = await readLabels("data/examples/labels.jsonl");
 * const moves = labelMoves(sessions ?? [], labels, "harness", { random: seededRandom(1), draws: 100 });
 * console.log(moves.rates.map(({ level, judged, estimate }) => [level, judged, estimate]));
 * ```
 */
export function labelMoves(
  sessions: readonly Session[],
  labels: readonly Label[],
  by: Dimension,
  options: CorrectionOptions,
): Moves {
  const latest = labelsInTime(labels);
  const full = judgedAndLabelled(sessions, latest);
  const rates = movedRates(full.sessions, latest, by, options);
  const history = labelStops(latest.length).map((n) => {
    const some = latest.slice(0, n);
    const then = n === latest.length ? rates : movedRates(judgedAndLabelled(sessions, some).sessions, some, by, null);
    return { n, orders: ordersOf(then) };
  });
  const orders = ordersOf(rates).map((order, i): MovedOrder => {
    // Without a label there is nothing but the judge's word.
    let since = order.corrected === order.judged ? 0 : latest.length;
    for (const { n, orders } of history.toReversed()) {
      if (orders[i]?.corrected !== order.corrected) break;
      since = n;
    }
    return { ...order, since };
  });
  return {
    by,
    labels: full.labelled,
    split: full.split,
    unknown: full.unknown,
    raters: raterAgreement(labels),
    agreement: agreement(full.sessions),
    trusted: trustedVerdicts(full.sessions, latest),
    rates,
    orders,
  };
}

function ordersOf(rates: readonly MovedRate[]): Omit<MovedOrder, "since">[] {
  return rates.flatMap((a, i) =>
    rates.slice(i + 1).map((b) => {
      const difference = a.estimate === null || b.estimate === null ? null : a.estimate - b.estimate;
      const [below, above] = [reach(a, b), reach(b, a)];
      const [lo, hi] = difference === null || below === null || above === null
        ? [null, null]
        : [difference - below, difference + above];
      const told = Math.min(a.labels - a.picked, b.labels - b.picked) >= LEAST_LABELS;
      return {
        first: a.level,
        second: b.level,
        judged: better(a, b, a.judged === null || b.judged === null ? 0 : a.judged - b.judged),
        corrected: better(a, b, !told ? 0 : lo !== null && lo > 0 ? 1 : hi !== null && hi < 0 ? -1 : 0),
        difference,
        lo,
        hi,
      };
    })
  );
}

function better(a: MovedRate, b: MovedRate, difference: number): string | null {
  return difference === 0 ? null : difference > 0 ? a.level : b.level;
}

/** How far the difference of two rates reaches below its estimate. */
function reach({ estimate: one, lo }: MovedRate, { estimate: other, hi }: MovedRate): number | null {
  return one === null || lo === null || other === null || hi === null ? null : Math.hypot(one - lo, hi - other);
}
