import type { Random } from "../random.ts";
import type { Confusion } from "./confusion.ts";

/**
 * Draws the number of successes in `n` trials of probability `p`, by the waiting times between the rarer outcome
 * (Devroye 1986, X.4.3), in time proportional to n min(p, 1 - p).
 */
export function drawBinomial(random: Random, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - drawBinomial(random, n, 1 - p);
  const scale = Math.log1p(-p);
  let drawn = 0, at = 0;
  while (true) {
    at += Math.floor(Math.log1p(-random()) / scale) + 1;
    if (at > n) return drawn;
    drawn++;
  }
}

/**
 * Draws a confusion table of the same size. Half a session is added to each of the four counts before drawing, so that
 * an outcome that was not seen among few labels keeps a chance (a plain bootstrap would call it impossible).
 */
export function drawConfusion(random: Random, c: Confusion): Confusion {
  const n = c.tp + c.fp + c.fn + c.tn;
  let left = n, mass = n + 2;
  const next = (count: number) => {
    const drawn = drawBinomial(random, left, (count + 0.5) / mass);
    left -= drawn;
    mass -= count + 0.5;
    return drawn;
  };
  const tp = next(c.tp), fp = next(c.fp), fn = next(c.fn);
  return { tp, fp, fn, tn: left };
}

/** Percentile interval of sorted-in-place draws by linear interpolation; infinities are kept as they are. */
export function percentileInterval(draws: Float64Array, level = 0.95): { lo: number; hi: number } {
  draws.sort();
  const at = (q: number) => {
    const h = q * (draws.length - 1), i = Math.floor(h);
    const low = draws[i] ?? NaN, high = draws[Math.min(i + 1, draws.length - 1)] ?? NaN;
    return low === high ? low : low + (h - i) * (high - low);
  };
  return { lo: at((1 - level) / 2), hi: at((1 + level) / 2) };
}
