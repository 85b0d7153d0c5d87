import { cellsOf } from "../../analysis/counts/cells.ts";
import { coefficients as coefficientsOf } from "../../analysis/truth/coefficients.ts";
import { drawCoefficients } from "../../figures/truth/coefficients.ts";
import { question } from "../question.ts";

/** What each harness adds, by the verdicts and by the grades. */
export const coefficients = question({
  name: "coefficients",
  title: "Does what a harness adds depend on who grades?",
  chapter: "truth",
  needs: ["cells", "grades"],
  nothing: "no harness can be compared with another on cells that were both judged and graded",
  ask: (dataset, { grades, reference }) => {
    const found = coefficientsOf(cellsOf(dataset), grades?.rates ?? [], { reference });
    return found?.rows.some((row) => row.verdicts.startsWith("official")) ? found : null;
  },
  draw: (found, context) => [
    drawCoefficients(found, { ...context, ...(context.grades ? { official: context.grades.source } : {}) }),
  ],
});
