import { MIN_WINNER_N } from "../../analysis/cut_offs.ts";
import { cellsOf } from "../../analysis/counts/cells.ts";
import { agentsAmong } from "../../analysis/success/agents.ts";
import { contenders } from "../../analysis/success/winners.ts";
import { drawWinners } from "../../figures/success/winners.ts";
import { question } from "../question.ts";

/** The best configs of each benchmark, among agents; one contender alone is no winner. */
export const winners = question({
  name: "winners",
  title: "Who is best on each benchmark, and can that be told?",
  chapter: "success",
  needs: ["cells"],
  nothing: `no benchmark has two configs of ${MIN_WINNER_N} scored sessions`,
  ask: (dataset, { notAgents }) => {
    const { cells, left_out: leftOut } = agentsAmong(cellsOf(dataset), notAgents);
    const rows = contenders(cells);
    return rows.some((row) => row.place > 1) ? { rows, leftOut } : null;
  },
  draw: ({ rows, leftOut }, context) => [drawWinners(rows, { ...context, leftOut })],
});
