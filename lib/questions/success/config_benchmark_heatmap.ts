import { cellRows, cellsOf, reliability } from "../../analysis/mod.ts";
import { drawConfigBenchmarkHeatmap } from "../../figures/mod.ts";
import { question } from "../question.ts";

/** Success of each config on each benchmark. */
export const configBenchmarkHeatmap = question({
  name: "config-benchmark-heatmap",
  title: "Where does a good average hide a bad suite?",
  chapter: "success",
  needs: ["cells"],
  nothing: "no session has a verdict",
  ask: (dataset) => {
    const cells = cellsOf(dataset), rows = cellRows(cells);
    return rows.length ? { cells: rows, reliability: reliability(cells) } : null;
  },
  draw: (rows, context) => [drawConfigBenchmarkHeatmap(rows, context)],
});
