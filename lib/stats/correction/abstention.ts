import { clopperPearson } from "../intervals/clopper_pearson.ts";

/** A labelled verdict with how sure the judge was. */
export interface ScoredVerdict {
  /** How sure the judge was; higher is surer. Equal scores stand or fall together. */
  score: number;
  /** Whether the label says that the verdict is wrong. */
  wrong: boolean;
  /** What sessions share (a run, a task); sessions are taken as independent where it is not given. */
  cluster?: string;
}

/** From which score on a judge's verdict is taken. */
export interface Abstention {
  /** Verdicts with this score or a higher one are taken; null where none may be, with these labels. */
  threshold: number | null;
  /** Labelled verdicts taken. */
  taken: number;
  /** Of all labelled verdicts, the share taken. */
  share: number;
  /** Of the verdicts taken, the share that is wrong, with its exact 95% interval; null where none is taken. */
  wrong: { estimate: number; lo: number; hi: number } | null;
  /** What the threshold keeps below the risk, for a new session (of a new cluster): taken and wrong. */
  risk: number;
  /** Independent units that the guarantee rests on. */
  units: number;
}

/**
 * The lowest score at which a judge's verdicts may be taken so that a new session is taken and wrong with a chance of at
 * most `risk`: conformal risk control. With m labelled units and R(t) their mean loss at threshold t (a unit's loss is the
 * share of its sessions taken and wrong), the lowest t with (m R(t) + 1) / (m + 1) <= risk, from the surest verdict down
 * without a gap. It holds for any judge and any score, on average over labels that are exchangeable with what comes.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { abstention } from "agent-trace-lab/stats";
 * const verdicts = Array.from({ length: 200 }, (_, i) => ({ score: i, wrong: i < 100 && i % 2 === 0 }));
 * equal(abstention(verdicts, { risk: 0.05 }).threshold, 81); // the nine wrong ones above it, and one to come
 * ```
 *
 * @param risk above 0, below 1
 * @throws {RangeError} when there is no verdict, a score is NaN, or the risk is not between 0 and 1
 * @see Angelopoulos, Bates, Fisch, Lei, Schuster (2024), Conformal Risk Control, arXiv:2208.02814
 */
export function abstention(verdicts: readonly ScoredVerdict[], { risk }: { risk: number }): Abstention {
  if (!(risk > 0 && risk < 1)) throw new RangeError(`abstention: expected a risk between 0 and 1, found ${risk}`);
  if (verdicts.length === 0) throw new RangeError("abstention: expected labelled verdicts, found none");
  const bad = verdicts.findIndex((v) => Number.isNaN(v.score));
  if (bad >= 0) throw new RangeError(`abstention: expected a score, found NaN at verdict ${bad}`);
  const sizes = new Map<string, number>();
  const unitOf = (v: ScoredVerdict, i: number) => v.cluster ?? `\0${i}`;
  verdicts.forEach((v, i) => sizes.set(unitOf(v, i), (sizes.get(unitOf(v, i)) ?? 0) + 1));
  const m = sizes.size;
  const losses = verdicts.map((v, i) => ({ score: v.score, loss: v.wrong ? 1 / sizes.get(unitOf(v, i))! : 0 }))
    .sort((a, b) => b.score - a.score);
  let threshold: number | null = null, lost = 0;
  for (let i = 0; i < losses.length;) {
    const { score } = losses[i]!;
    for (; i < losses.length && losses[i]!.score === score; i++) lost += losses[i]!.loss;
    if ((lost + 1) / (m + 1) > risk + 1e-12) break;
    threshold = score;
  }
  const taken = threshold === null ? [] : verdicts.filter((v) => v.score >= threshold);
  return {
    threshold,
    taken: taken.length,
    share: taken.length / verdicts.length,
    wrong: taken.length === 0 ? null : clopperPearson(taken.filter((v) => v.wrong).length, taken.length),
    risk,
    units: m,
  };
}
