import { MIN_FRONTIER_N } from "../../analysis/cut_offs.ts";
import { frontier } from "../../analysis/cost/frontier.ts";
import { cellsOf } from "../../analysis/counts/cells.ts";
import { agentsAmong } from "../../analysis/success/agents.ts";
import { drawCostQualityFrontier } from "../../figures/cost/cost_quality_frontier.ts";
import { question } from "../question.ts";

/** Balanced success against USD per task. */
export const costQualityFrontier = question({
  name: "cost-quality-frontier",
  title: "What does quality cost?",
  chapter: "cost",
  needs: ["cells"],
  nothing: `fewer than two configs have ${MIN_FRONTIER_N} scored sessions and a price`,
  ask: (dataset, { prices, notAgents }) => {
    const { cells, left_out: leftOut } = agentsAmong(cellsOf(dataset), notAgents);
    const rows = frontier(cells, prices);
    return rows.length > 1 ? { rows, leftOut } : null;
  },
  draw: ({ rows, leftOut }, context) => [drawCostQualityFrontier(rows, { ...context, leftOut })],
});
