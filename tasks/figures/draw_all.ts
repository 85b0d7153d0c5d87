import { cellsOf, tableResults } from "../../lib/analysis/mod.ts";
import {
  drawConfigBenchmarkHeatmap,
  drawCoverage,
  drawHarnessModelHeatmap,
  drawModelCoverage,
  drawPooledVsBalanced,
  type Figure,
} from "../../lib/figures/mod.ts";
import type { Dataset } from "../../lib/model/mod.ts";

/** Every figure that sessions alone are enough for, in the order of the notebooks. */
export function drawAll(dataset: Dataset): Figure[] {
  const context = { source: dataset.info.caption };
  const results = tableResults(dataset.info, cellsOf(dataset.sessions));
  return [
    drawCoverage(results.coverage, context),
    drawModelCoverage(results.model_coverage, context),
    drawPooledVsBalanced(results.reliability, context),
    drawConfigBenchmarkHeatmap(results, context),
    drawHarnessModelHeatmap(results.harness_model, context),
  ];
}
