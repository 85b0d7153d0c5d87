import { cellsOf } from "../../analysis/counts/cells.ts";
import { contenders } from "../../analysis/success/winners.ts";
import { drawWinners } from "../../figures/success/winners.ts";
import { question } from "../question.ts";

/** The best configs of each benchmark; one contender alone is no winner. */
export const winners = question({
  name: "winners",
  title: "Who is best on each benchmark, and can that be told?",
  chapter: "success",
  needs: ["cells"],
  nothing: "no benchmark has two configs of 10 scored sessions",
  ask: (dataset) => {
    const rows = contenders(cellsOf(dataset));
    return rows.some((row) => row.place > 1) ? rows : null;
  },
  draw: (rows, context) => [drawWinners(rows, context)],
});
