import { studentTPValue, studentTQuantile } from "../distributions/student_t.ts";
import type { Estimate } from "../types.ts";

/**
 * The mean difference, second - first, of paired values such as graded scores of the same records in two runs: Student's
 * paired t. A single pair, or pairs that all differ by the same, have no error: the ends are then null and the p-value is 1
 * where nothing differs.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { pairedMeans } from "agent-trace-lab/stats";
 * const { estimate, pValue } = pairedMeans([0.1, 0.4, 0.5, 0.9], [0.3, 0.5, 0.9, 1]);
 * equal(estimate.toFixed(3), "0.200");
 * equal(pValue!.toFixed(4), "0.0663");
 * ```
 *
 * @throws {RangeError} when the lists are not of the same length, or empty
 * @see Student (1908), The Probable Error of a Mean, Biometrika 6, 1-25
 */
export function pairedMeans(
  first: readonly number[],
  second: readonly number[],
): Pick<Estimate, "estimate"> & {
  n: number;
  stdError: number | null;
  pValue: number | null;
  lo: number | null;
  hi: number | null;
} {
  const n = first.length;
  if (n === 0 || second.length !== n) {
    throw new RangeError(`pairedMeans: expected as many second values as first ones, found ${second.length} and ${n}`);
  }
  const differences = first.map((value, i) => second[i]! - value);
  const estimate = differences.reduce((sum, d) => sum + d, 0) / n;
  const squares = differences.reduce((sum, d) => sum + (d - estimate) ** 2, 0);
  if (n === 1 || squares === 0) {
    return { n, estimate, stdError: null, pValue: differences.every((d) => d === 0) ? 1 : null, lo: null, hi: null };
  }
  const stdError = Math.sqrt(squares / (n - 1) / n);
  const reach = studentTQuantile(0.975, n - 1) * stdError;
  return {
    n,
    estimate,
    stdError,
    pValue: studentTPValue(estimate / stdError, n - 1),
    lo: estimate - reach,
    hi: estimate + reach,
  };
}
