import * as Plot from "@observablehq/plot";
import type { Box } from "../../analysis/mod.ts";
import { INK } from "./theme.ts";

/** How {@link boxMarks} finds a box's band and look. */
export interface BoxMarkOptions<T extends Box> {
  band: (row: T) => string;
  facet?: (row: T) => string;
  fill: (row: T) => string;
  title: (row: T) => string;
}

/** Horizontal box plots from statistics that are worked out already; what lies beyond the whiskers is not drawn. */
export function boxMarks<T extends Box>(rows: readonly T[], { band, facet, fill, title }: BoxMarkOptions<T>) {
  const data = [...rows];
  const place = { y: band, ...(facet ? { fy: facet } : {}) };
  const cap = { ...place, stroke: INK.muted, strokeWidth: 1.2, insetTop: 4, insetBottom: 4 };
  return [
    Plot.ruleY(data, { ...place, x1: "whisker_lo", x2: "q1", stroke: INK.muted, strokeWidth: 1.2, title }),
    Plot.ruleY(data, { ...place, x1: "q3", x2: "whisker_hi", stroke: INK.muted, strokeWidth: 1.2, title }),
    Plot.tickX(data, { ...cap, x: "whisker_lo" }),
    Plot.tickX(data, { ...cap, x: "whisker_hi" }),
    Plot.barX(data, { ...place, x1: "q1", x2: "q3", fill, stroke: INK.text, strokeWidth: 0.8, title }),
    Plot.tickX(data, { ...place, x: "median", stroke: INK.ground, strokeWidth: 4 }),
    Plot.tickX(data, { ...place, x: "median", stroke: INK.text, strokeWidth: 2, title }),
  ];
}

/** A box in words: quartiles and whiskers. */
export function boxTitle(
  label: string,
  { n, q1, median, q3, whisker_lo, whisker_hi }: Box,
  write: (v: number) => string,
) {
  return `${label}\nmedian ${write(median)}, quartiles ${write(q1)} and ${write(q3)}\nwhiskers ${
    write(whisker_lo)
  } to ${write(whisker_hi)}, n = ${n.toLocaleString("en-US")}`;
}
