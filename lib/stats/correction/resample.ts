import type { Random } from "../resampling/random.ts";
import type { Confusion } from "./confusion.ts";

/** Below this expected count of the rarer outcome, waiting times are quicker than a search from the mode. */
const FEW = 12;

/**
 * Draws the number of successes in `n` trials of probability `p`: by waiting times between successes where few are
 * expected, otherwise by inversion outwards from the mode, in time proportional to the standard deviation (Devroye 1986,
 * Non-Uniform Random Variate Generation, X.4).
 */
export function drawBinomial(random: Random, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - drawBinomial(random, n, 1 - p);
  return n * p < FEW ? byWaiting(random, n, p) : fromMode(random, n, p);
}

function byWaiting(random: Random, n: number, p: number): number {
  const scale = Math.log1p(-p);
  let drawn = 0, at = 0;
  while (true) {
    at += Math.floor(Math.log1p(-random()) / scale) + 1;
    if (at > n) return drawn;
    drawn++;
  }
}

function fromMode(random: Random, n: number, p: number): number {
  const odds = p / (1 - p), mode = Math.floor((n + 1) * p);
  const atMode = Math.exp(
    logFactorial(n) - logFactorial(mode) - logFactorial(n - mode) + mode * Math.log(p) + (n - mode) * Math.log1p(-p),
  );
  let left = random() - atMode;
  if (left < 0) return mode;
  let [down, up, below, above] = [mode, mode, atMode, atMode];
  while (down > 0 || up < n) {
    if (up < n) {
      above *= (n - up) / (up + 1) * odds;
      up++;
      left -= above;
      if (left < 0) return up;
    }
    if (down > 0) {
      below *= down / (n - down + 1) / odds;
      down--;
      left -= below;
      if (left < 0) return down;
    }
  }
  // Only rounding of the probabilities' sum leads here.
  return mode;
}

/** log n! by Stirling's series, exact to about 1e-12 from 10 on; by products below. */
function logFactorial(n: number): number {
  if (n < 10) {
    let product = 1;
    for (let i = 2; i <= n; i++) product *= i;
    return Math.log(product);
  }
  const inverse = 1 / n, square = inverse * inverse;
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) +
    inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
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
