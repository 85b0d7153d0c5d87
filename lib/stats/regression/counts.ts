/**
 * Checks successes out of trials.
 *
 * @throws {RangeError} unless both are whole, n is positive and k lies in 0..n.
 */
export function checkCounts(k: number, n: number, what: string): void {
  if (!Number.isInteger(n) || n <= 0) {
    throw new RangeError(`${what}: expected a positive whole number of trials n, found ${n}; leave empty groups out`);
  }
  if (!Number.isInteger(k) || k < 0 || k > n) {
    throw new RangeError(`${what}: expected successes k as a whole number from 0 to n = ${n}, found ${k}`);
  }
}

/**
 * Checks the four counts of a 2 x 2 table.
 *
 * @throws {RangeError} unless all are whole and not negative.
 */
export function checkTable(counts: readonly number[], what: string): void {
  counts.forEach((count, i) => {
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(`${what}: expected whole counts, not negative, found ${count} as count ${"abcd"[i] ?? i}`);
    }
  });
}
