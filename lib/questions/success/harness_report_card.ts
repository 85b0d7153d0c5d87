import { cellsOf } from "../../analysis/counts/cells.ts";
import { reportCard } from "../../analysis/success/harness_panels.ts";
import { drawHarnessReportCard } from "../../figures/success/harness_report_card.ts";
import { ifAny, question } from "../question.ts";

/** Each model under its harnesses, on the suites that all of them ran. */
export const harnessReportCard = question({
  name: "harness-report-card",
  title: "How much does the harness move a model on the same suites?",
  chapter: "success",
  needs: ["cells"],
  nothing: "no model ran under two harnesses on a suite that they share",
  ask: (dataset) => ifAny(reportCard(cellsOf(dataset))),
  draw: (rows, context) => [drawHarnessReportCard(rows, context)],
});
