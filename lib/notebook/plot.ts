import * as ObservablePlot from "@observablehq/plot";
import { type Chart, chart } from "../figures/mod.ts";

/**
 * Observable Plot (https://observablehq.com/plot), with `Plot.plot` drawing where there is no browser. A mark's own `.plot()`
 * needs one: write `plot(mark)` in its place.
 *
 * ```ts
 * import { Plot, show } from "agent-trace-lab/notebook";
 *
 * const rows = [{ team: "a", solved: 3 }, { team: "b", solved: 5 }];
 * await show(Plot.plot({ marks: [Plot.barY(rows, { x: "team", y: "solved" })] }));
 * ```
 */
export const Plot: typeof ObservablePlot = { ...ObservablePlot, plot: (options = {}): Chart => chart(options) };
