import { cellsOf, effects } from "../../analysis/mod.ts";
import { drawHarnessEffect } from "../../figures/mod.ts";
import { question } from "../question.ts";

/** Adjusted effects of harnesses over the reference. */
export const harnessEffect = question({
  name: "harness-effect",
  title: "What does each harness add, benchmark and model held fixed?",
  chapter: "explain",
  needs: ["cells"],
  nothing: "success does not vary, or there is one harness alone",
  ask: (dataset, { reference }) => {
    const found = effects(cellsOf(dataset), { reference });
    return found?.rows.some((row) => row.factor === "harness") ? found : null;
  },
  draw: (found, context) => [drawHarnessEffect(found, context)],
});
