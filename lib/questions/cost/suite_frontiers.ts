import { MIN_FRONTIER_N } from "../../analysis/cut_offs.ts";
import { suiteFrontiers as frontiersOf } from "../../analysis/cost/suite_frontiers.ts";
import { cellsOf } from "../../analysis/counts/cells.ts";
import { agentsAmong } from "../../analysis/success/agents.ts";
import { drawSuiteFrontiers } from "../../figures/cost/suite_frontiers.ts";
import { ifAny, question } from "../question.ts";

/** Success against USD per task within each benchmark, judged and as graded. */
export const suiteFrontiers = question({
  name: "suite-frontiers",
  title: "What does quality cost within each benchmark?",
  chapter: "cost",
  needs: ["cells"],
  nothing: `no benchmark has two configs with ${MIN_FRONTIER_N} scored sessions and a price`,
  ask: (dataset, { prices, grades, notAgents }) =>
    ifAny(frontiersOf(agentsAmong(cellsOf(dataset), notAgents).cells, prices, grades?.rates ?? [])),
  draw: (all, context) => {
    const told = { ...context, ...(context.grades ? { official: context.grades.source } : {}) };
    const graded = all.some((one) => one.official.length > 1);
    return [drawSuiteFrontiers(all, "judged", told), ...graded ? [drawSuiteFrontiers(all, "official", told)] : []];
  },
});
