import * as Plot from "@observablehq/plot";
import { INK } from "./theme.ts";

/** What {@link whiskerX} draws: an interval from `lo` to `hi` at a band. */
export interface WhiskerOptions<T> {
  band: (row: T) => string;
  lo: (row: T) => number;
  hi: (row: T) => number;
  /** Pixels from the band's edges to the ends of the caps. */
  inset: number;
  stroke?: string;
  /** Whether it lies on a bar: a light line under it shows it on dark ones too. */
  onBar?: boolean;
  /** Pixels below the band's middle; 0 unless given. */
  dy?: number;
}

/** Horizontal intervals with caps. Plot's own markers would carry ids from a global counter. */
export function whiskerX<T>(
  rows: readonly T[],
  { band, lo, hi, inset, stroke = INK.text, onBar = false, dy = 0 }: WhiskerOptions<T>,
) {
  const cap = { y: band, dy, insetTop: inset, insetBottom: inset, stroke, strokeWidth: 1.2 };
  const data = [...rows];
  const under = { y: band, dy, stroke: INK.ground, strokeOpacity: 0.8, strokeWidth: 3.5 };
  const underCap = { ...under, insetTop: inset - 1, insetBottom: inset - 1 };
  const light = onBar
    ? [
      Plot.ruleY(data, { ...under, x1: lo, x2: hi }),
      Plot.tickX(data, { ...underCap, x: lo }),
      Plot.tickX(data, { ...underCap, x: hi }),
    ]
    : [];
  return [
    ...light,
    Plot.ruleY(data, { x1: lo, x2: hi, y: band, dy, stroke, strokeWidth: 1.2 }),
    Plot.tickX(data, { ...cap, x: lo }),
    Plot.tickX(data, { ...cap, x: hi }),
  ];
}
