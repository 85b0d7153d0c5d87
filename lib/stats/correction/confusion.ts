/**
 * Labelled sessions counted by judge and truth: `tp` judged solved and solved, `fp` judged solved and not,
 * `fn` judged unsolved and solved, `tn` neither.
 */
export interface Confusion {
  /** Judged solved, and solved. */
  tp: number;
  /** Judged solved, and not. */
  fp: number;
  /** Judged unsolved, and solved. */
  fn: number;
  /** Judged unsolved, and not solved. */
  tn: number;
}

/** Judged sessions without a label: `n` of them, `k` judged solved. */
export interface JudgedCount {
  /** Sessions. */
  n: number;
  /** Of them judged solved. */
  k: number;
}

/**
 * Adds confusion tables; no table gives all zeros.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { addConfusions } from "agent-trace-lab/stats";
 * const both = addConfusions([{ tp: 5, fp: 1, fn: 0, tn: 4 }, { tp: 2, fp: 0, fn: 3, tn: 1 }]);
 * equal(both.tp, 7);
 * ```
 */
export function addConfusions(tables: readonly Confusion[]): Confusion {
  const total: Confusion = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const t of tables) {
    total.tp += t.tp;
    total.fp += t.fp;
    total.fn += t.fn;
    total.tn += t.tn;
  }
  return total;
}

/**
 * Sessions in a confusion table.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { confusionSize } from "agent-trace-lab/stats";
 * equal(confusionSize({ tp: 5, fp: 1, fn: 0, tn: 4 }), 10);
 * ```
 */
export function confusionSize(c: Confusion): number {
  return c.tp + c.fp + c.fn + c.tn;
}

/** How a judge errs. */
export interface ErrorRates {
  /** Share of solved sessions judged solved, tp / (tp + fn); null without a solved session. */
  sensitivity: number | null;
  /** Share of unsolved sessions judged unsolved, tn / (tn + fp); null without an unsolved session. */
  specificity: number | null;
}

/**
 * Sensitivity and specificity of a judge from labelled sessions.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { errorRates } from "agent-trace-lab/stats";
 * const { sensitivity, specificity } = errorRates({ tp: 9, fp: 0, fn: 1, tn: 0 });
 * equal(sensitivity, 0.9);
 * equal(specificity, null); // no session was unsolved
 * ```
 */
export function errorRates({ tp, fp, fn, tn }: Confusion): ErrorRates {
  return {
    sensitivity: tp + fn ? tp / (tp + fn) : null,
    specificity: tn + fp ? tn / (tn + fp) : null,
  };
}

/**
 * Refuses counts that no sample can have.
 *
 * @throws {RangeError} naming the count that is negative or not whole.
 */
export function checkCounts(counts: Record<string, number>, where: string): void {
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 0) {
      throw new RangeError(`${where}: ${name} must be a whole number of sessions, found ${value}`);
    }
  }
}

/** Refuses an unlabelled count whose successes exceed its sessions, or that is not whole. */
export function checkJudged(judged: JudgedCount, where: string): void {
  checkCounts({ n: judged.n, k: judged.k }, where);
  if (judged.k > judged.n) throw new RangeError(`${where}: k = ${judged.k} exceeds n = ${judged.n}`);
}
