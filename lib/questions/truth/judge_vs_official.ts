import { MIN_JUDGED } from "../../analysis/cut_offs.ts";
import { cellsOf } from "../../analysis/counts/cells.ts";
import { officialAgreement, officialGaps } from "../../analysis/truth/official_gaps.ts";
import { agreementTable, gapsTable } from "../../figures/truth/agreement_tables.ts";
import { drawJudgeVsOfficial } from "../../figures/truth/judge_vs_official.ts";
import { question } from "../question.ts";

/** Judged against official rates, cell by cell. */
export const judgeVsOfficial = question({
  name: "judge-vs-official",
  title: "Are judged and official rates of a cell alike?",
  chapter: "truth",
  needs: ["cells", "grades"],
  nothing: `no cell was both judged ${MIN_JUDGED} times and officially graded`,
  ask: (dataset, { grades }) => {
    const gaps = officialGaps(cellsOf(dataset), grades?.rates ?? []);
    return gaps.length ? { gaps, agreement: officialAgreement(gaps) } : null;
  },
  draw: ({ gaps, agreement }, context) => {
    const told = { ...context, ...(context.grades ? { official: context.grades.source } : {}) };
    return [
      drawJudgeVsOfficial(gaps, agreement, told),
      agreementTable(agreement, context),
      gapsTable(gaps, context),
    ];
  },
});
