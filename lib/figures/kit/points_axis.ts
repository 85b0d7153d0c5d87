import type * as Plot from "@observablehq/plot";
import { points } from "./format.ts";
import { ABOVE, isNarrow } from "./narrow.ts";
import { textWidth } from "./text.ts";
import { FONT_SIZE } from "./theme.ts";
import { valueAxisX } from "./value_axis.ts";

/** Ends of an axis of differences that holds all of them, and ten points either way. */
export function pointsDomain(ends: readonly number[]): [number, number] {
  return [Math.min(-0.1, ...ends), Math.max(0.1, ...ends)];
}

/** The lines and words of a horizontal axis of differences in points. */
export function pointsAxisX(domain: readonly [number, number], width: number, ticks: number): Plot.Markish[] {
  return valueAxisX(ticks, (tick) => isNarrow(width) && isCut(tick, domain, width) ? "" : points(tick));
}

/** Pixels beyond a plot that a page shows. */
const BEYOND = 3;

/** Whether the edge of a phone would cut a tick's words. */
function isCut(tick: number, [lo, hi]: readonly [number, number], width: number): boolean {
  const inner = width - ABOVE.marginLeft - ABOVE.marginRight;
  const at = ABOVE.marginLeft + inner * (tick - lo) / (hi - lo), half = textWidth(points(tick), FONT_SIZE.body) / 2;
  return at - half < -BEYOND || at + half > width + BEYOND;
}
