import { checkTwoRates } from "../counts.ts";
import { normalCdf, normalQuantile } from "../distributions/normal.ts";
import { studentTCdf, studentTQuantile } from "../distributions/student_t.ts";
import type { TwoRates } from "../types.ts";

/** A test of equivalence: two one-sided tests at once. */
export interface Equivalence {
  /** First less second. */
  estimate: number;
  /** The difference that counts as none. */
  margin: number;
  /** Of the hypothesis that the sides differ by the margin or more: the larger of the two one-sided p-values. */
  pValue: number;
  /** Whether that is rejected at the level. */
  equivalent: boolean;
  /** Lower end of the interval that decides it: 90% for a test at 5%. */
  lo: number;
  /** Upper end of that interval. */
  hi: number;
}

/**
 * Are two rates the same but for a margin? Two one-sided score tests of k1/n1 - k2/n2 against -margin and +margin, with the
 * variance under each of those (Farrington and Manning). A large p-value in a test of difference does not say that rates
 * are equal; this does.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { equivalentRates } from "agent-trace-lab/stats";
 * equal(equivalentRates({ k1: 37, n1: 50, k2: 35, n2: 50 }, { margin: 0.05 }).equivalent, false); // p = 0.82 is no tie
 * equal(equivalentRates({ k1: 3700, n1: 5000, k2: 3690, n2: 5000 }, { margin: 0.05 }).equivalent, true);
 * ```
 *
 * @param margin the largest difference that would not matter, such as 0.05 for 5 points
 * @param level 0.05 by default
 * @throws {RangeError} when counts are not right, a group is empty or the margin is not between 0 and 1
 * @see Schuirmann (1987), J. Pharmacokinetics 15, 657-680; Farrington and Manning (1990), Statistics in Medicine 9, 1447-1454
 */
export function equivalentRates(
  rates: TwoRates,
  { margin, level = 0.05 }: { margin: number; level?: number },
): Equivalence {
  checkTwoRates(rates, "equivalentRates");
  checkMargin(margin, "equivalentRates");
  const { k1, n1, k2, n2 } = rates;
  if (n1 === 0 || n2 === 0) throw new RangeError(`equivalentRates: expected two groups, found ${n1} and ${n2} trials`);
  const above = 1 - normalCdf(scoreAt(rates, -margin)), below = normalCdf(scoreAt(rates, margin));
  const pValue = Math.max(above, below), z = normalQuantile(1 - level);
  return {
    estimate: k1 / n1 - k2 / n2,
    margin,
    pValue,
    equivalent: pValue < level,
    lo: whereScore(rates, z, -1, k1 / n1 - k2 / n2),
    hi: whereScore(rates, -z, k1 / n1 - k2 / n2, 1),
  };
}

/**
 * Is an estimate 0 but for a margin? Two one-sided t tests on an estimate with its standard error, of any origin: a paired
 * difference, a coefficient.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { equivalentToZero } from "agent-trace-lab/stats";
 * ok(equivalentToZero({ estimate: 0.01, stdError: 0.015 }, { margin: 0.05 }).equivalent);
 * ok(!equivalentToZero({ estimate: 0.01, stdError: 0.04 }, { margin: 0.05 }).equivalent);
 * ```
 *
 * @param df degrees of freedom; the normal distribution by default
 * @throws {RangeError} when the margin or the standard error is not above 0
 */
export function equivalentToZero(
  { estimate, stdError }: { estimate: number; stdError: number },
  { margin, df = Infinity, level = 0.05 }: { margin: number; df?: number; level?: number },
): Equivalence {
  checkMargin(margin, "equivalentToZero");
  if (!(stdError > 0)) throw new RangeError(`equivalentToZero: expected a standard error above 0, found ${stdError}`);
  const pValue = Math.max(
    studentTCdf(-(estimate + margin) / stdError, df),
    studentTCdf((estimate - margin) / stdError, df),
  );
  const reach = studentTQuantile(1 - level, df) * stdError;
  return { estimate, margin, pValue, equivalent: pValue < level, lo: estimate - reach, hi: estimate + reach };
}

function checkMargin(margin: number, what: string): void {
  if (!(margin > 0 && margin < 1)) throw new RangeError(`${what}: expected a margin between 0 and 1, found ${margin}`);
}

/** The score statistic of the hypothesis that the rates differ by `difference`. */
function scoreAt({ k1, n1, k2, n2 }: TwoRates, difference: number): number {
  const observed = k1 / n1 - k2 / n2 - difference;
  const [p1, p2] = restrictedRates({ k1, n1, k2, n2 }, difference);
  const variance = p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2;
  return variance > 0 ? observed / Math.sqrt(variance) : Math.sign(observed) * Infinity || 0;
}

/** The most likely rates that differ by `difference`: a root of a cubic, in closed form. */
function restrictedRates({ k1, n1, k2, n2 }: TwoRates, difference: number): [number, number] {
  const theta = n2 / n1, [r1, r2] = [k1 / n1, k2 / n2];
  const a = 1 + theta;
  const b = -(1 + theta + r1 + theta * r2 + difference * (theta + 2));
  const c = difference ** 2 + difference * (2 * r1 + theta + 1) + r1 + theta * r2;
  const d = -r1 * difference * (1 + difference);
  const v = b ** 3 / (27 * a ** 3) - b * c / (6 * a * a) + d / (2 * a);
  const u = (v >= 0 ? 1 : -1) * Math.sqrt(Math.max(0, b * b / (9 * a * a) - c / (3 * a)));
  const w = u === 0 ? 0 : (Math.PI + Math.acos(Math.max(-1, Math.min(1, v / u ** 3)))) / 3;
  const p1 = Math.min(1, Math.max(0, difference, 2 * u * Math.cos(w) - b / (3 * a)));
  return [p1, Math.min(1, Math.max(0, p1 - difference))];
}

/** The difference at which the score, which falls, is `goal`. */
function whereScore(rates: TwoRates, goal: number, low: number, high: number): number {
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (scoreAt(rates, middle) > goal) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
