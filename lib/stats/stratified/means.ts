import { studentTPValue, studentTQuantile } from "../distributions/student_t.ts";
import type { Estimate, Interval } from "../types.ts";
import { simpsonOf, type StratifiedRates } from "./mantel_haenszel.ts";

/** Sums of something (tokens, seconds, USD) over the sessions of two groups in one stratum and cluster. */
export interface TwoTotals {
  /** What is compared within: a suite, a config. */
  stratum: string;
  /** What is alike: a run; the stratum itself by default. */
  cluster?: string;
  /** Sessions of the first group. */
  n1: number;
  /** Their sum. */
  total1: number;
  /** Sessions of the second group. */
  n2: number;
  /** Their sum. */
  total2: number;
}

/** Two means compared within strata, beside the pooled comparison. */
export interface StratifiedMeans {
  /** Within strata; of a ratio, `stdError` and `statistic` are on the scale of its logarithm. */
  within: Estimate;
  /** Over all strata thrown together. */
  pooled: Interval;
  /** As for rates: whether pooling turns the comparison, makes it up or hides it; null where it says the same. */
  simpson: StratifiedRates["simpson"];
  /** Strata with sessions of both groups. */
  strata: number;
  /** Strata where one group has none: they cannot compare. */
  leftOut: number;
  /** Clusters that the intervals rest on. */
  clusters: number;
}

/**
 * How many times as much one group's sessions take as another's, within strata: the sum over strata of w m1 over that of
 * w m2, m the means and w = n1 n2 / (n1 + n2) the weights of Mantel and Haenszel, so that a group that is found where
 * everything is dear does not look dear for it. The interval leaves out one cluster after the other (jackknife of the
 * logarithm, Student's t): with strata as clusters it is for new strata like these, with runs or sessions for new ones of
 * these strata.
 *
 * ```ts
 * import { equal, ok } from "node:assert/strict";
 * import { meanRatio } from "agent-trace-lab/stats";
 * // Failed sessions take twice as much in every config, but most of them are in the cheap ones.
 * const strata = [[10, 40, 5], [12, 30, 8], [90, 6, 40], [100, 8, 50]].map(([mean, n1, n2], i) => ({
 *   stratum: `config ${i}`,
 *   n1: n1!,
 *   total1: 2 * mean! * n1! * (1 + i / 50),
 *   n2: n2!,
 *   total2: mean! * n2!,
 * }));
 * const { within, pooled, simpson } = meanRatio(strata);
 * ok(within.lo > 1.8 && pooled.estimate < 1);
 * equal(simpson, "turned");
 * ```
 *
 * @throws {RangeError} when a count is not whole, a sum is negative, fewer than two clusters compare, or a side's sums are 0
 * @see Miller (1974), Biometrika 61, 1-15 (the jackknife of ratios)
 */
export function meanRatio(rows: readonly TwoTotals[]): StratifiedMeans {
  return compared(rows, "meanRatio", logWithin, logPooled, Math.exp);
}

/**
 * By how much one group's mean exceeds another's within strata: the mean over strata of m1 - m2 with the weights of Mantel and
 * Haenszel, w = n1 n2 / (n1 + n2), its interval by leaving out one cluster after the other (Student's t). Of successes
 * (totals are counts of them) this is the difference of {@link mantelHaenszel} with sessions of a run alike.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { meanDifference } from "agent-trace-lab/stats";
 * const runs = Array.from({ length: 12 }, (_, i) => ({
 *   stratum: `suite ${i % 3}`,
 *   cluster: `run ${i}`,
 *   n1: 10,
 *   total1: 5 + i % 3 + i % 2,
 *   n2: 10,
 *   total2: 3 + i % 3,
 * }));
 * const { within } = meanDifference(runs);
 * ok(within.lo > 0.2 && within.hi < 0.3);
 * ```
 *
 * @throws {RangeError} when a count is not whole, a sum is negative, or fewer than two clusters compare
 * @see Mantel and Haenszel (1959), JNCI 22, 719-748; Miller (1974), Biometrika 61, 1-15
 */
export function meanDifference(rows: readonly TwoTotals[]): StratifiedMeans {
  return compared(rows, "meanDifference", differenceWithin, differencePooled, (value) => value);
}

