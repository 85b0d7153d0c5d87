/**
 * The items that no other beats on both counts: cheapest first, each with a higher value than all that cost no more. Of
 * several with the same cost the most valuable counts, of equals the first given. Items whose cost or value is NaN
 * cannot be compared and are left out.
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
