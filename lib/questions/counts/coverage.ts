import { cellsOf, coverage as rowsOf } from "../../analysis/mod.ts";
import { drawCoverage } from "../../figures/mod.ts";
import { question } from "../question.ts";

/** Scored sessions of each config on each benchmark. */
export const coverage = question({
  name: "coverage",
  title: "Who ran what?",
  chapter: "counts",
  needs: ["cells"],
  nothing: "no session has a verdict",
  ask: (dataset) => {
    const rows = rowsOf(cellsOf(dataset));
    return rows.length ? rows : null;
  },
  draw: (rows, context) => [drawCoverage(rows, context)],
});
