/**
 * Labelled sessions counted by judge and truth: `tp` judged solved and solved, `fp` judged solved and not,
 * `fn` judged unsolved and solved, `tn` neither.
 */
export interface Confusion {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

/** Judged sessions without a label: `n` of them, `k` judged solved. */
export interface JudgedCount {
  n: number;
  k: number;
}

/** Adds confusion tables; no table gives all zeros. */
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

/** Sessions in a confusion table. */
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

/** Sensitivity and specificity of a judge from labelled sessions. */
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
