/** From here on the first six terms of the series are exact to a double. */
const SERIES_FROM = 16;

/** Terms of Stirling's series: B(2k) / (2k (2k - 1)). */
const TERMS = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360] as const;

/**
 * What Stirling's formula leaves of log Γ(z + 1), z > 0: log Γ(z + 1) - (z + 1/2) log z + z - log(2 π) / 2. Below 16 by the
 * recurrence, each step of which adds (z + 1/2) log(1 + 1/z) - 1.
 *
 * @see Loader (2000), Fast and accurate computation of binomial probabilities
 */
export function stirlingError(z: number): number {
  let [at, sum] = [z, 0];
  for (; at < SERIES_FROM; at++) sum += (at + 0.5) * Math.log1p(1 / at) - 1;
  const square = 1 / (at * at);
  let series = 0;
  for (let k = TERMS.length - 1; k >= 0; k--) series = series * square + TERMS[k]!;
  return sum + series / at;
}

/**
 * x log(x / m) + m - x for x, m > 0 without cancellation where the two are close.
 *
 * @param d x - m, where it is known better than from the two
 *
 * @see Loader (2000), Fast and accurate computation of binomial probabilities
 */
export function deviance(x: number, m: number, d: number = x - m): number {
  if (Math.abs(d) >= 0.1 * (x + m)) return x * Math.log(x / m) - d;
  const v = d / (x + m);
  let [sum, power] = [d * v, 2 * x * v];
  for (let k = 3;; k += 2) {
    power *= v * v;
    const next = sum + power / k;
    if (next === sum) return sum;
    sum = next;
  }
}
