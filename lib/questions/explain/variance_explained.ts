import { cellsOf } from "../../analysis/counts/cells.ts";
import { totals } from "../../analysis/counts/totals.ts";
import { fitResults } from "../../analysis/explain/fit_results.ts";
import { drawVarianceExplained } from "../../figures/explain/variance_explained.ts";
import { enoughToFit, levelsOf, MIN_PER_TERM } from "../../analysis/explain/levels_of.ts";
import { question } from "../question.ts";

/** Shares of the variance of success by factor, under three ways to hand out what factors share. */
export const varianceExplained = question({
  name: "variance-explained",
  title: "How much of success do benchmark, harness and model explain?",
  chapter: "explain",
  needs: ["cells"],
  nothing:
    `success does not vary, no factor has two levels, or there are under ${MIN_PER_TERM} scored sessions for each coefficient`,
  ask: (dataset, { reference }) => {
    const cells = cellsOf(dataset), { fits } = fitResults(cells, { reference });
    const levels = levelsOf(cells);
    const varied = Object.values(levels).some((count) => count > 1);
    return varied && enoughToFit(cells) && fits.incremental_r2 !== null
      ? { ...fits, levels, totals: totals(cells) }
      : null;
  },
  draw: (rows, context) => [drawVarianceExplained(rows, context)],
});
