import { MIN_FRONTIER_N } from "../../analysis/cut_offs.ts";
import { rankChange as changeOf } from "../../analysis/cost/rank_change.ts";
import { cellsOf } from "../../analysis/counts/cells.ts";
import { drawRankChange } from "../../figures/cost/rank_change.ts";
import { question } from "../question.ts";

/** Configs by cost per task and by cost per solved task. */
export const rankChange = question({
  name: "rank-change",
  title: "Does the order of configs turn once failures are paid for?",
  chapter: "cost",
  needs: ["cells"],
  nothing: `fewer than two configs have ${MIN_FRONTIER_N} scored sessions, a price and a success`,
  ask: (dataset, { prices }) => {
    const found = changeOf(cellsOf(dataset), prices);
    return found.rows.length > 1 ? found : null;
  },
  draw: (found, context) => [drawRankChange(found, context)],
});
