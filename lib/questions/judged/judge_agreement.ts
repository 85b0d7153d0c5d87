import { needSessions } from "../../analysis/counts/need_sessions.ts";
import { gradedVerdicts } from "../../analysis/judged/graded_verdicts.ts";
import { judgeAgreement as agreementOf } from "../../analysis/judged/judge_agreement.ts";
import { gradeBesideJudge } from "../../analysis/judged/judge_verdicts.ts";
import { drawJudgeAgreement } from "../../figures/judged/judge_agreement.ts";
import type { GradeOrigin, Session } from "../../model/mod.ts";
import { question } from "../question.ts";

/** What a grade is called by whose it is. */
const GRADES: Readonly<Record<GradeOrigin, string>> = {
  official: "official grade",
  human: "human grade",
  judge: "other judge's grade",
  program: "program's grade",
};

/** Verdicts against grades of the same sessions. */
export const judgeAgreement = question({
  name: "judge-agreement",
  title: "Does the judge agree with the grades of its sessions?",
  chapter: "judged",
  needs: ["sessions"],
  nothing: "no session has both a judge's verdict and a grade of another",
  ask: (dataset) => {
    const sessions = needSessions(dataset);
    const rows = agreementOf(gradedVerdicts(sessions));
    return rows.some((row) => row.n > 0) ? { rows, grade: gradeOf(sessions) } : null;
  },
  draw: ({ rows, grade }, context) => [drawJudgeAgreement(rows, { ...context, grade })],
});

/** What the grades of judged sessions are called: by their origin where they have one. */
function gradeOf(sessions: readonly Session[]): string {
  const graded = sessions.filter((session) => session.judgeModel !== null && gradeBesideJudge(session) !== null);
  const origins = [...new Set(graded.map((session) => session.gradeOrigin))];
  const [origin] = origins;
  return origins.length === 1 && origin ? GRADES[origin] : "grade";
}
