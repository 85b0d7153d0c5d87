/** A quantile by linear interpolation (R's type 7, numpy's default), written again here so that tests lean on nothing. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const h = (sorted.length - 1) * p;
  const below = Math.floor(h + 1e-9);
  const value = sorted[below]!;
  return value + (h - below) * ((sorted[below + 1] ?? value) - value);
}

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
