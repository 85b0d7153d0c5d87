import { cellsOf, modelCoverage as rowsOf } from "../../analysis/mod.ts";
import { drawModelCoverage } from "../../figures/mod.ts";
import { question } from "../question.ts";

/** All sessions of each deployment on each benchmark. */
export const modelCoverage = question({
  name: "model-coverage",
  title: "Which model ran where, under which names?",
  chapter: "counts",
  needs: ["cells"],
  nothing: "no session is there",
  ask: (dataset) => {
    const rows = rowsOf(cellsOf(dataset));
    return rows.length ? rows : null;
  },
  draw: (rows, context) => [drawModelCoverage(rows, context)],
});
