import { type Label, latestLabels, type Session, type Verdict } from "../../model/mod.ts";
import { cohenKappa, type CorrectionOptions, expectedWidths, type Random } from "../../stats/mod.ts";
import { type Dimension, nameOf } from "../counts/tally.ts";
import { judgedSessions } from "../judged/judge_verdicts.ts";
import { agreement, type AgreementRow } from "./agreement.ts";
import { correctedRates, labelPlan } from "./corrected.ts";

/** Sessions with people's labels as their grades, and what did not find its other half. */
export interface Labelled {
  sessions: Session[];
  /** Sessions that have a label that decides. */
  labelled: number;
  /** Sessions on which people are split evenly: no grade. */
  split: string[];
  /** Ids in the labels that no session has. */
  unknown: string[];
}

/**
 * Puts people's labels onto sessions as grades of origin `human`, in place of whatever grade was there: the majority of the
 * people's last words, a tie is none. Who cannot tell does not count.
 *
 * @example
 * ```ts
 * import { withLabels } from "agent-trace-lab/analysis";
 * const { labelled } = withLabels([], []);
 * console.log(labelled); // 0
 * ```
 */
export function withLabels(sessions: readonly Session[], labels: readonly Label[]): Labelled {
  const bySession = Map.groupBy(latestLabels(labels).filter(({ verdict }) => verdict !== null), (l) => l.session_id);
  const known = new Set(sessions.map(({ sessionId }) => sessionId));
  const split: string[] = [];
  const graded = sessions.map((session): Session => {
    const own = bySession.get(session.sessionId);
    if (!own) return session;
    const solved = own.filter(({ verdict }) => verdict === 1).length;
    const grade: Verdict = 2 * solved === own.length ? null : 2 * solved > own.length ? 1 : 0;
    if (grade === null) split.push(session.sessionId);
    return { ...session, officialSuccess: grade, gradeOrigin: grade === null ? null : "human" };
  });
  return {
    sessions: graded,
    labelled: graded.filter(({ gradeOrigin, sessionId }) => gradeOrigin === "human" && bySession.has(sessionId)).length,
    split,
    unknown: [...bySession.keys()].filter((id) => !known.has(id)).sort(),
  };
}

/** How far two people agree on the sessions that both labelled. */
export interface RaterPair {
  raters: [string, string];
  n: number;
  agree: number;
  /** Cohen's kappa; null where both only ever say one and the same thing. */
  kappa: { estimate: number; lo: number; hi: number } | null;
}

/** Every two people who labelled sessions in common; who cannot tell counts as a word of its own. */
export function raterAgreement(labels: readonly Label[]): RaterPair[] {
  const latest = latestLabels(labels);
  const raters = [...new Set(latest.map(({ rater }) => rater))].sort();
  const of = (rater: string) => new Map(latest.filter((l) => l.rater === rater).map((l) => [l.session_id, l.verdict]));
  const words: Verdict[] = [1, 0, null];
  return raters.flatMap((a, i) =>
    raters.slice(i + 1).flatMap((b): RaterPair[] => {
      const [first, second] = [of(a), of(b)];
      const both = [...first.keys()].filter((id) => second.has(id));
      if (both.length === 0) return [];
      const table = words.map((x) =>
        words.map((y) => both.filter((id) => first.get(id) === x && second.get(id) === y).length)
      );
      const { estimate, lo, hi } = cohenKappa(table);
      return [{
        raters: [a, b],
        n: both.length,
        agree: table.reduce((sum, row, k) => sum + row[k]!, 0),
        kappa: Number.isFinite(estimate) ? { estimate, lo, hi } : null,
      }];
    })
  );
}

/** A rate as judged, and as labels correct it. */
export interface MovedRate {
  level: string;
  /** Judged sessions, those among them that are labelled, and the rate as judged. */
  sessions: number;
  labels: number;
  judged: number;
  /** PPI++; null where the labels do not reach. */
  estimate: number | null;
  lo: number | null;
  hi: number | null;
  /** Why the interval must not be relied on; null where it may. */
  why: string | null;
}

