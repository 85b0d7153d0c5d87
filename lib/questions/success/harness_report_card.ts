import { cellsOf } from "../../analysis/counts/cells.ts";
import { reportCard, reportCardTests } from "../../analysis/success/harness_panels.ts";
import { drawHarnessReportCard } from "../../figures/success/harness_report_card.ts";
import { question } from "../question.ts";

/** Each model under its harnesses, on the suites that all of them ran. */
export const harnessReportCard = question({
  name: "harness-report-card",
  title: "How much does the harness move a model on the same suites?",
  chapter: "success",
  needs: ["cells"],
  nothing: "no model ran under two harnesses on a suite that they share",
  ask: (dataset) => {
    const cells = cellsOf(dataset), rows = reportCard(cells);
    return rows.length ? { rows, tests: reportCardTests(cells) } : null;
  },
  draw: ({ rows, tests }, context) => [drawHarnessReportCard(rows, tests, context)],
});
