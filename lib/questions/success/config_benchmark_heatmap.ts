import { cellRows } from "../../analysis/counts/cell_rows.ts";
import { cellsOf } from "../../analysis/counts/cells.ts";
import { reliability } from "../../analysis/success/reliability.ts";
import { drawConfigBenchmarkHeatmap } from "../../figures/success/config_benchmark_heatmap.ts";
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
