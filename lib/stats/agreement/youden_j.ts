/** A rule "flag at or beyond the threshold" and what it does. */
export interface ThresholdRule {
  /** Values at or beyond it are flagged. */
  threshold: number;
  /** Youden's J = sensitivity + specificity - 1. */
  j: number;
  /** Share of the positives that it flags. */
  sensitivity: number;
  /** Share of the negatives that it does not flag. */
  specificity: number;
}

/**
 * The threshold with the largest Youden's J for telling positives from negatives by one number. `above` flags values at
 * or above it (a cap), `below` values at or below it (a floor). Every observed value is tried; of equals the one that
 * flags fewest is taken.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { youdenJ } from "agent-trace-lab/stats";
 * const { threshold, j } = youdenJ([9, 8, 7, 2], [1, 2, 3, 7], "above");
 * equal(threshold, 8); // flags half of the first and none of the others
 * equal(j, 0.5);
 * ```
 *
 * @throws {RangeError} when either side is empty or a value is NaN
 * @see Youden (1950), Cancer 3, 32-35
 */
export function youdenJ(
  positives: readonly number[],
  negatives: readonly number[],
  direction: "above" | "below",
): ThresholdRule {
  if (positives.length === 0 || negatives.length === 0) {
    throw new RangeError(
      `youdenJ: expected both sides, found ${positives.length} positives, ${negatives.length} negatives`,
    );
  }
  const sign = direction === "above" ? 1 : -1;
  const values = [...positives.map((v) => [v * sign, 1] as const), ...negatives.map((v) => [v * sign, 0] as const)];
  if (values.some(([v]) => Number.isNaN(v))) throw new RangeError("youdenJ: found NaN; leave missing values out");
  values.sort(([a], [b]) => b - a);
  let best: ThresholdRule | null = null;
  let [caught, stopped] = [0, 0];
  values.forEach(([value, positive], i) => {
    caught += positive;
    stopped += 1 - positive;
    if (values[i + 1]?.[0] === value) return;
    const sensitivity = caught / positives.length;
    const specificity = 1 - stopped / negatives.length;
    const j = sensitivity + specificity - 1;
    if (best === null || j > best.j) best = { threshold: value * sign, j, sensitivity, specificity };
  });
  return best!;
}
