/** Sums by name, in the order of the names. */
export function total(rows: readonly { name: string; n: number }[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { name, n } of rows) sums.set(name, (sums.get(name) ?? 0) + n);
  return Object.fromEntries([...sums].sort(([a], [b]) => a < b ? -1 : 1));
}

/** Rows in the order of a key. */
export const sorted = <T>(rows: readonly T[], key: (row: T) => string): T[] =>
  rows.toSorted((a, b) => key(a) < key(b) ? -1 : 1);
