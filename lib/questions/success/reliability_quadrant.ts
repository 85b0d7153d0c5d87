import { MIN_CELL_N } from "../../analysis/cut_offs.ts";
import { cellsOf } from "../../analysis/counts/cells.ts";
import { quadrant } from "../../analysis/success/quadrant.ts";
import { drawReliabilityQuadrant } from "../../figures/success/reliability_quadrant.ts";
import { question } from "../question.ts";

/** Balanced success against how much it differs between suites; medians take two configs. */
export const reliabilityQuadrant = question({
  name: "reliability-quadrant",
  title: "Which configs are dependable, which erratic?",
  chapter: "success",
  needs: ["cells"],
  nothing: `fewer than two configs have two suites of ${MIN_CELL_N} scored sessions`,
  ask: (dataset) => {
    const found = quadrant(cellsOf(dataset));
    return found.rows.length > 1 ? found : null;
  },
  draw: (found, context) => [drawReliabilityQuadrant(found, context)],
});
