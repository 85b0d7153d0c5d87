import { cellsOf } from "../../analysis/counts/cells.ts";
import { modelCoverage as rowsOf } from "../../analysis/counts/coverage.ts";
import { drawModelCoverage } from "../../figures/counts/model_coverage.ts";
import { ifAny, question } from "../question.ts";

/** All sessions of each deployment on each benchmark. */
export const modelCoverage = question({
  name: "model-coverage",
  title: "Which model ran where, under which names?",
  chapter: "counts",
  needs: ["cells"],
  nothing: "no session is there",
  ask: (dataset) => ifAny(rowsOf(cellsOf(dataset))),
  draw: (rows, context) => [drawModelCoverage(rows, context)],
});
