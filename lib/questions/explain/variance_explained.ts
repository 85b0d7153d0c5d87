import { cellsOf, fitResults, totals } from "../../analysis/mod.ts";
import { drawVarianceExplained } from "../../figures/mod.ts";
import { question } from "../question.ts";

/** Shares of the variance of success by factor, under three ways to hand out what factors share. */
export const varianceExplained = question({
  name: "variance-explained",
  title: "How much of success do benchmark, harness and model explain?",
  chapter: "explain",
  needs: ["cells"],
  nothing: "success does not vary, or there are not two levels of any factor",
  ask: (dataset, { reference }) => {
    const cells = cellsOf(dataset), { fits } = fitResults(cells, { reference });
    const levels = (factor: "benchmark" | "harness" | "model") => new Set(cells.map((cell) => cell[factor])).size;
    const varied = levels("benchmark") > 1 || levels("harness") > 1 || levels("model") > 1;
    return varied && fits.incremental_r2 !== null ? { ...fits, totals: totals(cells) } : null;
  },
  draw: (rows, context) => [drawVarianceExplained(rows, context)],
});
