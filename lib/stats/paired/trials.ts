import { checkNamedCounts } from "../counts.ts";

/** Tries of one task, and how many of them solved it. */
export interface Trials {
  /** Tries. */
  n: number;
  /** Tries that solved the task. */
  k: number;
}

/** One task tried by two sides. */
export interface PairedTrials {
  /** The task. */
  task: string;
  /** Tries of the first side; n = 0 where it did not try. */
  first: Trials;
  /** Tries of the second side. */
  second: Trials;
}

/** @throws {RangeError} when counts are not whole or k exceeds n */
export function checkTrials({ n, k }: Trials, what: string): void {
  checkNamedCounts({ n, k }, what);
  if (k > n) throw new RangeError(`${what}: expected k from 0 to n = ${n}, found ${k}`);
}
