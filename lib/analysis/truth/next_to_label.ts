import type { Label, Session } from "../../model/mod.ts";
import { expectedWidths, type Random } from "../../stats/mod.ts";
import { judgedSessions } from "../judged/judge_verdicts.ts";
import { agreement } from "./agreement.ts";
import type { Dimension } from "../counts/tally.ts";
import { LABEL_STRATA, labelPlan, stratumName } from "./corrected.ts";
import { withLabels } from "./with_labels.ts";

/** A session to label next, and why this one. */
export interface NextToLabel {
  /** The session's id. */
  sessionId: string;
  /** What its stratum is called: suite, grade, and what else the plan tells apart. */
  stratum: string;
  /** The chance with which it was drawn among the unlabelled sessions of its stratum. */
  probability: number;
}

/** What to label next. */
export interface NextLabels {
  /** In the order in which to label them. */
  next: NextToLabel[];
  /** Why there, and what these labels are expected to do to the interval. */
  reason: string;
}

/**
 * What to label next: so many labels divided among strata by Neyman allocation, sessions drawn at random within each, with
 * their probabilities, so that rates by stratum stay unbiased.
 *
 * @param by what the strata are of: those of the question that the labels are for, such as `["harness"]`; benchmark, harness and
 *   model unless told
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { nextToLabel, loadDataset } from "agent-trace-lab";
 * import { seededRandom } from "agent-trace-lab/stats";
 * const { sessions } = await loadDataset("data/examples/sessions.jsonl");
 * const { next } = nextToLabel(sessions ?? [], [], 20, seededRandom(1));
 * equal(next.length <= 20, true);
 * ```
 */
export function nextToLabel(
  sessions: readonly Session[],
  labels: readonly Label[],
  budget: number,
  random: Random,
  by: readonly Dimension[] = LABEL_STRATA,
): NextLabels {
  // A verdict that is a grade itself has no judge to be corrected.
  const { sessions: graded, labelled } = withLabels(judgedSessions(sessions), labels);
  // A tie or a "cannot tell" is no grade, but the session has been looked at.
  const seen = new Set(labels.map(({ session_id }) => session_id));
  const open = graded.filter((s) => s.gradeOrigin === "human" || !seen.has(s.sessionId))
    .map((s) => s.gradeOrigin === "human" ? s : { ...s, officialSuccess: null, gradeOrigin: null });
  const plan = labelPlan(open, budget, random, by);
  const byId = new Map(open.map((session) => [session.sessionId, session]));
  // Strata that the budget does not reach are drawn from together.
  const merged = new Map(plan.strata.flatMap(({ stratum, of }) => of.map((name) => [name, stratum])));
  const nameOfStratum = stratumName(by);
  const stratumOf = (s: Session) => merged.get(nameOfStratum(s)) ?? nameOfStratum(s);
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
  const reason = judged.length === 0
    ? "No session has a judge's verdict yet; labels correct a judge, so judge first, or label sessions as they come."
    : next.length === 0
    ? "Every judged session is labelled."
    : `${next.length} more ${next.length === 1 ? "label" : "labels"} ${
      then === null
        ? "are to be had"
        : then >= 1
        ? "are expected to leave the rate over all sessions open"
        : now === null || now >= 1
        ? `are expected to give the rate over all sessions an interval of ${points(then)} points`
        : `are expected to narrow the interval of the rate over all sessions from ${points(now)} to ${
          points(then)
        } points`
    }${where([...drawn].map(([stratum, of]) => ({ stratum, labels: of.length })))}.`;
  return { next, reason };
}

/** Where the labels go: a stratum that has more than half of them, else over how many they are spread. */
function where(strata: readonly { stratum: string; labels: number }[]): string {
  const all = strata.reduce((sum, { labels }) => sum + labels, 0);
  const most = strata.find(({ labels }) => 2 * labels > all);
  if (strata.length === 1) return `, all in ${strata[0]!.stratum}, the only stratum with sessions to label`;
  return most
    ? `; most of them (${most.labels}) in ${most.stratum}, where sessions are many or verdicts uncertain`
    : `, over ${strata.length} strata, more where sessions are many or verdicts uncertain`;
}
