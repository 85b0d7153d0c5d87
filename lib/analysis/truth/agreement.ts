import type { Session } from "../../model/mod.ts";
import { gradeBesideJudge, judgedSessions } from "../judged/judge_verdicts.ts";
import { cohenKappa, type Confusion, mcnemar } from "../../stats/mod.ts";
import { groupBy, type Rate, rateOf } from "../counts/tally.ts";

/** Verdicts against official grades of the same sessions. */
export interface AgreementRow extends Confusion {
  /** `all` in the row over everything. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The judge model; `not said` where none is named. */
  judge: string;
  /** Sessions with both. */
  n: number;
  /** Null without a session of that truth. */
  sensitivity: Rate | null;
  /** Share of the unsolved that the judge calls unsolved. */
  specificity: Rate | null;
  /** Null where judge and grades only ever say one and the same thing. */
  kappa: { estimate: number; lo: number; hi: number } | null;
  /** Judged less official rate, paired; McNemar's exact test. */
  gap: { estimate: number; lo: number; hi: number; p: number };
}

/** Sessions with both a verdict and a grade that is not the verdict itself, nor another judge's. */
export function comparable(sessions: readonly Session[]): Session[] {
  return judgedSessions(sessions).filter((s) => gradeBesideJudge(s) !== null);
}

/** Counts sessions by verdict and grade; those without either are not counted. */
export function confusionOf(sessions: readonly Session[]): Confusion {
  const counts: Confusion = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const { success, officialSuccess } of sessions) {
    if (success === null || officialSuccess === null) continue;
    if (success === 1) officialSuccess === 1 ? counts.tp++ : counts.fp++;
    else officialSuccess === 1 ? counts.fn++ : counts.tn++;
  }
  return counts;
}

/**
 * Confusion, sensitivity, specificity, kappa and McNemar's test: over all comparable sessions first, then per benchmark
 * x harness x judge model. Empty where no session has both a verdict and a grade of another origin.
 */
export function agreement(sessions: readonly Session[]): AgreementRow[] {
  const both = comparable(sessions);
  if (!both.length) return [];
  const judge = (s: Session) => s.judgeModel ?? "not said";
  const groups = [...groupBy(both, (s) => JSON.stringify([s.benchmark, s.harness, judge(s)])).values()];
  const rows = groups.flatMap((group) => {
    const [first] = group;
    return first ? [row(first.benchmark, first.harness, judge(first), group)] : [];
  });
  const name = (r: AgreementRow) => `${r.benchmark} ${r.harness} ${r.judge}`;
  return [row("all", "all", "all", both), ...rows.sort((a, b) => name(a) < name(b) ? -1 : 1)];
}

function row(benchmark: string, harness: string, judge: string, sessions: readonly Session[]): AgreementRow {
  const { tp, fp, fn, tn } = confusionOf(sessions);
  const kappa = cohenKappa([[tp, fp], [fn, tn]]),
    paired = mcnemar({ both: tp, onlyFirst: fp, onlySecond: fn, neither: tn });
  return {
    benchmark,
    harness,
    judge,
    n: sessions.length,
    tp,
    fp,
    fn,
    tn,
    sensitivity: tp + fn ? rateOf(tp + fn, tp) : null,
    specificity: tn + fp ? rateOf(tn + fp, tn) : null,
    kappa: Number.isFinite(kappa.estimate) ? { estimate: kappa.estimate, lo: kappa.lo, hi: kappa.hi } : null,
    gap: { estimate: paired.estimate, lo: paired.lo, hi: paired.hi, p: paired.pValue },
  };
}
