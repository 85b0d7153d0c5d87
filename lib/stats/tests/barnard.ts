import { checkTwoRates } from "../counts.ts";
import type { TestResult, TwoRates } from "../types.ts";

/** Nuisance rates tried before the best is refined. */
const GRID = 512;
/** Allowance for rounding when tables as extreme as the observed one are told from less extreme ones. */
const RELATIVE_TOLERANCE = 1e-9;

/**
 * Barnard's unconditional exact test of two rates, k1 of n1 against k2 of n2, two-sided. Tables at least as extreme as
 * the observed one by the pooled Wald statistic are collected, and their probability is maximised over the common rate
 * that the null hypothesis leaves open. More powerful than Fisher's test, which fixes a margin that was not fixed.
 * Costs n1 n2 steps a rate tried, some 600 of them.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { barnard, fisherExact } from "agent-trace-lab/stats";
 * const rates = { k1: 7, n1: 8, k2: 2, n2: 8 };
 * ok(barnard(rates).pValue < fisherExact(rates).pValue);
 * ```
 *
 * @returns the pooled Wald statistic and the p-value
 * @throws {RangeError} when a count is negative, not whole, or above its trials, or a group is empty
 * @see Barnard (1947), Biometrika 34, 123-138
 */
export function barnard(rates: TwoRates): TestResult {
  checkTwoRates(rates, "barnard");
  const { k1, n1, k2, n2 } = rates;
  if (n1 === 0 || n2 === 0) throw new RangeError(`barnard: expected two groups, found ${n1} and ${n2} trials`);
  const statistic = pooledWald(k1, n1, k2, n2);
  const threshold = Math.abs(statistic) * (1 - RELATIVE_TOLERANCE);
  const extreme = extremeRanges(n1, n2, threshold);
  const probability = (rate: number) => tailProbability(extreme, n1, n2, rate);
  const tried = Array.from({ length: GRID + 1 }, (_, i) => i / GRID);
  const best = tried.map((rate) => ({ rate, p: probability(rate) })).reduce((x, y) => y.p > x.p ? y : x).rate;
  const pValue = maximum(probability, Math.max(0, best - 1 / GRID), Math.min(1, best + 1 / GRID));
  return { statistic, pValue: Math.min(1, pValue) };
}

function pooledWald(x1: number, n1: number, x2: number, n2: number): number {
  const pooled = (x1 + x2) / (n1 + n2);
  const variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2);
  return variance === 0 ? 0 : (x1 / n1 - x2 / n2) / Math.sqrt(variance);
}

/** For each x1, which x2 make a table extreme: 1 or 0. */
function extremeRanges(n1: number, n2: number, threshold: number): Uint8Array[] {
  return Array.from(
    { length: n1 + 1 },
    (_, x1) =>
      Uint8Array.from({ length: n2 + 1 }, (_, x2) => Math.abs(pooledWald(x1, n1, x2, n2)) >= threshold ? 1 : 0),
  );
}

function tailProbability(extreme: readonly Uint8Array[], n1: number, n2: number, rate: number): number {
  const [first, second] = [binomialWeights(n1, rate), binomialWeights(n2, rate)];
  return extreme.reduce((total, row, x1) => {
    let inner = 0;
    for (let x2 = 0; x2 <= n2; x2++) inner += row[x2]! * second[x2]!;
    return total + first[x1]! * inner;
  }, 0);
}

/** Binomial probabilities, built outwards from the mode so that nothing underflows before it has to. */
function binomialWeights(n: number, rate: number): Float64Array {
  const weights = new Float64Array(n + 1);
  const mode = Math.min(n, Math.floor((n + 1) * rate));
  weights[mode] = 1;
  let total = 1;
  for (let x = mode; x < n; x++) total += weights[x + 1] = weights[x]! * (n - x) / (x + 1) * (rate / (1 - rate));
  for (let x = mode; x > 0; x--) total += weights[x - 1] = weights[x]! * x / (n - x + 1) * ((1 - rate) / rate);
  return weights.map((w) => w / total);
}

/** Golden-section search. */
function maximum(f: (x: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [lo, hi] = [from, to];
  let [left, right] = [hi - ratio * (hi - lo), lo + ratio * (hi - lo)];
  let [atLeft, atRight] = [f(left), f(right)];
  for (let i = 0; i < 60; i++) {
    if (atLeft > atRight) {
      [hi, right, atRight] = [right, left, atLeft];
      left = hi - ratio * (hi - lo);
      atLeft = f(left);
    } else {
      [lo, left, atLeft] = [left, right, atRight];
      right = lo + ratio * (hi - lo);
      atRight = f(right);
    }
  }
  return Math.max(atLeft, atRight);
}
