/** A lattice finer or longer than this is not walked. */
const MOST_POINTS = 400_000, MOST_WORK = 200_000_000;
const MOST_DENOMINATOR = 5_040;

/**
 * The exact two-sided p-value of differences that are as likely with either sign: the share of all 2^m assignments of signs
 * whose sum is as far from 0 as the observed one. Differences must be whole multiples of 1 / `denominator`; the
 * distribution of the sum is then built by convolution, without listing assignments.
 *
 * @returns null where the lattice is too fine for that
 */
export function signFlipPValue(differences: readonly number[], denominator: number): number | null {
  if (!(denominator <= MOST_DENOMINATOR)) return null;
  const steps = differences.map((d) => Math.round(Math.abs(d) * denominator)).filter((d) => d > 0);
  const reach = steps.reduce((a, b) => a + b, 0);
  const observed = Math.abs(differences.reduce((sum, d) => sum + Math.round(d * denominator), 0));
  if (2 * reach + 1 > MOST_POINTS || steps.length * reach > MOST_WORK) return null;
  let probabilities = new Float64Array(2 * reach + 1);
  probabilities[reach] = 1;
  let width = 0;
  for (const step of steps) {
    const next = new Float64Array(probabilities.length);
    for (let i = reach - width; i <= reach + width; i++) {
      const half = probabilities[i]! / 2;
      if (half === 0) continue;
      next[i - step]! += half;
      next[i + step]! += half;
    }
    width += step;
    probabilities = next;
  }
  let tail = 0;
  for (let i = 0; i < probabilities.length; i++) if (Math.abs(i - reach) >= observed) tail += probabilities[i]!;
  return Math.min(1, tail);
}

/** The least common multiple of whole numbers; Infinity beyond 10^6, where nobody needs it. */
export function leastCommonMultiple(values: Iterable<number>): number {
  let multiple = 1;
  for (const value of values) {
    let [a, b] = [multiple, value];
    while (b) [a, b] = [b, a % b];
    multiple *= value / a;
    if (multiple > 1e6) return Infinity;
  }
  return multiple;
}
