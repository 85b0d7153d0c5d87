/** Ranks from 1, ties given the mean of their ranks. `tieSizes` lists every group of equal values larger than one. */
export function averageRanks(values: readonly number[]): { ranks: number[]; tieSizes: number[] } {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Array<number>(values.length);
  const tieSizes: number[] = [];
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + end + 1) / 2;
    if (end - start > 1) tieSizes.push(end - start);
    start = end;
  }
  return { ranks, tieSizes };
}

/**
 * Checks two paired columns of numbers.
 *
 * @throws {RangeError} when the lengths differ or a value is not finite
 */
export function checkPairs(x: readonly number[], y: readonly number[], what: string): void {
  if (x.length !== y.length) throw new RangeError(`${what}: expected pairs, found ${x.length} and ${y.length} values`);
  for (const [name, values] of [["x", x], ["y", y]] as const) {
    const bad = values.findIndex((v) => !Number.isFinite(v));
    if (bad >= 0) throw new RangeError(`${what}: expected finite numbers, found ${values[bad]} at ${name}[${bad}]`);
  }
}
