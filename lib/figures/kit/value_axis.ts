import * as Plot from "@observablehq/plot";
import { INK } from "./theme.ts";

/** The lines and numbers of a horizontal axis: at so many values, or at these. */
export function valueAxisX(ticks: number | readonly number[], format: (value: number) => string): Plot.Markish[] {
  const grid = { stroke: INK.grid, strokeOpacity: 1 };
  const axis = { tickSize: 0, tickFormat: (t: number) => format(t), label: null, fill: INK.muted };
  return typeof ticks === "number"
    ? [Plot.gridX({ ticks, ...grid }), Plot.axisX({ ticks, ...axis })]
    : [Plot.gridX([...ticks], grid), Plot.axisX([...ticks], axis)];
}
