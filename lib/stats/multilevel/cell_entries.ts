import type { MultilevelCells } from "./cells.ts";
import { positionOf, type SparsePattern } from "./sparse_pattern.ts";

/** Unknowns of each cell with their value: its levels in the order of the terms, then fixed columns that are not 0. */
export interface CellEntries {
  /** Cell i takes entries start[i] to start[i + 1] - 1. */
  start: Int32Array;
  column: Int32Array;
  value: Float64Array;
  /** For each unknown the later ones that occur with it. */
  together: Set<number>[];
}

/** The unknowns that each cell rests on, and which of them occur together. */
export function cellEntries({ n, levelOf, x, levels, terms, fixed }: MultilevelCells, joint: boolean): CellEntries {
  const T = terms.length, p = fixed.length;
  const column: number[] = [], value: number[] = [], start = new Int32Array(n.length + 1);
  const together = Array.from({ length: joint ? levels + p : levels }, () => new Set<number>());
  for (let i = 0; i < n.length; i++) {
    const from = column.length;
    for (let t = 0; t < T; t++) {
      column.push(levelOf[i * T + t]!);
      value.push(1);
    }
    for (let j = 0; joint && j < p; j++) {
      if (x[i * p + j] === 0) continue;
      column.push(levels + j);
      value.push(x[i * p + j]!);
    }
    for (let e = from; e < column.length; e++) {
      for (let f = e + 1; f < column.length; f++) together[column[e]!]!.add(column[f]!);
    }
    start[i + 1] = column.length;
  }
  return { start, column: Int32Array.from(column), value: Float64Array.from(value), together };
}

/** Where each pair of a cell's unknowns stands in the matrix, row after row of the lower triangle. */
export function pairPositions(pattern: SparsePattern, { start, column }: CellEntries) {
  const count = start.length - 1, first = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) {
    const width = start[i + 1]! - start[i]!;
    first[i + 1] = first[i]! + width * (width + 1) / 2;
  }
  const position = new Int32Array(first[count]!);
  let at = 0;
  for (let i = 0; i < count; i++) {
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      // Unknowns of a cell are in increasing order: those of an earlier term, and level before coefficient, come first.
      for (let f = start[i]!; f <= e; f++) position[at++] = positionOf(pattern, column[e]!, column[f]!);
    }
  }
  return { start: first, position };
}
