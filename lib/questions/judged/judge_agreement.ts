import { gradedVerdicts, judgeAgreement as agreementOf } from "../../analysis/mod.ts";
import { drawJudgeAgreement } from "../../figures/mod.ts";
import { question } from "../question.ts";

/** Verdicts against grades of the same sessions. */
export const judgeAgreement = question({
  name: "judge-agreement",
  title: "Does the judge agree with the grades of its sessions?",
  chapter: "judged",
  needs: ["sessions"],
  nothing: "no session has both a judge's verdict and a grade",
  ask: (dataset) => {
    const rows = agreementOf(gradedVerdicts(dataset.sessions));
    return rows.some((row) => row.n > 0) ? rows : null;
  },
  draw: (rows, context) => [drawJudgeAgreement(rows, context)],
});