/** Which of two levels is better, as judged and as corrected. */
export interface MovedOrder {
  first: string;
  second: string;
  /** The better one as judged; corrected: null where the interval of the difference has 0 in it. */
  judged: string | null;
  corrected: string | null;
  difference: number | null;
  lo: number | null;
  hi: number | null;
  /** How many labels there were when it came to be as it is. */
  since: number;
}

/** What people's labels do to the conclusions. */
export interface Moves {
  by: Dimension;
  labels: number;
  split: string[];
  unknown: string[];
  raters: RaterPair[];
  /** The judge against people: everything first, then per benchmark, harness and judge. */
  agreement: AgreementRow[];
  rates: MovedRate[];
  orders: MovedOrder[];
}

const Z = 1.959963984540054;

/**
 * What labels move: the judge's errors against people, success by a dimension as judged and corrected (PPI++), and for each
 * two levels which is better before and after, with the number of labels at which that came about. Labels are taken in the
 * order in which they were given. Assumes that labels were drawn at random within a level.
 *
 * @param options chance of the resampling
 */
export function labelMoves(
  sessions: readonly Session[],
  labels: readonly Label[],
  by: Dimension,
  options: CorrectionOptions,
): Moves {
  const latest = latestLabels(labels).toSorted((a, b) => a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
  const full = withLabels(sessions, latest);
  const rates = movedRates(full.sessions, by, options);
  // Each order is worked out again at some twenty numbers of labels, to tell since when it is as it is.
  const step = Math.max(1, Math.ceil(latest.length / 20));
  const stops = Array.from(
    { length: Math.ceil(latest.length / step) },
    (_, i) => Math.min(latest.length, (i + 1) * step),
  );
  const history = stops.map((n) => ({
    n,
    orders: ordersOf(
      n === latest.length ? rates : movedRates(withLabels(sessions, latest.slice(0, n)).sessions, by, options),
    ),
  }));
  const orders = ordersOf(rates).map((order): MovedOrder => {
    const { before, after, ...rest } = order;
    const same = (n: { orders: ReturnType<typeof ordersOf> }) =>
      n.orders.find(({ first, second }) => first === order.first && second === order.second)?.after === after;
    let since = after === before ? 0 : latest.length;
    for (let i = history.length - 1; i >= 0 && same(history[i]!); i--) since = history[i]!.n;
    return { ...rest, judged: before, corrected: after, since };
  });
  return {
    by,
    labels: full.labelled,
    split: full.split,
    unknown: full.unknown,
    raters: raterAgreement(labels),
    agreement: agreement(full.sessions),
    rates,
    orders,
  };
}

function movedRates(sessions: readonly Session[], by: Dimension, options: CorrectionOptions): MovedRate[] {
  const corrected = correctedRates(sessions, by, options);
  const groups = Map.groupBy(sessions.filter(({ success }) => success !== null), (s) => nameOf(s, by));
  return [...groups].sort(([a], [b]) => a < b ? -1 : 1).map(([level, own]) => {
    const ppi = corrected?.ppi.find(({ stratum }) => stratum === level);
    const labelled = own.filter((s) => s.gradeOrigin === "human" && s.officialSuccess !== null).length;
    const known = labelled > 0 && ppi !== undefined;
    return {
      level,
      sessions: own.length,
      labels: labelled,
      judged: own.filter(({ success }) => success === 1).length / own.length,
      estimate: known ? ppi.estimate : null,
      lo: known ? ppi.lo : null,
      hi: known ? ppi.hi : null,
      why: known ? ppi.why : "no session is labelled",
    };
  });
}

function ordersOf(rates: readonly MovedRate[]) {
  return rates.flatMap((a, i) =>
    rates.slice(i + 1).map((b) => {
      const judged = a.judged - b.judged;
      const [va, vb] = [variance(a), variance(b)];
      const difference = a.estimate === null || b.estimate === null ? null : a.estimate - b.estimate;
      const half = va === null || vb === null ? null : Z * Math.sqrt(va + vb);
      const [lo, hi] = difference === null || half === null ? [null, null] : [difference - half, difference + half];
      return {
        first: a.level,
        second: b.level,
        before: judged === 0 ? null : judged > 0 ? a.level : b.level,
        after: lo === null || hi === null ? null : lo > 0 ? a.level : hi < 0 ? b.level : null,
        difference,
        lo,
        hi,
      };
    })
  );
}

function variance({ lo, hi }: MovedRate): number | null {
  return lo === null || hi === null ? null : ((hi - lo) / (2 * Z)) ** 2;
}

/** A session to label next, and why this one. */
export interface NextToLabel {
  sessionId: string;
  stratum: string;
  /** The chance with which it was drawn among the unlabelled sessions of its stratum. */
  probability: number;
}

/** What to label next. */
export interface NextLabels {
  next: NextToLabel[];
  /** Why there, and what these labels are expected to do to the interval. */
  reason: string;
}

/**
 * What to label next: so many labels divided among strata (benchmark, harness and model) by Neyman allocation, sessions drawn
 * at random within each, with their probabilities, so that rates by stratum stay unbiased.
 */
export function nextToLabel(
  sessions: readonly Session[],
  labels: readonly Label[],
  budget: number,
  random: Random,
): NextLabels {
  // A verdict that is a grade itself has no judge to be corrected.
  const { sessions: graded, labelled } = withLabels(judgedSessions(sessions), labels);
  // A tie or a "cannot tell" is no grade, but the session has been looked at.
  const seen = new Set(labels.map(({ session_id }) => session_id));
  const open = graded.filter((s) => s.gradeOrigin === "human" || !seen.has(s.sessionId))
    .map((s) => s.gradeOrigin === "human" ? s : { ...s, officialSuccess: null, gradeOrigin: null });
  const plan = labelPlan(open, budget, random);
  const byId = new Map(open.map((session) => [session.sessionId, session]));
  const stratumOf = (s: Session) => `${s.benchmark} · ${s.harness} · ${s.model}`;
  const unlabelled = Map.groupBy(open.filter((s) => s.success !== null && s.gradeOrigin !== "human"), stratumOf);
  const drawn = Map.groupBy(plan.sessions, (id) => stratumOf(byId.get(id)!));
  const next = plan.sessions.map((sessionId): NextToLabel => {
    const stratum = stratumOf(byId.get(sessionId)!);
    return { sessionId, stratum, probability: drawn.get(stratum)!.length / unlabelled.get(stratum)!.length };
  });
  const judged = open.filter(({ success }) => success !== null);
  const rate = judged.filter(({ success }) => success === 1).length / Math.max(1, judged.length);
  const [all] = agreement(graded);
  const quality = {
    sessions: judged.length,
    prevalence: Math.min(0.98, Math.max(0.02, rate)),
    sensitivity: all?.sensitivity?.rate ?? 0.9,
    specificity: all?.specificity?.rate ?? 0.9,
  };
  const width = (n: number) => n < 1 || n > judged.length ? null : expectedWidths(quality, [n])[0]!.ppi;
  const [now, then] = [width(labelled), width(labelled + next.length)];
  const points = (w: number) => (100 * w).toFixed(0);
  const top = [...drawn].sort(([, a], [, b]) => b.length - a.length)[0];
  const reason = judged.length === 0
    ? "No session has a judge's verdict yet; labels correct a judge, so judge first, or label sessions as they come."
    : next.length === 0
    ? "Every judged session is labelled."
    : `${next.length} more labels ${
      then === null
        ? "are to be had"
        : now === null
        ? `are expected to give the rate over all sessions an interval of ${points(then)} points`
        : `are expected to narrow the interval of the rate over all sessions from ${points(now)} to ${
          points(then)
        } points`
    }; most of them (${top![1].length}) in ${top![0]}, where sessions are many or verdicts uncertain.`;
  return { next, reason };
}
