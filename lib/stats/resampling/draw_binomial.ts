import { logChoose } from "../distributions/log_factorial.ts";
import type { Random } from "./random.ts";

/** Below this expected count of the rarer outcome, waiting times are quicker than a search from the mode. */
const FEW = 12;

/**
 * Draws the number of successes in `n` trials of probability `p`: by waiting times between successes where few are
 * expected, otherwise by inversion outwards from the mode, in time proportional to the standard deviation (Devroye 1986,
 * Non-Uniform Random Variate Generation, X.4).
 *
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { drawBinomial, seededRandom } from "agent-trace-lab/stats";
 * const solved = drawBinomial(seededRandom(1), 1_000_000, 0.3);
 * ok(Math.abs(solved - 300_000) < 3_000);
 * ```
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
  const atMode = Math.exp(logChoose(n, mode) + mode * Math.log(p) + (n - mode) * Math.log1p(-p));
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
