import * as Plot from "@observablehq/plot";
import { INK } from "./theme.ts";

/** Steps within a power of ten, where the usual ones leave a range with a single tick or none. */
const FINE = [1, 1.5, 2, 3, 4, 5, 7];

/** Values from which a reader of a logarithmic axis can tell the others: 1, 2 and 5 times the powers of ten in a range. */
export function logTicks(lo: number, hi: number, steps: readonly number[] = [1, 2, 5]): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(lo)); power <= Math.ceil(Math.log10(hi)); power++) {
    for (const step of steps) {
      const tick = Number((step * 10 ** power).toPrecision(3));
      if (tick >= lo && tick <= hi) ticks.push(tick);
    }
  }
  return ticks.length < 2 && steps !== FINE ? logTicks(lo, hi, FINE) : ticks;
}

/** A range of positive values, widened by a share of its decades at both ends so that no mark lies on the edge. */
export function logDomain(values: readonly number[], share = 0.06): [number, number] {
  const known = values.filter((value) => value > 0 && Number.isFinite(value));
  if (!known.length) return [0.1, 10];
  const [lo, hi] = [Math.log10(Math.min(...known)), Math.log10(Math.max(...known))];
  const more = Math.max(0.1, (hi - lo) * share);
  return [10 ** (lo - more), 10 ** (hi + more)];
}

/** Dollars on an axis, as short as they can be said: `$0.10`, `$2`, `$1,000`. */
export function usdTick(amount: number): string {
  const digits = amount < 1 ? 2 : 0;
  return `$${amount.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: 4 })}`;
}

/**
 * Labels below a logarithmic axis. Plot's own axis would blank some of them: on such a scale it decides by itself which
 * ticks deserve a label, also when they are given.
 */
export function logAxisX(ticks: readonly number[], tickFormat: (tick: number) => string) {
  return Plot.text([...ticks], { x: (t) => t, frameAnchor: "bottom", dy: 17, text: tickFormat, fill: INK.muted });
}
