import { frontier } from "../../analysis/cost/frontier.ts";
import { cellsOf } from "../../analysis/counts/cells.ts";
import { drawCostQualityFrontier } from "../../figures/cost/cost_quality_frontier.ts";
import { question } from "../question.ts";

/** Balanced success against USD per task. */
export const costQualityFrontier = question({
  name: "cost-quality-frontier",
  title: "What does quality cost?",
  chapter: "cost",
  needs: ["cells"],
  nothing: "fewer than two configs have 20 scored sessions and a price",
  ask: (dataset, { prices }) => {
    const rows = frontier(cellsOf(dataset), prices);
    return rows.length > 1 ? rows : null;
  },
  draw: (rows, context) => [drawCostQualityFrontier(rows, context)],
});
