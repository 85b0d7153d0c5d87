import { checkTwoRates } from "../counts.ts";
import { normalPValue } from "../distributions/normal.ts";
import { newcombe } from "../intervals/newcombe.ts";
import { type Estimate, type Interval, type TwoRates, Z95 } from "../types.ts";

/** Two groups' rates compared within strata, beside the pooled comparison. */
export interface StratifiedRates {
  /** First less second, within strata: Mantel and Haenszel's weighted mean of the strata's differences. */
  difference: Estimate;
  /** First over second, within strata; null where one side has no success in any stratum. */
  ratio: Estimate | null;
  /** First less second over all strata thrown together. */
  pooled: Interval;
  /**
   * `turned`: pooled and within strata the difference has opposite signs; `vanishes`: pooled it is apart from 0, within
   * strata not; `appears`: the other way; null where they say the same.
   */
  simpson: "turned" | "vanishes" | "appears" | null;
  /** Strata where both groups have trials. */
  strata: number;
  /** Strata where one group has none: they cannot compare. */
  leftOut: number;
}

/**
 * Two rates compared within strata (suites, configs), so that a group that happens to be tried on what is easy gains nothing
 * by it: Mantel and Haenszel's risk difference, weighted by n1 n2 / (n1 + n2), with Sato's variance, and risk ratio with
 * Greenland and Robins's variance of its logarithm (`stdError` and `statistic` are on that scale). Beside them what pooling
 * says, and whether it turns (Simpson's paradox).
 *
 * ```ts
 * import { equal, ok } from "node:assert/strict";
 * import { mantelHaenszel } from "agent-trace-lab/stats";
 * const easy = { k1: 162, n1: 174, k2: 468, n2: 540 }, hard = { k1: 384, n1: 526, k2: 100, n2: 160 };
 * const { difference, pooled, simpson } = mantelHaenszel([easy, hard]);
 * ok(difference.estimate > 0 && pooled.estimate < 0); // better in both, worse pooled
 * equal(simpson, "turned");
 * ```
 *
 * @throws {RangeError} when counts are not right or no stratum has trials of both groups
 * @see Mantel and Haenszel (1959), JNCI 22, 719-748; Sato (1989), Biometrics 45, 1323-1324; Greenland and Robins (1985),
 *   Biometrics 41, 55-68
 */
export function mantelHaenszel(strata: readonly TwoRates[]): StratifiedRates {
  strata.forEach((s, i) => checkTwoRates(s, `mantelHaenszel, stratum ${i}`));
  const both = strata.filter((s) => s.n1 > 0 && s.n2 > 0);
  if (both.length === 0) throw new RangeError("mantelHaenszel: no stratum has trials of both groups");
  const difference = riskDifference(both), ratio = riskRatio(both);
  const sum = (of: (s: TwoRates) => number) => strata.reduce((total, s) => total + of(s), 0);
  const pooled = newcombe({ k1: sum((s) => s.k1), n1: sum((s) => s.n1), k2: sum((s) => s.k2), n2: sum((s) => s.n2) });
  return {
    difference,
    ratio,
    pooled,
    simpson: simpsonOf(difference, pooled),
    strata: both.length,
    leftOut: strata.length - both.length,
  };
}

/** How a pooled comparison differs from the one within strata, by their intervals. */
export function simpsonOf(within: Interval, pooled: Interval): StratifiedRates["simpson"] {
  const apart = ({ lo, hi }: Interval) => lo > 0 || hi < 0;
  if (within.estimate * pooled.estimate < 0 && (apart(within) || apart(pooled))) return "turned";
  return apart(pooled) === apart(within) ? null : apart(pooled) ? "vanishes" : "appears";
}

function riskDifference(strata: readonly TwoRates[]): Estimate {
  let [weights, weighted, p, q] = [0, 0, 0, 0];
  for (const { k1, n1, k2, n2 } of strata) {
    const n = n1 + n2, weight = n1 * n2 / n;
    weights += weight;
    weighted += (k1 * n2 - k2 * n1) / n;
    p += (n1 * n1 * k2 - n2 * n2 * k1 + n1 * n2 * (n2 - n1) / 2) / (n * n);
    q += (k1 * (n2 - k2) + k2 * (n1 - k1)) / (2 * n);
  }
  const estimate = weighted / weights;
  const stdError = Math.sqrt(Math.max(0, estimate * p + q)) / weights;
  const statistic = estimate === 0 ? 0 : estimate / stdError, reach = Z95 * stdError;
  return {
    estimate,
    stdError,
    statistic,
    pValue: normalPValue(statistic),
    lo: Math.max(-1, estimate - reach),
    hi: Math.min(1, estimate + reach),
  };
}

function riskRatio(strata: readonly TwoRates[]): Estimate | null {
  let [first, second, spread] = [0, 0, 0];
  for (const { k1, n1, k2, n2 } of strata) {
    const n = n1 + n2;
    first += k1 * n2 / n;
    second += k2 * n1 / n;
    spread += (n1 * n2 * (k1 + k2) - k1 * k2 * n) / (n * n);
  }
  if (first === 0 || second === 0) return null;
  const estimate = first / second, stdError = Math.sqrt(spread / (first * second));
  const statistic = Math.log(estimate) / stdError, reach = Z95 * stdError;
  return {
    estimate,
    stdError,
    statistic,
    pValue: normalPValue(statistic),
    lo: estimate * Math.exp(-reach),
    hi: estimate * Math.exp(reach),
  };
}
