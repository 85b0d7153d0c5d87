import * as Plot from "@observablehq/plot";
import { INK } from "./theme.ts";

/** What {@link whiskerX} and {@link whiskerY} draw: an interval from `lo` to `hi` at a band. */
export interface WhiskerOptions<T> {
  band: (row: T) => string;
  lo: (row: T) => number;
  hi: (row: T) => number;
  /** Pixels from the band's edges to the ends of the caps. */
  inset: number;
  stroke?: string;
}

/** Horizontal intervals with caps. Plot's own markers would carry ids from a global counter. */
export function whiskerX<T>(rows: readonly T[], { band, lo, hi, inset, stroke = INK.text }: WhiskerOptions<T>) {
  const cap = { y: band, insetTop: inset, insetBottom: inset, stroke, strokeWidth: 1.2 };
  const data = [...rows];
  return [
    Plot.ruleY(data, { x1: lo, x2: hi, y: band, stroke, strokeWidth: 1.2 }),
    Plot.tickX(data, { ...cap, x: lo }),
    Plot.tickX(data, { ...cap, x: hi }),
  ];
}

/** Vertical intervals with caps. */
export function whiskerY<T>(rows: readonly T[], { band, lo, hi, inset, stroke = INK.text }: WhiskerOptions<T>) {
  const cap = { x: band, insetLeft: inset, insetRight: inset, stroke, strokeWidth: 1.2 };
  const data = [...rows];
  return [
    Plot.ruleX(data, { y1: lo, y2: hi, x: band, stroke, strokeWidth: 1.2 }),
    Plot.tickY(data, { ...cap, y: lo }),
    Plot.tickY(data, { ...cap, y: hi }),
  ];
}
