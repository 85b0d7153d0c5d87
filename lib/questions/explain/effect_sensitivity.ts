import { cellsOf } from "../../analysis/counts/cells.ts";
import { sensitivity } from "../../analysis/explain/sensitivity.ts";
import { drawEffectSensitivity } from "../../figures/explain/effect_sensitivity.ts";
import { enoughToFit, levelsOf, MIN_PER_TERM } from "../../analysis/explain/levels_of.ts";
import { question } from "../question.ts";

/** The shares of harness and model under other choices of data and of regression. */
export const effectSensitivity = question({
  name: "effect-sensitivity",
  title: "Does harness over model hold under other choices?",
  chapter: "explain",
  needs: ["cells"],
  nothing:
    `success does not vary, there are not two harnesses and two models, or under ${MIN_PER_TERM} scored sessions for each coefficient`,
  ask: (dataset, { baseChoice }) => {
    const cells = cellsOf(dataset);
    const { harness, model } = levelsOf(cells);
    const rows = harness > 1 && model > 1 && enoughToFit(cells) ? sensitivity(cells, baseChoice) : [];
    return rows.some((row) => (row.harness ?? 0) > 0 || (row.model ?? 0) > 0) ? rows : null;
  },
  draw: (rows, context) => [drawEffectSensitivity(rows, context)],
});
