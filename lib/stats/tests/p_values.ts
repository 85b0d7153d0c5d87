/**
 * Checks that all are probabilities.
 *
 * @throws {RangeError} naming the first that is not
 */
export function checkPValues(pValues: readonly number[], what: string): void {
  pValues.forEach((p, i) => {
    if (!(p >= 0 && p <= 1)) {
      throw new RangeError(
        `${what}: expected p-values from 0 to 1, found ${p} at ${i}; leave out tests that have none`,
      );
    }
  });
}
