/**
 * P(Z <= z) of the standard normal distribution.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { normalCdf } from "agent-trace-lab/stats";
 * equal(normalCdf(0), 0.5);
 * ```
 */
export function normalCdf(z: number): number {
  return z > 0 ? 1 - upperTail(z) : upperTail(-z);
}

/**
 * The z with P(Z <= z) = p.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { normalQuantile } from "agent-trace-lab/stats";
 * equal(normalQuantile(0.975).toFixed(3), "1.960");
 * ```
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  return p < 0.5 ? -upperQuantile(p) : p > 0.5 ? upperQuantile(1 - p) : 0;
}

/**
 * Two-sided p-value of a standard normal statistic; accurate far into the tails. NaN stays NaN.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { normalPValue } from "agent-trace-lab/stats";
 * equal(normalPValue(1.959963984540054).toFixed(6), "0.050000");
 * ```
 */
export function normalPValue(z: number): number {
  return Math.min(1, 2 * upperTail(Math.abs(z)));
}

/** Below this the series is summed, above it the continued fraction. */
const SERIES_TO = 1;

/** P(Z > z), z >= 0, to a few units in the last place, far into the tail. */
function upperTail(z: number): number {
  if (z === Infinity) return 0;
  return z < SERIES_TO ? 0.5 - density(z) * series(z) : density(z) * fraction(z);
}

/** The density; the square is taken in two parts, because its rounding alone would cost digits in the tail. */
function density(z: number): number {
  const high = Math.trunc(z * 16) / 16;
  return Math.exp(-high * high / 2) * Math.exp(-(z - high) * (z + high) / 2) / Math.sqrt(2 * Math.PI);
}

/** z + z^3 / 3 + z^5 / (3 · 5) + …; @see Abramowitz and Stegun (1964), 26.2.11 */
function series(z: number): number {
  let [sum, term] = [z, z];
  for (let k = 3;; k += 2) {
    term *= z * z / k;
    if (sum + term === sum || Number.isNaN(term)) return sum;
    sum += term;
  }
}

/** Mills' ratio 1 / (z + 1 / (z + 2 / (z + 3 / …))), from its far end; @see Abramowitz and Stegun (1964), 26.2.14 */
function fraction(z: number): number {
  let value = z;
  for (let k = Math.ceil(20 + 800 / (z * z)); k > 0; k--) value = z + k / value;
  return 1 / value;
}

/** The z with P(Z > z) = p, 0 < p < 1/2: a start right to 4.5e-4 and steps of Halley's. */
function upperQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let step = 0; step < 3; step++) {
    const slope = density(z);
    if (slope === 0) break;
    // Near the middle both sides of p are of half the mass: what is beyond the middle is compared instead.
    const over = z < SERIES_TO ? (0.5 - p) - slope * series(z) : slope * fraction(z) - p;
    const error = over / slope;
    z += error / (1 + z * error / 2);
  }
  return Math.max(0, z);
}
