/**
 * Where a symmetric matrix and its Cholesky factor L may be nonzero, column by column: the diagonal first, then the rows
 * below it in increasing order.
 */
export interface SparsePattern {
  /** Unknowns. */
  size: number;
  /** Column j takes positions start[j] to start[j + 1] - 1. */
  start: Int32Array;
  /** Row of each position. */
  row: Int32Array;
}

/**
 * The pattern of the Cholesky factor of A, given the pairs of unknowns that occur together: the rows of a column are
 * those of A and those that its children in the elimination tree hand up. No reordering is done, so unknowns must come
 * in a good order already: those that occur with fewest others first.
 *
 * @param together for each unknown the later unknowns that occur with it
 * @see George and Liu (1981), Computer Solution of Large Sparse Positive Definite Systems
 */
export function choleskyPattern(together: readonly ReadonlySet<number>[]): SparsePattern {
  const size = together.length;
  const columns: Int32Array[] = [];
  const children: number[][] = Array.from({ length: size }, () => []);
  let nonzeros = 0;
  for (let j = 0; j < size; j++) {
    const rows = new Set(together[j]);
    for (const child of children[j]!) {
      const handed = columns[child]!;
      for (let p = 1; p < handed.length; p++) if (handed[p]! > j) rows.add(handed[p]!);
    }
    const column = Int32Array.from([j, ...[...rows].sort((a, b) => a - b)]);
    if (column.length > 1) children[column[1]!]!.push(j);
    columns.push(column);
    nonzeros += column.length;
  }
  const start = new Int32Array(size + 1), row = new Int32Array(nonzeros);
  columns.forEach((column, j) => {
    row.set(column, start[j]!);
    start[j + 1] = start[j]! + column.length;
  });
  return { size, start, row };
}

/**
 * The position of entry (i, j), i >= j.
 *
 * @throws {RangeError} when the pattern does not have it
 */
export function positionOf({ start, row }: SparsePattern, i: number, j: number): number {
  let [low, high] = [start[j]!, start[j + 1]! - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row[middle]! < i) low = middle + 1;
    else high = middle;
  }
  if (row[low] !== i) throw new RangeError(`the sparse pattern has no entry (${i}, ${j})`);
  return low;
}
