import { bcaTails } from "./bca.ts";
import { quantileSorted } from "../descriptive/quantile.ts";
import { type Random, randomIndex } from "./random.ts";
import type { Interval } from "../types.ts";

/** How to resample. */
export interface BootstrapOptions<T> {
  /** Where chance comes from. */
  random: Random;
  /** Resamples; 2,000 by default. */
  draws?: number;
  /** 0.95 by default. */
  confidence?: number;
  /** `percentile` by default. */
  method?: "percentile" | "bca";
  /** What an item belongs to; whole clusters are then drawn instead of items. */
  clusterOf?: (item: T) => string;
}

/** A bootstrap interval. An end may be infinite. */
export interface BootstrapResult extends Interval {
  /** Standard deviation of the finite draws. */
  stdError: number;
  /** The method used. */
  method: "percentile" | "bca";
  /** Resamples drawn. */
  draws: number;
  /** Draws in which the statistic was infinite; they count, at their end of the distribution. */
  infinite: number;
  /** Draws in which the statistic was NaN; they are left out. */
  undefined: number;
  /** What was resampled: so many items, or so many clusters of them. */
  units: number;
  /** Why the interval is not of the method asked for; null when it is. */
  note: string | null;
}

/**
 * Bootstrap interval of any statistic of a sample: items, or whole clusters of them, are drawn with replacement as often
 * as there are, and the statistic computed again. `percentile` takes quantiles of the draws; `bca` shifts them for bias
 * and skewness, with the acceleration from leaving out each unit in turn (as many further evaluations as units).
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { bootstrap, seededRandom } from "agent-trace-lab/stats";
 * const seconds = [3, 5, 8, 9, 14, 20, 22, 30];
 * const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
 * const { lo, estimate, hi } = bootstrap(seconds, mean, { random: seededRandom(1), method: "bca" });
 * ok(lo < estimate && estimate < hi);
 * ```
 *
 * @param items not changed; the statistic gets a new array each time
 * @param statistic may return Infinity (counted) or NaN (left out, counted)
 * @throws {RangeError} when there are no items or no draw has a value
 * @see Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 13 and 14
 */
export function bootstrap<T>(
  items: readonly T[],
  statistic: (sample: readonly T[]) => number,
  { random, draws = 2000, confidence = 0.95, method = "percentile", clusterOf }: BootstrapOptions<T>,
): BootstrapResult {
  if (items.length === 0) throw new RangeError("bootstrap: expected at least one item, found none");
  const units = clusterOf ? clustersOf(items, clusterOf) : items.map((item) => [item]);
  const estimate = statistic(items);
  const all = Float64Array.from({ length: draws }, () => statistic(resample(units, random)));
  const values = all.filter((v) => !Number.isNaN(v)).sort();
  if (values.length === 0) {
    throw new RangeError(`bootstrap: the statistic is NaN in all ${draws} resamples of ${units.length} units`);
  }
  const tail = (1 - confidence) / 2;
  const tails = method === "bca" ? bcaTails(estimate, values, jackknife(units, statistic), tail) : null;
  const [low, high] = tails?.levels ?? [tail, 1 - tail];
  const finite = values.filter(Number.isFinite);
  return {
    estimate,
    lo: quantileSorted(values, low),
    hi: quantileSorted(values, high),
    stdError: deviation(finite),
    method: tails?.levels ? "bca" : "percentile",
    draws,
    infinite: values.length - finite.length,
    undefined: draws - values.length,
    units: units.length,
    note: tails?.note ?? null,
  };
}

function clustersOf<T>(items: readonly T[], clusterOf: (item: T) => string): T[][] {
  const clusters = new Map<string, T[]>();
  for (const item of items) {
    const name = clusterOf(item);
    const cluster = clusters.get(name);
    if (cluster) cluster.push(item);
    else clusters.set(name, [item]);
  }
  return [...clusters.values()];
}

function resample<T>(units: readonly T[][], random: Random): T[] {
  const sample: T[] = [];
  for (let i = 0; i < units.length; i++) {
    for (const item of units[randomIndex(random, units.length)]!) sample.push(item);
  }
  return sample;
}

function jackknife<T>(units: readonly T[][], statistic: (sample: readonly T[]) => number): number[] {
  return units.map((_, left) => statistic(units.flatMap((unit, i) => i === left ? [] : unit)));
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((total, v) => total + v, 0) / values.length;
  return Math.sqrt(values.reduce((total, v) => total + (v - mean) ** 2, 0) / (values.length - 1));
}
