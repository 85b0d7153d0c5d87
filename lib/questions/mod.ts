/**
 * The questions: one record each, joining what the analysis answers with what the figures draw. Figures, report, snapshots,
 * notebooks and tests loop over the list; a question whose needs are not there, or that these data cannot answer, says why
 * it was left out.
 *
 * @module
 */
export { answer, type Answered, inReadingOrder, leftOutLine, missing } from "./answer.ts";
export { questionContext, type QuestionOptions } from "./context.ts";
export {
  type CellGrades,
  type Chapter,
  CHAPTERS,
  type Drawn,
  ifAny,
  isFigure,
  type Need,
  type Question,
  question,
  type QuestionContext,
} from "./question.ts";
export { questionNamed, questions } from "./questions.ts";
