import * as Plot from "@observablehq/plot";
import { pct } from "./format.ts";
import { INK } from "./theme.ts";

/** The lines and percentages of a horizontal axis of shares. */
export function rateAxisX(ticks: readonly number[]): Plot.Markish[] {
  return [
    Plot.gridX([...ticks], { stroke: INK.grid, strokeOpacity: 1 }),
    Plot.axisX([...ticks], { tickSize: 0, tickFormat: (t: number) => pct(t), label: null, fill: INK.muted }),
  ];
}
