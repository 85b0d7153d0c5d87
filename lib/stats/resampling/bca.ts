import { normalCdf, normalQuantile } from "../distributions/normal.ts";

/**
 * The quantile levels of a bias-corrected and accelerated interval, or why there are none.
 *
 * z0 = quantile of the share of draws below the estimate (half of those equal to it);
 * a = sum d^3 / (6 (sum d^2)^1.5) with d the jackknife mean less each jackknife value;
 * level = Phi(z0 + (z0 + z) / (1 - a (z0 + z))).
 *
 * @param draws in increasing order
 * @param leftOut the statistic with each unit left out in turn
 * @see Efron (1987), JASA 82, 171-185
 */
export function bcaTails(
  estimate: number,
  draws: Float64Array,
  leftOut: readonly number[],
  tail: number,
): { levels: [number, number] | null; note: string | null } {
  if (!Number.isFinite(estimate) || !leftOut.every(Number.isFinite)) {
    return none("the statistic is not finite in the sample or with one unit left out");
  }
  const below = draws.reduce((count, v) => count + (v < estimate ? 1 : v === estimate ? 0.5 : 0), 0) / draws.length;
  if (below === 0 || below === 1) return none("all draws lie on one side of the estimate");
  const mean = leftOut.reduce((total, v) => total + v, 0) / leftOut.length;
  const [squares, cubes] = leftOut.reduce(([s, c], v) => [s + (mean - v) ** 2, c + (mean - v) ** 3] as const, [0, 0]);
  if (squares === 0) return none("the statistic does not change when a unit is left out");
  const acceleration = cubes / (6 * squares ** 1.5);
  const bias = normalQuantile(below);
  const level = (p: number) => {
    const z = bias + normalQuantile(p);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  return { levels: [level(tail), level(1 - tail)], note: null };
}

function none(why: string): { levels: null; note: string } {
  return { levels: null, note: `percentile instead of BCa: ${why}` };
}
