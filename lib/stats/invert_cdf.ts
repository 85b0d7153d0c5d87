/**
 * The x in [lo, hi] at which an increasing function reaches p, by bisection down to neighbouring doubles (at most 200
 * halvings). Quantiles of a distribution come from its distribution function, so the two never disagree.
 */
export function invertCdf(cdf: (x: number) => number, p: number, lo: number, hi: number): number {
  let [below, above] = [lo, hi];
  for (let i = 0; i < 200; i++) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) break;
    if (cdf(middle) < p) below = middle;
    else above = middle;
  }
  return below + (above - below) / 2;
}
