import { type Random, randomIndex } from "../resampling/random.ts";
import type { CountRow } from "./count_row.ts";
import { sharesOfR2 } from "./shares_of_r2.ts";

/**
 * Draws of the factors' incremental shares of R2 with whole clusters resampled, for what {@link shareIntervals} does not
 * answer: how often one factor explains more than another, what their ratio may be. Shares of draws are too large, as those
 * of samples are, the more so the more levels a factor has; comparisons of factors bear that, single shares do not.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { seededRandom, shareDraws } from "agent-trace-lab/stats";
 * const rows = Array.from({ length: 24 }, (_, i) => ({
 *   levels: { harness: `h${i % 2}`, model: `m${i % 3}` },
 *   cluster: `run ${i}`,
 *   n: 30,
 *   k: 10 + 9 * (i % 2) + i * 7 % 5,
 * }));
 * const { harness, model } = shareDraws(rows, ["harness", "model"], { random: seededRandom(1), draws: 100 });
 * ok(harness!.filter((share, i) => share > model![i]!).length > 95);
 * ```
 *
 * @returns by factor, draws in one order; draws in which every outcome is the same are left out
 * @throws {RangeError} when a row is not right or no row has a trial
 */
export function shareDraws(
  rows: readonly CountRow[],
  factors: readonly string[],
  { random, draws = 1000 }: { random: Random; draws?: number },
): Record<string, number[]> {
  const clusters = new Map<string, CountRow[]>();
  for (const row of rows) clusters.set(row.cluster, [...clusters.get(row.cluster) ?? [], row]);
  const units = [...clusters.values()];
  const found: Record<string, number[]> = Object.fromEntries(factors.map((f) => [f, []]));
  for (let draw = 0; draw < draws; draw++) {
    const sample = units.flatMap(() => units[randomIndex(random, units.length)]!);
    const { full, incremental } = sharesOfR2(sample, factors);
    if (!Number.isNaN(full)) { for (const factor of factors) found[factor]!.push(incremental[factor]!); }
  }
  return found;
}