function compared(
  rows: readonly TwoTotals[],
  what: string,
  withinOf: (strata: Iterable<Sums>) => number,
  pooledOf: (strata: Iterable<Sums>) => number,
  back: (value: number) => number,
): StratifiedMeans {
  rows.forEach((row, i) => {
    for (const name of ["n1", "n2"] as const) {
      if (!Number.isInteger(row[name]) || row[name] < 0) {
        throw new RangeError(`${what}, row ${i}: expected ${name} as a whole number from 0, found ${row[name]}`);
      }
    }
    for (const name of ["total1", "total2"] as const) {
      if (!(row[name] >= 0)) throw new RangeError(`${what}, row ${i}: expected ${name} from 0, found ${row[name]}`);
    }
  });
  const strata = new Map<string, Sums>();
  for (const row of rows) strata.set(row.stratum, plus(strata.get(row.stratum) ?? NONE, row, 1));
  const compares = (s: Sums) => s.n1 > 0 && s.n2 > 0;
  const clusters = new Map<string, TwoTotals[]>();
  for (const row of rows) {
    if (!compares(strata.get(row.stratum)!)) continue;
    const name = row.cluster ?? row.stratum;
    clusters.set(name, [...clusters.get(name) ?? [], row]);
  }
  if (clusters.size < 2) {
    throw new RangeError(`${what}: expected two clusters in strata with both groups, found ${clusters.size}`);
  }
  const usable = new Map([...strata].filter(([, s]) => compares(s)));
  const within = jackknife(clusters, usable, withinOf), pooled = jackknife(clusters, usable, pooledOf);
  const ends = ({ estimate, lo, hi }: Interval) => ({ estimate: back(estimate), lo: back(lo), hi: back(hi) });
  return {
    within: { ...within, ...ends(within) },
    pooled: ends(pooled),
    simpson: simpsonOf(within, pooled),
    strata: usable.size,
    leftOut: strata.size - usable.size,
    clusters: clusters.size,
  };
}

interface Sums {
  n1: number;
  total1: number;
  n2: number;
  total2: number;
}

const NONE: Sums = { n1: 0, total1: 0, n2: 0, total2: 0 };

function plus(sums: Sums, row: Sums, sign: 1 | -1): Sums {
  return {
    n1: sums.n1 + sign * row.n1,
    total1: sums.total1 + sign * row.total1,
    n2: sums.n2 + sign * row.n2,
    total2: sums.total2 + sign * row.total2,
  };
}

function logWithin(strata: Iterable<Sums>): number {
  let [first, second] = [0, 0];
  for (const { n1, total1, n2, total2 } of strata) {
    if (n1 <= 0 || n2 <= 0) continue;
    first += total1 * n2 / (n1 + n2);
    second += total2 * n1 / (n1 + n2);
  }
  return Math.log(first / second);
}

function logPooled(strata: Iterable<Sums>): number {
  let all = NONE;
  for (const own of strata) all = plus(all, own, 1);
  return Math.log(all.total1 / all.n1 / (all.total2 / all.n2));
}

function differenceWithin(strata: Iterable<Sums>): number {
  let [weighted, weights] = [0, 0];
  for (const { n1, total1, n2, total2 } of strata) {
    if (n1 <= 0 || n2 <= 0) continue;
    weighted += (total1 * n2 - total2 * n1) / (n1 + n2);
    weights += n1 * n2 / (n1 + n2);
  }
  return weighted / weights;
}

function differencePooled(strata: Iterable<Sums>): number {
  let all = NONE;
  for (const own of strata) all = plus(all, own, 1);
  return all.total1 / all.n1 - all.total2 / all.n2;
}

function jackknife(
  clusters: ReadonlyMap<string, readonly TwoTotals[]>,
  strata: ReadonlyMap<string, Sums>,
  log: (strata: Iterable<Sums>) => number,
): Estimate {
  const estimate = log(strata.values());
  if (!Number.isFinite(estimate)) throw new RangeError("one group's sums are all 0, so there is no ratio of means");
  const left = [...clusters.values()].map((rows) => {
    const without = new Map(strata);
    for (const row of rows) without.set(row.stratum, plus(without.get(row.stratum)!, row, -1));
    return log(without.values());
  }).filter(Number.isFinite);
  const G = left.length, centre = left.reduce((a, b) => a + b, 0) / G;
  const stdError = Math.sqrt((G - 1) / G * left.reduce((sum, v) => sum + (v - centre) ** 2, 0));
  const reach = studentTQuantile(0.975, G - 1) * stdError, statistic = estimate === 0 ? 0 : estimate / stdError;
  return {
    estimate,
    stdError,
    statistic,
    pValue: studentTPValue(statistic, G - 1),
    lo: estimate - reach,
    hi: estimate + reach,
  };
}
