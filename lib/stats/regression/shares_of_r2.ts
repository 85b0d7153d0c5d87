import { columnsOf, holds } from "./columns.ts";
import { checkCountRows, type CountRow } from "./count_row.ts";
import { newDirection, product } from "./dependencies.ts";
import { factorLevels } from "./levels.ts";
import { countPatterns } from "./patterns.ts";

/** How much of the variance of success the factors explain, and each one's part. */
export interface R2Shares {
  /** R2 with all factors; NaN when every outcome is the same. */
  full: number;
  /** R2 lost when the factor alone is left out. Does not add up to `full` when factors overlap. */
  incremental: Record<string, number>;
  /** R2 gained when the factor enters, averaged over all orders of entry. Adds up to `full`. */
  lmg: Record<string, number>;
}

/** Subsets double with each factor. */
const MOST_FACTORS = 12;

/**
 * Shares of R2 of categorical factors in a linear probability model, from counts.
 *
 * With R2(S) of the model with the factors S out of m: incremental = R2(all) - R2(all but f); LMG = the sum over S
 * without f of |S|! (m - |S| - 1)! / m! times (R2(S and f) - R2(S)).
 *
 * All R2 come from one design: a subset's R2 is the part of the outcome in the span of its columns.
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { sharesOfR2 } from "agent-trace-lab/stats";
 * const rows = [["a", "u", 3], ["a", "v", 5], ["b", "u", 6], ["b", "v", 9]].map(([harness, model, k], i) => ({
 *   levels: { harness: `${harness}`, model: `${model}` },
 *   cluster: `run ${i}`,
 *   n: 10,
 *   k: Number(k),
 * }));
 * const { full, lmg } = sharesOfR2(rows, ["harness", "model"]);
 * ok(Math.abs(lmg["harness"]! + lmg["model"]! - full) < 1e-12);
 * ```
 *
 * @throws {RangeError} when a row is not right, no row has a trial, or there are more than 12 factors
 * @see Lindeman, Merenda, Gold (1980), Introduction to Bivariate and Multivariate Analysis; Groemping (2006), JSS 17(1)
 */
export function sharesOfR2(rows: readonly CountRow[], factorNames: readonly string[]): R2Shares {
  const m = factorNames.length;
  if (m > MOST_FACTORS) throw new RangeError(`sharesOfR2: expected at most ${MOST_FACTORS} factors, found ${m}`);
  checkCountRows(rows, factorNames);
  const r2 = r2OfSubsets(rows, factorNames);
  const orders = Array.from({ length: m }, (_, size) => factorial(size) * factorial(m - size - 1) / factorial(m));
  const full = r2[2 ** m - 1]!;
  const incremental: Record<string, number> = {};
  const lmg: Record<string, number> = {};
  factorNames.forEach((name, i) => {
    const bit = 1 << i;
    incremental[name] = full - r2[(2 ** m - 1) & ~bit]!;
    lmg[name] = r2.reduce(
      (total, without, subset) =>
        subset & bit ? total : total + orders[bitCount(subset)]! * (r2[subset | bit]! - without),
      0,
    );
  });
  return { full, incremental, lmg };
}

/** R2 by subset, bit i standing for factor i. */
function r2OfSubsets(rows: readonly CountRow[], names: readonly string[]): number[] {
  const { patterns } = countPatterns(rows, names);
  const [n, k] = [patterns.reduce((total, p) => total + p.n, 0), patterns.reduce((total, p) => total + p.k, 0)];
  // A pattern's n observations stand as one row scaled by sqrt(n), which keeps all products of columns and outcomes.
  const outcome = Float64Array.from(patterns, (p) => p.k / Math.sqrt(p.n));
  const columns = columnsOf(names.map((name) => factorLevels(rows, { name })), []).map(({ when }) => ({
    factor: when[0]?.[0] ?? -1,
    values: Float64Array.from(patterns, (p) => holds({ when }, p.levels) ? Math.sqrt(p.n) : 0),
  }));
  const result = new Array<number>(2 ** names.length).fill(NaN);
  if (k === 0 || k === n) return result;
  const extend = (basis: readonly Float64Array[], explained: number, next: number, subset: number): void => {
    if (next === names.length) {
      result[subset] = explained / (k - k * k / n);
      return;
    }
    extend(basis, explained, next + 1, subset);
    const wider = [...basis];
    let more = explained;
    for (const { factor, values } of columns) {
      const direction = factor === next ? newDirection(values, wider) : null;
      if (direction === null) continue;
      wider.push(direction);
      more += product(direction, outcome) ** 2;
    }
    extend(wider, more, next + 1, subset | (1 << next));
  };
  extend([newDirection(columns[0]!.values, [])!], 0, 0, 0);
  return result;
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function bitCount(bits: number): number {
  return bits === 0 ? 0 : (bits & 1) + bitCount(bits >> 1);
}
