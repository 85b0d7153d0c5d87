import { harnessModel } from "../../analysis/counts/cell_rows.ts";
import { cellsOf } from "../../analysis/counts/cells.ts";
import { MIN_CELL } from "../../figures/kit/heat.ts";
import { drawHarnessModelHeatmap } from "../../figures/success/harness_model_heatmap.ts";
import { question } from "../question.ts";

/** Pooled success of each harness with each model. */
export const harnessModelHeatmap = question({
  name: "harness-model-heatmap",
  title: "How well does each harness do with each model, and how sure is that?",
  chapter: "success",
  needs: ["cells"],
  nothing: `no harness and model have ${MIN_CELL} scored sessions together`,
  ask: (dataset) => {
    const rows = harnessModel(cellsOf(dataset));
    return rows.some((row) => row.n >= MIN_CELL) ? rows : null;
  },
  draw: (rows, context) => [drawHarnessModelHeatmap(rows, context)],
});
