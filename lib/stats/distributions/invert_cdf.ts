/** Enough to halve any interval of doubles down to neighbours, even if every other step were wasted. */
const MOST_STEPS = 200;

/**
 * The x in [lo, hi] at which an increasing function reaches p, to within a few units in the last place. Quantiles of a
 * distribution come from its distribution function, so the two never disagree.
 *
 * False position with halved weights (Illinois), and every third step a bisection, so that a bracket that only shrinks
 * from one side still shrinks.
 *
 * @param close how near, relative to x, is near enough
 * @see Dahlquist and Bjorck (1974), Numerical Methods, section 6.2
 */
export function invertCdf(
  cdf: (x: number) => number,
  p: number,
  lo: number,
  hi: number,
  close = 4 * Number.EPSILON,
): number {
  let [below, above] = [lo, hi];
  let [under, over] = [cdf(below) - p, cdf(above) - p];
  let last = 0;
  for (let step = 1; step <= MOST_STEPS; step++) {
    const width = above - below;
    if (under >= 0) return below;
    if (over <= 0) return above;
    if (width <= close * Math.abs(above)) break;
    const falsePosition = below - under * width / (over - under);
    const inside = falsePosition > below && falsePosition < above && step % 3 !== 0;
    const x = inside ? falsePosition : below + width / 2;
    if (x <= below || x >= above) break;
    const y = cdf(x) - p;
    if (y < 0) {
      [below, under] = [x, y];
      if (last < 0) over /= 2;
    } else {
      [above, over] = [x, y];
      if (last > 0) under /= 2;
    }
    last = Math.sign(y);
  }
  return below + (above - below) / 2;
}
