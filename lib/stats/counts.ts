import type { TwoRates } from "./types.ts";

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
 * Checks the successes and trials of two groups; a group may be empty.
 *
 * @throws {RangeError} naming the count that is missing, not whole, negative, or above its trials
 */
export function checkTwoRates(rates: TwoRates, what: string): void {
  if (typeof rates !== "object" || rates === null) {
    throw new RangeError(`${what}: expected counts by name, { k1, n1, k2, n2 }, found ${rates}`);
  }
  checkNamedCounts({ k1: rates.k1, n1: rates.n1, k2: rates.k2, n2: rates.n2 }, what);
  for (const [k, n, group] of [[rates.k1, rates.n1, 1], [rates.k2, rates.n2, 2]] as const) {
    if (k > n) throw new RangeError(`${what}: expected k${group} from 0 to n${group} = ${n}, found ${k}`);
  }
}

/**
 * Checks counts given by name.
 *
 * @throws {RangeError} naming the first that is not a whole number from 0
 */
export function checkNamedCounts(counts: Readonly<Record<string, number>>, what: string): void {
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isInteger(count) || count < 0) {
      throw new RangeError(`${what}: expected ${name} as a whole number from 0, found ${count}`);
    }
  }
}
