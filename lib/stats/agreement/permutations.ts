/** Up to so many pairs all orders are tried: 9! = 362,880. */
export const MOST_PERMUTED = 9;
/** Scores are sums of ranks and signs; a difference this small is rounding. */
const ROUNDING = 1e-9;

/**
 * The share of all orders of y, x held fixed, whose score is as far from its centre as the observed one or farther: the
 * exact two-sided p-value of no association, ties and all.
 *
 * @param score of x and an order of y; 0 where there is no association
 */
export function permutationPValue(
  x: readonly number[],
  y: readonly number[],
  score: (x: readonly number[], y: readonly number[]) => number,
): number {
  const observed = Math.abs(score(x, y)) - ROUNDING;
  const order = [...y];
  let [all, asExtreme] = [0, 0];
  const count = () => {
    all++;
    if (Math.abs(score(x, order)) >= observed) asExtreme++;
  };
  const swap = (i: number, j: number) => [order[i], order[j]] = [order[j]!, order[i]!];
  // Heap's algorithm: each order once, by one swap from the last.
  const turns = new Array<number>(order.length).fill(0);
  count();
  for (let i = 0; i < order.length;) {
    if (turns[i]! < i) {
      swap(i % 2 === 0 ? 0 : turns[i]!, i);
      count();
      turns[i]!++;
      i = 0;
    } else {
      turns[i] = 0;
      i++;
    }
  }
  return asExtreme / all;
}

/** The smallest p-value that any test by permutations of n distinct ranks can have: both ends of n! orders. */
export function smallestPermutationPValue(n: number): number {
  let p = 2;
  for (let i = 2; i <= n && p > 0; i++) p /= i;
  return Math.min(1, p);
}
