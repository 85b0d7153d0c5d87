import { checkPValues } from "./p_values.ts";

/**
 * The Benjamini-Hochberg correction: the i-th smallest of m p-values times m / i, made increasing from the largest down,
 * at most 1. Keeps the expected share of false alarms among the rejections below the level, for independent tests.
 *
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { benjaminiHochberg } from "agent-trace-lab/stats";
 * deepEqual(benjaminiHochberg([0.01, 0.02, 0.5]), [0.03, 0.03, 0.5]);
 * ```
 *
 * @returns adjusted p-values in the order given
 * @throws {RangeError} when a value is not in 0..1
 * @see Benjamini and Hochberg (1995), JRSS B 57, 289-300
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  checkPValues(pValues, "benjaminiHochberg");
  const order = pValues.map((_, i) => i).sort((i, j) => pValues[j]! - pValues[i]!);
  const adjusted = new Array<number>(pValues.length);
  let smallest = 1;
  order.forEach((i, fromLargest) => {
    smallest = Math.min(smallest, pValues[i]! * pValues.length / (pValues.length - fromLargest));
    adjusted[i] = smallest;
  });
  return adjusted;
}
