import { cellsOf } from "../../analysis/counts/cells.ts";
import { coverage as rowsOf } from "../../analysis/counts/coverage.ts";
import { drawCoverage } from "../../figures/counts/coverage.ts";
import { ifAny, question } from "../question.ts";

/** Scored sessions of each config on each benchmark. */
export const coverage = question({
  name: "coverage",
  title: "Who ran what?",
  chapter: "counts",
  needs: ["cells"],
  nothing: "no session has a verdict",
  ask: (dataset) => ifAny(rowsOf(cellsOf(dataset))),
  draw: (rows, context) => [drawCoverage(rows, context)],
});
