import type { Verdict } from "../../model/mod.ts";
import {
  type Consistency,
  consistency,
  type Interval,
  type KrippendorffAlpha,
  krippendorffAlpha,
  wilson,
} from "../../stats/mod.ts";
import { kappaOf } from "./judge_agreement.ts";

/** One verdict of one rater: a judge under a rubric, asked for the nth time. */
export interface RatedSession {
  /** Id of the session. */
  sessionId: string;
  /** Judge and rubric: `judge-1 · code v1`. */
  rater: string;
  /** Which time it was asked. */
  repeat: number;
  /** The verdict. */
  verdict: Verdict;
}

/** How often a rater contradicts itself. */
export interface FlipRow {
  /** The rater. */
  rater: string;
  /** Sessions decided at least twice. */
  n: number;
  /** Of these, sessions with both a 0 and a 1. */
  flipped: number;
  /** flipped / n with Wilson's interval; null when no session was decided twice. */
  rate: Interval | null;
  /** The rater's own consistency: Krippendorff's alpha over its repeats; null where it is not defined. */
  alpha: Alpha | null;
  /** The probability that two of its repeats agree; null when no session was decided twice. */
  agreement: number | null;
}

/** Krippendorff's alpha with its jackknife interval over sessions; its ends are null where they are not defined. */
export interface Alpha {
  /** 1 is full agreement, 0 chance. */
  estimate: number;
  /** Lower end of the 95% interval. */
  lo: number | null;
  /** Upper end. */
  hi: number | null;
}

/** Two raters, each with the majority of its own repeats. */
export interface RaterPairRow {
  /** The first rater. */
  first: string;
  /** The second rater. */
  second: string;
  /** Sessions that both decided. */
  n: number;
  /** Sessions on which both agree. */
  agree: number;
  /** Sessions that only the first holds solved. */
  onlyFirst: number;
  /** Sessions that only the second holds solved. */
  onlySecond: number;
  /** Share of sessions on which they differ, Wilson 95%; null when there is none that both decided. */
  flipped: Interval | null;
  /** Cohen's kappa; null where it is not defined. */
  kappa: Interval | null;
  /** Krippendorff's alpha; null where it is not defined. */
  alpha: Alpha | null;
}

/** What a panel of judges agrees on. */
export interface PanelAgreement {
  /** Raters, by name. */
  raters: string[];
  /** How often raters contradict themselves. */
  flips: FlipRow[];
  /** Agreement of each two raters. */
  pairs: RaterPairRow[];
  /** Over all raters and sessions, nominal, nulls missing; null when it is not defined. */
  alpha: (KrippendorffAlpha & Alpha) | null;
  /** Sessions, and of these: all raters that decided agree, a majority decides, tied, decided by none. */
  sessions: number;
  /** Sessions on which all agree. */
  unanimous: number;
  /** Sessions that a majority decides. */
  majority: number;
  /** Sessions without a majority. */
  tied: number;
  /** Sessions that nobody decided. */
  undecided: number;
}

/**
 * Agreement of several judges, rubrics or repeats. Verdicts of null are missing ratings. A rater's verdict on a session is
 * the majority of its repeats; a tie is null.
 */
export function panelAgreement(rows: readonly RatedSession[]): PanelAgreement {
  const raters = [...new Set(rows.map((row) => row.rater))].sort();
  const byRater = new Map(raters.map((rater) => {
    const sessions = Map.groupBy(rows.filter((row) => row.rater === rater), (row) => row.sessionId);
    return [rater, new Map([...sessions].map(([id, members]) => [id, members.map((row) => row.verdict)]))];
  }));
  const sessionIds = [...new Set(rows.map((row) => row.sessionId))].sort();
  const ratings = sessionIds.map((id) => raters.map((rater) => majorityOf(byRater.get(rater)!.get(id) ?? [])));
  const alpha = krippendorffAlpha(ratings);
  const kinds = ratings.map(kindOf);
  const count = (kind: ReturnType<typeof kindOf>) => kinds.filter((k) => k === kind).length;
  return {
    raters,
    flips: raters.map((rater) => flipsOf(rater, [...byRater.get(rater)!.values()])),
    pairs: raters.flatMap((first, i) =>
      raters.slice(i + 1).map((second, j) => pairOf(first, second, ratings.map((r) => [r[i]!, r[i + 1 + j]!])))
    ),
    alpha: Number.isFinite(alpha.estimate) ? { lo: null, hi: null, ...alpha, ...alphaOf(ratings) } : null,
    sessions: sessionIds.length,
    unanimous: count("unanimous"),
    majority: count("majority"),
    tied: count("tied"),
    undecided: count("undecided"),
  };
}

/** The verdict that more than half of the decided ones hold; null for a tie or when none is decided. */
export function majorityOf(verdicts: readonly Verdict[]): Verdict {
  const ones = verdicts.filter((v) => v === 1).length;
  const zeros = verdicts.filter((v) => v === 0).length;
  return ones === zeros ? null : ones > zeros ? 1 : 0;
}

function kindOf(ratings: readonly Verdict[]): "unanimous" | "majority" | "tied" | "undecided" {
  const decided = ratings.filter((v) => v !== null);
  if (decided.length === 0) return "undecided";
  if (decided.every((v) => v === decided[0])) return "unanimous";
  return majorityOf(decided) === null ? "tied" : "majority";
}

function flipsOf(rater: string, sessions: readonly Verdict[][]): FlipRow {
  const decided = sessions.map((verdicts) => verdicts.filter((v) => v !== null)).filter((v) => v.length > 1);
  const flipped = decided.filter((verdicts) => new Set(verdicts).size > 1).length;
  return {
    rater,
    n: decided.length,
    flipped,
    rate: decided.length ? wilson(flipped, decided.length) : null,
    alpha: alphaOf(decided),
    agreement: consistencyOf(decided).agreement,
  };
}

/** Verdicts of several ratings a session, nulls apart, as tries of tasks: alpha of raters is that of tries. */
function consistencyOf(sessions: readonly (readonly Verdict[])[]): Consistency {
  return consistency(sessions.map((verdicts) => {
    const decided = verdicts.filter((verdict) => verdict !== null);
    return { n: decided.length, k: decided.filter((verdict) => verdict === 1).length };
  }));
}

function alphaOf(sessions: readonly (readonly Verdict[])[]): Alpha | null {
  const { betweenTasks: estimate, lo, hi } = consistencyOf(sessions);
  return estimate === null ? null : { estimate, lo, hi };
}

function pairOf(first: string, second: string, pairs: readonly (readonly Verdict[])[]): RaterPairRow {
  const both = pairs.filter(([a, b]) => a !== null && b !== null);
  const count = (a: Verdict, b: Verdict) => both.filter((pair) => pair[0] === a && pair[1] === b).length;
  const table = [[count(1, 1), count(1, 0)], [count(0, 1), count(0, 0)]];
  return {
    first,
    second,
    n: both.length,
    agree: table[0]![0]! + table[1]![1]!,
    onlyFirst: table[0]![1]!,
    onlySecond: table[1]![0]!,
    flipped: both.length ? wilson(table[0]![1]! + table[1]![0]!, both.length) : null,
    kappa: both.length ? kappaOf(table) : null,
    alpha: alphaOf(both),
  };
}
