import type { CountRow } from "./count_row.ts";
import { fitLinear } from "./linear_model.ts";

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
 * @throws {RangeError} when a row is not right, no row has a trial, or there are more than 12 factors
 * @see Lindeman, Merenda, Gold (1980), Introduction to Bivariate and Multivariate Analysis; Groemping (2006), JSS 17(1)
 */
export function sharesOfR2(rows: readonly CountRow[], factorNames: readonly string[]): R2Shares {
  const m = factorNames.length;
  if (m > MOST_FACTORS) throw new RangeError(`sharesOfR2: expected at most ${MOST_FACTORS} factors, found ${m}`);
  const r2 = Array.from({ length: 2 ** m }, (_, subset) => {
    const factors = factorNames.filter((_, i) => subset & (1 << i)).map((name) => ({ name }));
    return fitLinear(rows, { factors }).rSquared;
  });
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

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function bitCount(bits: number): number {
  return bits === 0 ? 0 : (bits & 1) + bitCount(bits >> 1);
}
