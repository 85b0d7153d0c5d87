import { completeness, type CompletenessRow } from "../analysis/mod.ts";
import type { Dataset, SourceInfo } from "../model/mod.ts";
import {
  answer,
  type Answered,
  type Chapter,
  isFigure,
  type Question,
  type QuestionContext,
  questionContext,
  type QuestionOptions,
  questions as allQuestions,
} from "../questions/mod.ts";
import { chapterHref, questionHref } from "./chapters.ts";
import { nextSteps, type Step } from "./next.ts";
import { sentencesOf } from "./sentences/sentences.ts";
import { toldOf } from "./sentences/told.ts";

/** What {@link report} is told beside the dataset: what its questions are asked with, and how it opens. */
export interface ReportOptions extends QuestionOptions {
  /** What is asked; every question unless given. */
  questions?: readonly Question[];
  /** The question that the whole answers. */
  title?: string;
  /** Questions of which the first that has a figure opens the report. */
  lead?: readonly string[];
  /** The source as a command line names it, for the commands that the report suggests; its own name unless given. */
  source?: string;
}

/** A report as data: what {@link import("./page.ts").reportHtml} and its like write out. */
export interface Report {
  /** The question that the whole answers. */
  title: string;
  /** Where the numbers are from. */
  info: SourceInfo;
  /** What it was made of. */
  dataset: Dataset;
  /** In which context its questions were asked. */
  context: QuestionContext;
  /** Every question with its answer, or why it was left out. */
  answered: readonly Answered[];
  /** The answer whose figure says the finding; null where no question that could has one. */
  lead: Answered | null;
  /** At most five sentences, each with its interval, the most important first. */
  sentences: readonly string[];
  /** Of how many sessions each field that may be unknown is known. */
  completeness: readonly CompletenessRow[];
  /** What to do next. */
  next: readonly Step[];
  /** The titles of questions that these data do not answer, and why. */
  leftOut: readonly { name: string; title: string; why: string }[];
  /** The source as a command line names it. */
  source: string;
}

/** Questions that a report may open with, in this order. */
const LEAD = ["coefficients", "league", "pooled-vs-balanced", "coverage"];

/** What a report is called unless told. */
const TITLE = "What explains the success of these agents?";

/**
 * Asks every question of a dataset, and says first what matters: one figure, at most five sentences chosen by the data, how
 * complete the data are, and what to do next.
 *
 * ```ts
 * import { datasetOf, report, reportMarkdown } from "agent-trace-lab";
 * import { match } from "node:assert/strict";
 *
 * const info = { name: "none", sha256: "", sessions: 0, sentence: "No sessions.", caption: "none" };
 * match(reportMarkdown(await report(datasetOf(info, []))), /There is no session/);
 * ```
 *
 * @param options what the questions are asked with (prices, names, grades, claims), and how the report opens
 * @throws what a question throws; what these data cannot answer is left out and named
 */
export async function report(dataset: Dataset, options: ReportOptions = {}): Promise<Report> {
  const { questions = allQuestions, title = TITLE, lead = LEAD, source = dataset.info.name, ...asked } = options;
  const hrefOf = (chapter: Chapter) => chapterHref(chapter);
  const context = questionContext(dataset, { chapterHref: hrefOf, questionHref, ...asked });
  const answered: Answered[] = [];
  for (const question of questions) answered.push(await answer(question, dataset, context));
  const opening = lead.map((name) => answered.find(({ question }) => question.name === name));
  const known = completeness(dataset);
  return {
    title,
    info: dataset.info,
    dataset,
    context,
    answered,
    lead: opening.find((one) => one?.drawn.some(isFigure)) ?? null,
    sentences: sentencesOf(toldOf(dataset, answered, context)),
    completeness: known,
    next: nextSteps(dataset, answered, { source, prices: context.prices }),
    leftOut: answered.flatMap(({ question: { name, title }, leftOut: why }) =>
      why === null ? [] : [{ name, title, why }]
    ),
    source,
  };
}
