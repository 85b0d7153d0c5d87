import { checkPValues } from "./p_values.ts";

/**
 * Holm's step-down correction: the i-th smallest of m p-values times m - i + 1, made increasing, at most 1. Keeps the
 * chance of any false alarm among all m tests below the level, whatever their dependence.
 *
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { holm } from "agent-trace-lab/stats";
 * deepEqual(holm([0.01, 0.02, 0.5]), [0.03, 0.04, 0.5]);
 * ```
 *
 * @returns adjusted p-values in the order given
 * @throws {RangeError} when a value is not in 0..1
 * @see Holm (1979), Scandinavian Journal of Statistics 6, 65-70
 */
export function holm(pValues: readonly number[]): number[] {
  checkPValues(pValues, "holm");
  const order = pValues.map((_, i) => i).sort((i, j) => pValues[i]! - pValues[j]!);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((i, rank) => {
    largest = Math.max(largest, Math.min(1, pValues[i]! * (pValues.length - rank)));
    adjusted[i] = largest;
  });
  return adjusted;
}
