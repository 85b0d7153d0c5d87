import { MIN_PANEL_N } from "../../analysis/cut_offs.ts";
import { cellsOf } from "../../analysis/counts/cells.ts";
import { harnessPanels as rowsOf, harnessPanelTests } from "../../analysis/success/harness_panels.ts";
import { drawHarnessPanels } from "../../figures/success/harness_panels.ts";
import { ifAny, question } from "../question.ts";

/** Each model on each benchmark under its harnesses. */
export const harnessPanels = question({
  name: "harness-panels",
  title: "How much does the harness move a model on one benchmark?",
  chapter: "success",
  needs: ["cells"],
  nothing: `no model ran under two harnesses of ${MIN_PANEL_N} scored sessions on one benchmark`,
  ask: (dataset) => ifAny(rowsOf(cellsOf(dataset))),
  draw: (rows, context) => [drawHarnessPanels(rows, harnessPanelTests(rows), context)],
});
