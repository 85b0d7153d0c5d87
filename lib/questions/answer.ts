import { NotKnown, sampleOf } from "../analysis/mod.ts";
import type { Dataset } from "../model/mod.ts";
import { CHAPTERS, type Drawn, type Need, type Question, type QuestionContext } from "./question.ts";

/** A question with what it was drawn as, or why it was left out. */
export interface Answered {
  /** What was asked. */
  question: Question;
  /** The rows that were drawn; null where it was left out. */
  found: unknown;
  /** Empty where it was left out. */
  drawn: readonly Drawn[];
  /** Null where it was not left out. */
  leftOut: string | null;
}

/** Why a dataset and a context cannot give what a question needs; null where they can. */
const MISSING: Readonly<Record<Need, (dataset: Dataset, context: QuestionContext) => string | null>> = {
  cells: () => null,
  // Which of them, the question knows: what cannot be told throws when it is asked for.
  distributions: () => null,
  sessions: ({ held }) => held === "none" ? "needs each session; they stay in the engine" : null,
  labels: ({ labels }) =>
    labels?.length ? null : "needs people's labels (--labels FILE); the workbench makes them (view)",
  grades: (_, { grades }) => grades === null ? "needs official grades of cells; none were given" : null,
  traces: () => "needs the calls themselves; this source has sums of sessions",
};

/** Why a question cannot be asked of a dataset; null where it can. */
export function missing(question: Question, dataset: Dataset, context: QuestionContext): string | null {
  return question.needs.map((need) => MISSING[need](dataset, context)).find((reason) => reason !== null) ?? null;
}

/**
 * Asks a question and draws the answer; where it cannot be asked or has no answer, the reason stands in its place.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { answer, loadDataset, questionContext, questions } from "agent-trace-lab";
 * const dataset = await loadDataset("data/examples/sessions.jsonl");
 * const coverage = questions.find(({ name }) => name === "coverage")!;
 * const { drawn } = await answer(coverage, dataset, questionContext(dataset));
 * equal(drawn.length, 1);
 * ```
 */
export async function answer(question: Question, dataset: Dataset, context: QuestionContext): Promise<Answered> {
  const reason = missing(question, dataset, context);
  if (reason !== null) return { question, found: null, drawn: [], leftOut: reason };
  const found = await answered(question, dataset, context);
  if (found instanceof NotKnown) return { question, found: null, drawn: [], leftOut: found.reason };
  if (found === null) return { question, found: null, drawn: [], leftOut: nothingIn(question, dataset) };
  return { question, found, drawn: question.draw(found, context), leftOut: null };
}

/** What is missing; of the sample alone, where that is all that a question about sessions was asked of. */
function nothingIn({ needs, nothing }: Question, dataset: Dataset): string {
  return needs.includes("sessions") && dataset.held === "sample" ? `in ${sampleOf(dataset)}: ${nothing}` : nothing;
}

async function answered(question: Question, dataset: Dataset, context: QuestionContext): Promise<unknown> {
  try {
    return await question.ask(dataset, context);
  } catch (error) {
    if (error instanceof NotKnown) return error;
    throw error;
  }
}

/** What was left out and why, in one line; null where nothing was. */
export function leftOutLine(answered: readonly Answered[]): string | null {
  const reasons = Map.groupBy(answered.filter(({ leftOut }) => leftOut !== null), ({ leftOut }) => leftOut);
  if (!reasons.size) return null;
  const parts = [...reasons].map(([reason, of]) => `${of.map(({ question }) => question.name).join(", ")} (${reason})`);
  return `Left out: ${parts.join("; ")}.`;
}

/**
 * Questions of several lists as one, chapter by chapter; a question of a later list takes the place of an earlier one of the same
 * name.
 */
export function inReadingOrder(...lists: readonly (readonly Question[])[]): Question[] {
  const byName = new Map(lists.flat().map((one) => [one.name, one]));
  return [...byName.values()].sort((a, b) => CHAPTERS.indexOf(a.chapter) - CHAPTERS.indexOf(b.chapter));
}
