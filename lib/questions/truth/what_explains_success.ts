import { cellsOf } from "../../analysis/counts/cells.ts";
import { whatExplains } from "../../analysis/truth/what_explains.ts";
import { drawWhatExplainsSuccess } from "../../figures/truth/what_explains_success.ts";
import { question } from "../question.ts";

/** Shares of harness and model by whose verdicts. */
export const whatExplainsSuccess = question({
  name: "what-explains-success",
  title: "Does what explains success depend on who grades?",
  chapter: "truth",
  needs: ["cells", "grades"],
  nothing: "no set of verdicts varies on cells that were both judged and graded",
  ask: (dataset, { grades }) => {
    const rows = whatExplains(cellsOf(dataset), grades?.rates ?? []);
    return rows.some((row) => row.verdicts.startsWith("official")) ? rows : null;
  },
  draw: (rows, context) => [
    drawWhatExplainsSuccess(rows, { ...context, ...(context.grades ? { official: context.grades.source } : {}) }),
  ],
});
