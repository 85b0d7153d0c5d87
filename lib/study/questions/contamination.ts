import { cellsOf } from "../../analysis/mod.ts";
import { ifAny, question } from "../../questions/mod.ts";
import { contaminationPairs } from "../contamination.ts";
import { MIN_CONTAMINATION_N } from "../contrasts.ts";
import { drawContamination } from "../figures/contamination.ts";

/** SWE-bench, whose tasks may be in training data, against BrowseComp+. */
export const contamination = question({
  name: "contamination",
  title: "Do models do better on SWE-bench, whose tasks may be in training data, than on BrowseComp+?",
  chapter: "failure",
  needs: ["cells"],
  nothing: `no model has ${MIN_CONTAMINATION_N} scored sessions of Claude Code on both suites`,
  ask: (dataset) => ifAny(contaminationPairs(cellsOf(dataset))),
  draw: (pairs, context) => [drawContamination(pairs, context)],
});
