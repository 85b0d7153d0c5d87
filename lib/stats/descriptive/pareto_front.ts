/**
 * The items that no other beats on both counts: cheapest first, each with a higher value than all that cost no more. Of
 * several with the same cost the most valuable counts, of equals the first given. Items whose cost or value is NaN
 * cannot be compared and are left out.
 *
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { paretoFront } from "agent-trace-lab/stats";
 * const configs = [{ usd: 3, rate: 0.5 }, { usd: 1, rate: 0.6 }, { usd: 4, rate: 0.9 }];
 * const front = paretoFront(configs, (c) => c.usd, (c) => c.rate);
 * deepEqual(front.map((c) => c.usd), [1, 4]);
 * ```
 *
 * @returns the items themselves, by rising cost
 */
export function paretoFront<T>(
  items: readonly T[],
  costOf: (item: T) => number,
  valueOf: (item: T) => number,
): T[] {
  const comparable = items.filter((item) => !Number.isNaN(costOf(item)) && !Number.isNaN(valueOf(item)));
  const ordered = comparable.sort((a, b) => costOf(a) - costOf(b) || valueOf(b) - valueOf(a));
  let best = -Infinity;
  return ordered.filter((item) => {
    if (valueOf(item) <= best) return false;
    best = valueOf(item);
    return true;
  });
}
