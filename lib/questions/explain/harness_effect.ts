import { cellsOf } from "../../analysis/counts/cells.ts";
import { effects } from "../../analysis/explain/effects.ts";
import { drawHarnessEffect } from "../../figures/explain/harness_effect.ts";
import { enoughToFit, MIN_PER_TERM } from "../../analysis/explain/levels_of.ts";
import { question } from "../question.ts";

/** Adjusted effects of harnesses over the reference. */
export const harnessEffect = question({
  name: "harness-effect",
  title: "What does each harness add, benchmark and model held fixed?",
  chapter: "explain",
  needs: ["cells"],
  nothing:
    `success does not vary, there is one harness alone or none apart from its model, or there are under ${MIN_PER_TERM} scored sessions for each coefficient`,
  ask: (dataset, { reference }) => {
    const cells = cellsOf(dataset), found = enoughToFit(cells) ? effects(cells, { reference }) : null;
    return found?.rows.some((row) => row.factor === "harness") ? found : null;
  },
  draw: (found, context) => [drawHarnessEffect(found, context)],
});
