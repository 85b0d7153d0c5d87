import type { Bin } from "../engines/mod.ts";

/** An edge is a power of a logarithm: what is so near to a whole number is one. */
const NEAR = 1e-9;

/**
 * Bins of whole numbers, each from a whole number to a whole number: where bins are narrower than 1, as those of logarithms
 * are at their low end, some hold no number at all, which would read as a gap in the data. Nothing that they count is lost.
 */
export function wholeBins(bins: readonly Bin[]): Bin[] {
  const up = (edge: number) => Math.ceil(edge * (1 - NEAR));
  const found: Bin[] = [];
  bins.forEach((bin, i) => {
    const lo = up(bin.lo), hi = i === bins.length - 1 ? Math.max(up(bin.hi), lo) + 1 : up(bin.hi);
    const last = found.at(-1);
    if (hi > lo) found.push({ ...bin, lo, hi });
    else if (bin.sessions && last) {
      last.sessions += bin.sessions;
      last.solved += bin.solved;
      last.failed += bin.failed;
    }
  });
  return found;
}
