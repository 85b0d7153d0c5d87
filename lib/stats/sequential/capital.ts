import { checkNamedCounts } from "../counts.ts";
import { logFactorial } from "../distributions/log_factorial.ts";

/** What came since the last look: so many sessions, so many of them solved. */
export interface Batch {
  /** Sessions. */
  n: number;
  /** Of them solved. */
  k: number;
}

/**
 * Log of what a bettor against the rate m has made of 1 after k successes in n: the mean of the likelihood of all rates,
 * weighed by Beta(1/2, 1/2), over the likelihood of m. If m is right that is a fair game, in whatever order and portions
 * outcomes come, so it ever reaches x with a chance of at most 1/x. Convex in m, least at k / n.
 *
 * @see Robbins (1970), Annals of Mathematical Statistics 41, 1397-1409; Krichevsky and Trofimov (1981), IEEE Trans.
 *   Information Theory 27, 199-207
 */
export function logCapital({ n, k }: Batch, m: number): number {
  return halves(k) + halves(n - k) - logFactorial(n) - logLikelihood({ n, k }, m);
}

/** log of Gamma(k + 1/2) / Gamma(1/2). */
function halves(k: number): number {
  return logFactorial(2 * k) - 2 * k * Math.LN2 - logFactorial(k);
}

/** k log m + (n - k) log(1 - m). */
function logLikelihood({ n, k }: Batch, m: number): number {
  return (k > 0 ? k * Math.log(m) : 0) + (n > k ? (n - k) * Math.log1p(-m) : 0);
}

/** @throws {RangeError} when a batch's counts are not right */
export function checkBatch({ n, k }: Batch, what: string): void {
  checkNamedCounts({ n, k }, what);
  if (k > n) throw new RangeError(`${what}: expected k from 0 to n = ${n}, found ${k}`);
}

/** Where a function that is below the goal at `inside` and not below it at `outside` reaches it. */
export function boundary(f: (x: number) => number, goal: number, inside: number, outside: number): number {
  if (f(outside) < goal) return outside;
  let [kept, left] = [inside, outside];
  for (let step = 0; step < 60; step++) {
    const middle = (kept + left) / 2;
    if (f(middle) < goal) kept = middle;
    else left = middle;
  }
  return left;
}
