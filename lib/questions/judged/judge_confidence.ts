import { judgeConfidence as confidenceOf } from "../../analysis/judged/judge_said.ts";
import { drawJudgeConfidence } from "../../figures/judged/judge_confidence.ts";
import { question } from "../question.ts";

/** Sessions by the confidence that the judge stated. */
export const judgeConfidence = question({
  name: "judge-confidence",
  title: "How sure does the judge call itself?",
  chapter: "judged",
  needs: ["distributions"],
  nothing: "no session has a stated confidence",
  ask: (dataset) => {
    const rows = confidenceOf(dataset);
    return rows.some((row) => row.confidence !== "unscored") ? rows : null;
  },
  draw: (rows, context) => [drawJudgeConfidence(rows, context)],
});
