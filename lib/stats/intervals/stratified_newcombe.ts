import { checkTwoRates } from "../counts.ts";
import { type Interval, type TwoRates, Z95 } from "../types.ts";
import { wilson } from "./wilson.ts";

/**
 * The difference of two rates within strata (suites, models), k1/n1 - k2/n2, and its interval: strata are weighted by
 * n1 n2 / (n1 + n2), as Mantel and Haenszel do, and Wilson's intervals of the strata are combined as Newcombe's are. With
 * one stratum it is {@link newcombe}. Strata in which a side has no trial say nothing.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { stratifiedNewcombe } from "agent-trace-lab/stats";
 * const { estimate, lo, hi } = stratifiedNewcombe([{ k1: 8, n1: 10, k2: 3, n2: 10 }, { k1: 15, n1: 20, k2: 12, n2: 25 }]);
 * ok(lo > 0 && lo < estimate && estimate < hi);
 * ```
 *
 * @param z normal quantile of the confidence level; 95% by default
 * @throws {RangeError} when a count is not whole or a k is not in 0..n, or no stratum has trials of both sides
 * @see Yan and Su (2010), Statistics in Biopharmaceutical Research 2, 329-335
 */
export function stratifiedNewcombe(strata: readonly TwoRates[], z: number = Z95): Interval {
  strata.forEach((rates, i) => checkTwoRates(rates, `stratifiedNewcombe, stratum ${i}`));
  const told = strata.filter(({ n1, n2 }) => n1 > 0 && n2 > 0);
  if (told.length === 0) throw new RangeError("stratifiedNewcombe: no stratum has trials of both sides");
  const raw = told.map(({ n1, n2 }) => n1 * n2 / (n1 + n2));
  const sum = raw.reduce((a, b) => a + b, 0);
  const weights = raw.map((w) => w / sum);
  const first = side(told.map(({ k1, n1 }) => ({ k: k1, n: n1 })), weights, z);
  const second = side(told.map(({ k2, n2 }) => ({ k: k2, n: n2 })), weights, z);
  const estimate = first.rate - second.rate;
  const reach = (lambda: number, bound: number) => lambda * bound * (1 - bound);
  return {
    estimate,
    lo: Math.max(-1, estimate - z * Math.sqrt(reach(first.lambda, first.lo) + reach(second.lambda, second.hi))),
    hi: Math.min(1, estimate + z * Math.sqrt(reach(first.lambda, first.hi) + reach(second.lambda, second.lo))),
  };
}

/** The weighted rate of a side, its stratified Wilson bounds, and the sum of squared weights over trials. */
function side(strata: readonly { k: number; n: number }[], weights: readonly number[], z: number) {
  const squares = weights.map((w, i) => w * w / strata[i]!.n);
  const variances = strata.map(({ k, n }, i) => squares[i]! * (k / n) * (1 - k / n));
  // Where no stratum varies, as if all had the same variance.
  const parts = variances.some((v) => v > 0) ? variances : squares;
  const each = z * Math.sqrt(total(parts)) / total(parts.map(Math.sqrt));
  const bounds = strata.map(({ k, n }) => wilson(k, n, each));
  const weighted = (of: readonly number[]) => total(of.map((value, i) => weights[i]! * value));
  return {
    rate: weighted(strata.map(({ k, n }) => k / n)),
    lo: weighted(bounds.map(({ lo }) => lo)),
    hi: weighted(bounds.map(({ hi }) => hi)),
    lambda: total(squares),
  };
}

const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
