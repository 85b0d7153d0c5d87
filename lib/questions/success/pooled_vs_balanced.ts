import { MIN_CONFIG_N } from "../../analysis/cut_offs.ts";
import { cellsOf } from "../../analysis/counts/cells.ts";
import { reliability } from "../../analysis/success/reliability.ts";
import { drawPooledVsBalanced } from "../../figures/success/pooled_vs_balanced.ts";
import { ifAny, question } from "../question.ts";

/** Each config pooled over its sessions and balanced over its suites. */
export const pooledVsBalanced = question({
  name: "pooled-vs-balanced",
  title: "Does a config look better for having run the easier suites?",
  chapter: "success",
  needs: ["cells"],
  nothing: `no config has ${MIN_CONFIG_N} scored sessions`,
  ask: (dataset) => ifAny(reliability(cellsOf(dataset))),
  draw: (rows, context) => [drawPooledVsBalanced(rows, context)],
});
