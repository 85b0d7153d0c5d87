import type { SparsePattern } from "./sparse_pattern.ts";

/**
 * The Cholesky factor L of a symmetric positive definite matrix, A = LL', both in one sparse pattern (left-looking: each
 * column takes what the columns before it owe it).
 *
 * @param a values of A's lower triangle by position
 * @param l where L goes, of the same length
 * @returns false when A is not positive definite
 * @see Davis (2006), Direct Methods for Sparse Linear Systems, chapter 4
 */
export function factorize({ size, start, row }: SparsePattern, a: Float64Array, l: Float64Array): boolean {
  const column = new Float64Array(size);
  const next = new Int32Array(size);
  // Columns whose next entry is in this row, as linked lists.
  const head = new Int32Array(size).fill(-1), link = new Int32Array(size);
  const enlist = (k: number, position: number) => {
    if (position >= start[k + 1]!) return;
    next[k] = position;
    link[k] = head[row[position]!]!;
    head[row[position]!] = k;
  };
  for (let j = 0; j < size; j++) {
    const [from, to] = [start[j]!, start[j + 1]!];
    for (let p = from; p < to; p++) column[row[p]!] = a[p]!;
    for (let k = head[j]!; k >= 0;) {
      const after = link[k]!, at = next[k]!, end = start[k + 1]!, owed = l[at]!;
      if (owed !== 0) { for (let p = at; p < end; p++) column[row[p]!]! -= owed * l[p]!; }
      enlist(k, at + 1);
      k = after;
    }
    const pivot = column[j]!;
    if (!(pivot > 0)) return false;
    const root = Math.sqrt(pivot);
    l[from] = root;
    column[j] = 0;
    for (let p = from + 1; p < to; p++) {
      const i = row[p]!;
      l[p] = column[i]! / root;
      column[i] = 0;
    }
    enlist(j, from + 1);
  }
  return true;
}

/** log det A = 2 sum of log L_jj. */
export function logDeterminant({ size, start }: SparsePattern, l: Float64Array): number {
  let total = 0;
  for (let j = 0; j < size; j++) total += Math.log(l[start[j]!]!);
  return 2 * total;
}

/** Solves L x = b in place. */
export function solveLower({ size, start, row }: SparsePattern, l: Float64Array, x: Float64Array): void {
  for (let j = 0; j < size; j++) {
    const from = start[j]!, end = start[j + 1]!;
    const value = x[j] = x[j]! / l[from]!;
    if (value !== 0) { for (let p = from + 1; p < end; p++) x[row[p]!]! -= l[p]! * value; }
  }
}

/** Solves L'x = b in place. A vector of independent standard normals becomes a draw with covariance A^-1. */
export function solveUpper({ size, start, row }: SparsePattern, l: Float64Array, x: Float64Array): void {
  for (let j = size - 1; j >= 0; j--) {
    const from = start[j]!, end = start[j + 1]!;
    let value = x[j]!;
    for (let p = from + 1; p < end; p++) value -= l[p]! * x[row[p]!]!;
    x[j] = value / l[from]!;
  }
}

/**
 * The entries of A^-1 within the pattern, from the last column back: all that variances and derivatives of log det A
 * need, without the rest of the inverse.
 *
 * @see Takahashi, Fagan, Chen (1973); Erisman and Tinney (1975), Communications of the ACM 18, 177-179
 */
export function inverseWithinPattern({ size, start, row }: SparsePattern, l: Float64Array): Float64Array {
  const z = new Float64Array(l.length);
  const place = new Int32Array(size).fill(-1);
  for (let j = size - 1; j >= 0; j--) {
    const from = start[j]!, end = start[j + 1]!, pivot = l[from]!;
    for (let p = from + 1; p < end; p++) place[row[p]!] = p;
    // z_ij = -sum over k of l_kj z_ki / l_jj, each pair once.
    for (let p = from + 1; p < end; p++) {
      const k = row[p]!, lk = l[p]!;
      z[p]! -= lk * z[start[k]!]!;
      for (let q = start[k]! + 1, stop = start[k + 1]!; q < stop; q++) {
        const at = place[row[q]!]!;
        if (at < 0) continue;
        z[at]! -= lk * z[q]!;
        z[p]! -= l[at]! * z[q]!;
      }
    }
    let diagonal = 1 / pivot;
    for (let p = from + 1; p < end; p++) {
      z[p]! /= pivot;
      diagonal -= l[p]! * z[p]!;
      place[row[p]!] = -1;
    }
    z[from] = diagonal / pivot;
  }
  return z;
}
