/**
 * Items in groups of copies, in the order in which each is first met. Copies have the same id and start at the same time,
 * or one does not say when it started: programs that number their spans anew give other spans the same ids.
 *
 * @param idOf null for an item that is a copy of none
 * @param startOf microseconds since 1970; null where it is not known
 */
export function groupCopies<T>(
  items: readonly T[],
  idOf: (item: T) => string | null,
  startOf: (item: T) => number | null,
): T[][] {
  const byId = new Map<string, T[]>();
  const groups: T[][] = [];
  for (const item of items) {
    const id = idOf(item);
    const group = id === null ? undefined : byId.get(id);
    if (group) group.push(item);
    else {
      const begun = [item];
      groups.push(begun);
      if (id !== null) byId.set(id, begun);
    }
  }
  return groups.length === items.length
    ? groups
    : groups.flatMap((group) => group.length === 1 ? [group] : byStart(group));

  /** One without a start belongs to those that start first. */
  function byStart(copies: T[]): T[][] {
    const starts = [...new Set(copies.map(startOf).filter((start) => start !== null))].sort((a, b) => a - b);
    if (starts.length < 2) return [copies];
    return starts.map((start) => copies.filter((item) => (startOf(item) ?? starts[0]) === start));
  }
}
