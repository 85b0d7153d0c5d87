import { judgeTerms as termsOf } from "../../analysis/failure/judge_terms.ts";
import { drawJudgeTerms } from "../../figures/failure/judge_terms.ts";
import { ifAny, question } from "../question.ts";

/** Words that tell one harness's failure reasons from the others'. */
export const judgeTerms = question({
  name: "judge-terms",
  title: "In which words does the judge blame each harness?",
  chapter: "failure",
  needs: ["distributions"],
  nothing: "no benchmark has reasons of failures under two harnesses",
  ask: (dataset) => ifAny(termsOf(dataset)),
  draw: (rows, context) => [drawJudgeTerms(rows, context)],
});
