import { cellsOf, sensitivity } from "../../analysis/mod.ts";
import { drawEffectSensitivity } from "../../figures/mod.ts";
import { question } from "../question.ts";

/** The shares of harness and model under other choices of data and of regression. */
export const effectSensitivity = question({
  name: "effect-sensitivity",
  title: "Does harness over model hold under other choices?",
  chapter: "explain",
  needs: ["cells"],
  nothing: "success does not vary, or there are not two harnesses and two models",
  ask: (dataset, { baseChoice }) => {
    const cells = cellsOf(dataset);
    const levels = (factor: "harness" | "model") => new Set(cells.map((cell) => cell[factor])).size;
    const rows = levels("harness") > 1 && levels("model") > 1 ? sensitivity(cells, baseChoice) : [];
    return rows.some((row) => row.harness !== null && row.model !== null) ? rows : null;
  },
  draw: (rows, context) => [drawEffectSensitivity(rows, context)],
});
