import {
  answer,
  type Answered,
  type Question,
  questionContext,
  type QuestionOptions,
  questions,
} from "../../lib/questions/mod.ts";
import { isStudy, studyOptions, studyQuestions } from "../../lib/study/mod.ts";
import type { AskedWith } from "./options.ts";
import type { Dataset } from "../../lib/model/mod.ts";

/**
 * The questions of a dataset and what to ask them with: the study's own where the rows are the study's, the lab's otherwise;
 * `own` stands above either.
 */
export function questionsOf(
  dataset: Dataset,
  { renamed, ...own }: QuestionOptions & Pick<AskedWith, "renamed"> = {},
): { questions: readonly Question[]; options: QuestionOptions } {
  const ofStudy = isStudy(dataset);
  const options = ofStudy ? { ...studyOptions(), ...own } : own;
  const named = renamed ? { ...options, names: renamed(questionContext(dataset, options).names) } : options;
  // The study has claims of its own; one's own are asked beside them where they are given.
  const asked = own.claims ? studyQuestions : studyQuestions.filter(({ name }) => name !== "claims");
  return { questions: ofStudy ? asked : questions, options: named };
}

/** Every question of a dataset answered, one after the other. */
export async function answers(
  dataset: Dataset,
  own: QuestionOptions & Pick<AskedWith, "renamed"> = {},
): Promise<Answered[]> {
  const { questions, options } = questionsOf(dataset, own);
  const context = questionContext(dataset, options);
  const answered: Answered[] = [];
  for (const question of questions) answered.push(await answer(question, dataset, context));
  return answered;
}
