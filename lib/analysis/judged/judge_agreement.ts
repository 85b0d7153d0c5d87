import type { Verdict } from "../../model/mod.ts";
import { cohenKappa, type Confusion, type Interval, wilson } from "../../stats/mod.ts";

/** A verdict beside the official grade of the same session. Null on either side is not known, never a failure. */
export interface GradedVerdict {
  /** Id of the session. */
  sessionId: string;
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** The judge model. */
  judge: string;
  /** The verdict. */
  verdict: Verdict;
  /** The grade of the same session. */
  official: Verdict;
  /** As the judge stated it. */
  confidence: string | null;
}

/** A judge against official grades, over the sessions that have both. */
export interface JudgeAgreementRow extends Confusion {
  /** The suite of tasks. */
  benchmark: string;
  /** The program around the model. */
  harness: string;
  /** Sessions with a verdict of 0 or 1 and a grade: the table's sum. */
  n: number;
  /** Graded sessions that the judge did not decide: outside the table. */
  undecided: number;
  /** Judged sessions without a grade: outside the table. */
  ungraded: number;
  /** Share of officially solved sessions judged solved, Wilson 95%; null without a solved session. */
  sensitivity: Interval | null;
  /** Share of officially unsolved sessions judged unsolved, Wilson 95%; null without an unsolved session. */
  specificity: Interval | null;
  /** Cohen's kappa with its large-sample 95% interval; null where it is not defined (one side has a single value). */
  kappa: Interval | null;
  /** Share of the table on its diagonal, Wilson 95%; null when the table is empty. */
  agreement: Interval | null;
}

/** The row's name where all benchmarks or harnesses are together. */
export const ALL = "all";

/**
 * Confusion, sensitivity, specificity and kappa per benchmark x harness, then all together (benchmark and harness
 * {@link ALL}) where there is more than one row. Undecided and ungraded sessions are counted beside the table.
 */
export function judgeAgreement(rows: readonly GradedVerdict[]): JudgeAgreementRow[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify([row.benchmark, row.harness]));
  const cells = [...groups].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([, members]) => agreementOf(members[0]!.benchmark, members[0]!.harness, members));
  return cells.length > 1 ? [...cells, agreementOf(ALL, ALL, rows)] : cells;
}

function agreementOf(benchmark: string, harness: string, rows: readonly GradedVerdict[]): JudgeAgreementRow {
  const count = (verdict: Verdict, official: Verdict) =>
    rows.filter((row) => row.verdict === verdict && row.official === official).length;
  const table = { tp: count(1, 1), fp: count(1, 0), fn: count(0, 1), tn: count(0, 0) };
  const { tp, fp, fn, tn } = table;
  const n = tp + fp + fn + tn;
  return {
    benchmark,
    harness,
    n,
    undecided: rows.filter((row) => row.verdict === null && row.official !== null).length,
    ungraded: rows.filter((row) => row.official === null).length,
    ...table,
    sensitivity: tp + fn ? wilson(tp, tp + fn) : null,
    specificity: tn + fp ? wilson(tn, tn + fp) : null,
    kappa: n ? kappaOf([[tp, fp], [fn, tn]]) : null,
    agreement: n ? wilson(tp + tn, n) : null,
  };
}

/** Kappa of a square table; null where one side only ever uses one category: then it says nothing about agreement. */
export function kappaOf(table: readonly (readonly number[])[]): Interval | null {
  const rows = table.filter((row) => row.some((count) => count > 0)).length;
  const columns = table.filter((_, j) => table.some((row) => row[j]! > 0)).length;
  if (rows < 2 || columns < 2) return null;
  const { estimate, lo, hi } = cohenKappa(table);
  return Number.isFinite(estimate) ? { estimate, lo, hi } : null;
}

/** How often verdicts of one stated confidence are right. */
export interface CalibrationRow {
  /** As the judge stated it. */
  confidence: string;
  /** Decided and graded verdicts. */
  n: number;
  /** Verdicts that agree with the grade. */
  right: number;
  /** k / n. */
  rate: number;
  /** Lower end of the 95% interval. */
  lo: number;
  /** Upper end of the 95% interval. */
  hi: number;
}

/** How sure judges say that they are, the surest first; another word says nothing of it. */
export const CONFIDENCE_ORDER: readonly string[] = ["high", "medium", "low"];

/**
 * Calibration by stated confidence, surest first: of the decided and graded verdicts with this confidence the share that
 * agrees with the official grade, with Wilson's interval. A judge that knows what it knows has falling rates.
 */
export function judgeCalibration(rows: readonly GradedVerdict[]): CalibrationRow[] {
  const decided = rows.filter((row) => row.verdict !== null && row.official !== null);
  const groups = Map.groupBy(decided, (row) => row.confidence ?? "not stated");
  const rank = (confidence: string) =>
    (CONFIDENCE_ORDER.indexOf(confidence) + CONFIDENCE_ORDER.length + 1) % (CONFIDENCE_ORDER.length + 1);
  return [...groups].map(([confidence, members]) => {
    const right = members.filter((row) => row.verdict === row.official).length;
    const { estimate: rate, lo, hi } = wilson(right, members.length);
    return { confidence, n: members.length, right, rate, lo, hi };
  }).sort((a, b) => rank(a.confidence) - rank(b.confidence));
}

/** Decided verdicts that contradict the grade: the surest first, then by benchmark, harness and session. */
export function judgeDisagreements(rows: readonly GradedVerdict[]): GradedVerdict[] {
  const key = (row: GradedVerdict) => {
    const at = CONFIDENCE_ORDER.indexOf(row.confidence ?? "");
    return [at < 0 ? CONFIDENCE_ORDER.length : at, row.benchmark, row.harness, row.sessionId].join("\n");
  };
  return rows.filter((row) => row.verdict !== null && row.official !== null && row.verdict !== row.official)
    .sort((a, b) => key(a) < key(b) ? -1 : 1);
}
