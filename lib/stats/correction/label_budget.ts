const Z = 1.959963984540054;

/** What is known or assumed of a judge and of the sessions it judged. */
export interface JudgeQuality {
  /** Judged sessions. */
  sessions: number;
  /** True success rate. */
  prevalence: number;
  /** Share of solved sessions judged solved. */
  sensitivity: number;
  /** Share of unsolved sessions judged unsolved. */
  specificity: number;
}

/** Expected full widths of 95% intervals of the success rate once `labels` sessions have been labelled at random. */
export interface ExpectedWidth {
  /** Labels bought. */
  labels: number;
  /** From the labels alone. */
  labelsOnly: number;
  /** From labels and verdicts, PPI++. */
  ppi: number;
  /** From labels and verdicts, Rogan-Gladen; null where sensitivity + specificity is 1. */
  roganGladen: number | null;
}

/**
 * How narrow an interval will be after buying labels, by the asymptotic variance of each method. With `n` labels of
 * `M` sessions and w = n / M:
 *
 * - labels only: pi (1 - pi) / n;
 * - PPI++: Var(Y) / n * (1 - rho^2 (1 - w)), rho the correlation of label and verdict (its value at the best lambda);
 * - Rogan-Gladen: [(1 - w)^2 p(1 - p) / (M - n) + w^2 J^2 pi(1 - pi) / n + (1 - w)^2 (pi Se(1 - Se) +
 *   (1 - pi) Sp(1 - Sp)) / n] / J^2, J = Se + Sp - 1.
 *
 * All three end at the width that all sessions labelled would have.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { expectedWidths } from "agent-trace-lab/stats";
 * const judge = { sessions: 1800, prevalence: 0.5, sensitivity: 0.9, specificity: 0.8 };
 * const [width] = expectedWidths(judge, [200]);
 * ok(width!.ppi < width!.labelsOnly); // verdicts save labels
 * ```
 *
 * @throws {RangeError} where a rate is outside 0 to 1 or a count of labels outside 1 to `sessions`.
 */
export function expectedWidths(judge: JudgeQuality, labels: readonly number[]): ExpectedWidth[] {
  checkQuality(judge);
  const { sessions: M, prevalence: pi, sensitivity: se, specificity: sp } = judge;
  const J = se + sp - 1, p = pi * se + (1 - pi) * (1 - sp);
  const varY = pi * (1 - pi), varF = p * (1 - p), cov = varY * J;
  const rho2 = varY > 0 && varF > 0 ? Math.max(0, cov) ** 2 / (varY * varF) : 0;
  return labels.map((n) => {
    if (!Number.isInteger(n) || n < 1 || n > M) {
      throw new RangeError(`labels must be a whole number from 1 to ${M}, found ${n}`);
    }
    const w = n / M, errors = pi * se * (1 - se) + (1 - pi) * sp * (1 - sp);
    const unlabelled = M > n ? (1 - w) ** 2 * varF / (M - n) : 0;
    const rg = (unlabelled + (w * J) ** 2 * varY / n + (1 - w) ** 2 * errors / n) / J ** 2;
    return {
      labels: n,
      labelsOnly: width(varY / n),
      ppi: width(varY / n * (1 - rho2 * (1 - w))),
      roganGladen: J === 0 ? null : width(rg),
    };
  });
}

/**
 * The fewest random labels after which a PPI++ interval around `prevalence` is expected to leave out `threshold` (so
 * that a claim that the rate is above or below it is settled); null where even all labels would not do.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { labelsToSettle } from "agent-trace-lab/stats";
 * const judge = { sessions: 1800, prevalence: 0.6, sensitivity: 0.9, specificity: 0.8 };
 * ok(labelsToSettle(judge, 0.5)! < 100); // is the rate above one half?
 * ```
 */
export function labelsToSettle(judge: JudgeQuality, threshold: number): number | null {
  const distance = Math.abs(judge.prevalence - threshold);
  const settles = (n: number) => (expectedWidths(judge, [n])[0]?.ppi ?? Infinity) / 2 < distance;
  if (judge.sessions < 1 || !settles(judge.sessions)) return null;
  let lo = 0, hi = judge.sessions;
  while (hi - lo > 1) {
    const mid = (lo + hi) >> 1;
    if (settles(mid)) hi = mid;
    else lo = mid;
  }
  return hi;
}

/**
 * Standard deviation of Y - lambda F at the weight that makes it smallest: what one more label adds in a stratum.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { residualSd } from "agent-trace-lab/stats";
 * equal(residualSd({ prevalence: 0.5, sensitivity: 1, specificity: 1 }), 0); // a perfect judge: labels add nothing
 * ```
 */
export function residualSd({ prevalence, sensitivity, specificity }: Omit<JudgeQuality, "sessions">): number {
  const p = prevalence * sensitivity + (1 - prevalence) * (1 - specificity);
  const varY = prevalence * (1 - prevalence), varF = p * (1 - p);
  const cov = Math.max(0, varY * (sensitivity + specificity - 1));
  return Math.sqrt(Math.max(0, varY - (varF > 0 ? cov * cov / varF : 0)));
}

const width = (variance: number) => 2 * Z * Math.sqrt(Math.max(0, variance));

function checkQuality(judge: JudgeQuality): void {
  for (const name of ["prevalence", "sensitivity", "specificity"] as const) {
    if (!(judge[name] >= 0 && judge[name] <= 1)) {
      throw new RangeError(`${name} must be within 0 and 1, found ${judge[name]}`);
    }
  }
}
