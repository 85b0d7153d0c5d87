import { type CountRow, quantile, type Random, randomIndex, sharesOfR2 } from "../../stats/mod.ts";
import { FACTORS } from "../explain/factors.ts";
import { varies } from "../explain/fits.ts";
import { ratioOfShares } from "../explain/share.ts";

/** How much more of success one factor explains than another, as far as the cells can say. */
export interface ShareOrder {
  /** Share of R2 that the first adds. */
  first: number;
  /** Share of R2 that the second adds. */
  second: number;
  /** First less second. */
  estimate: number;
  /** Lower end of its 95% interval, for new cells (cells resampled). */
  lo: number;
  /** Upper end. */
  hi: number;
  /** First over second; null where the second adds nothing. */
  ratio: number | null;
  /** Lower end of its interval. */
  ratio_lo: number | null;
  /** Upper end. */
  ratio_hi: number | null;
  /** Share of resamples in which the first adds more. */
  support: number;
  /** Cells. */
  cells: number;
  /** Sessions. */
  n: number;
}

/**
 * Which of two factors explains more of success, with cells drawn again: the order of two shares can be sure where their ratio
 * is anything from 1 to 100. Null where success does not vary.
 *
 * @param draws resamples; 500 by default
 */
export function shareOrder(
  rows: readonly CountRow[],
  [first, second]: readonly [typeof FACTORS[number], typeof FACTORS[number]],
  { random, draws = 500 }: { random: Random; draws?: number },
): ShareOrder | null {
  const cells = rows.filter((r) => r.n > 0);
  if (!varies(cells)) return null;
  const shares = (of: readonly CountRow[]) => {
    const { incremental } = sharesOfR2(of, FACTORS);
    return { a: incremental[first] ?? NaN, b: incremental[second] ?? NaN };
  };
  const own = shares(cells);
  const drawn = Array.from({ length: draws }, () => cells.map(() => cells[randomIndex(random, cells.length)]!))
    .filter(varies).map(shares).filter(({ a, b }) => Number.isFinite(a) && Number.isFinite(b));
  if (!drawn.length) return null;
  const differences = drawn.map(({ a, b }) => a - b);
  const ratios = drawn.flatMap(({ a, b }) => ratioOfShares(a, b) ?? []);
  return {
    first: own.a,
    second: own.b,
    estimate: own.a - own.b,
    lo: quantile(differences, 0.025),
    hi: quantile(differences, 0.975),
    ratio: ratioOfShares(own.a, own.b),
    ratio_lo: ratios.length ? quantile(ratios, 0.025) : null,
    ratio_hi: ratios.length ? quantile(ratios, 0.975) : null,
    support: differences.filter((d) => d > 0).length / differences.length,
    cells: cells.length,
    n: cells.reduce((sum, r) => sum + r.n, 0),
  };
}
