import type { ClaimFile } from "../analysis/claims/mod.ts";
import type { Prices, References } from "../analysis/mod.ts";
import type { Figure, FigureContext, HtmlTable } from "../figures/mod.ts";
import type { Dataset, Names, OfficialRate } from "../model/mod.ts";
import type { Random } from "../stats/mod.ts";

/** Chapters in reading order. */
export const CHAPTERS: readonly Chapter[] = [
  "counts",
  "success",
  "explain",
  "cost",
  "failure",
  "judged",
  "truth",
  "claims",
  "topics",
];

/** Where a question stands. */
export type Chapter = "counts" | "success" | "explain" | "cost" | "failure" | "judged" | "truth" | "claims" | "topics";

/**
 * What a question cannot do without: sessions counted and summed; their quantiles and failure modes; each session; people's
 * labels; official grades of cells; the calls themselves.
 */
export type Need = "cells" | "distributions" | "sessions" | "labels" | "grades" | "traces";

/** Official grades of cells, and who gave them. */
export interface CellGrades {
  /** One row a cell. */
  rates: readonly OfficialRate[];
  /** Who graded, for captions. */
  source: string;
}

/** What questions are told beside the dataset; {@link import("./context.ts").questionContext} fills what is not given. */
export interface QuestionContext extends FigureContext {
  /** Labels, colours, order and file names. */
  names: Names;
  /** Without rates no cost is known. */
  prices: Prices;
  /** The family of suites that a benchmark belongs to. */
  familyOf: (benchmark: string) => string;
  /** Levels that effects are told against; the most frequent level of a factor that is not given. */
  reference: References;
  /** Tokens of a rule that stops every session there, held against each family's own; null without one. */
  singleCap: number | null;
  /** A range that is said elsewhere of what failures cost over successes, to hold these against; null without one. */
  failedCostBand: { lo: number; hi: number; label: string } | null;
  /** Models whose sessions are not an agent's: left out of what is best, and said so. */
  notAgents: readonly string[];
  /** What the shares of all sessions are called beside those of other choices. */
  baseChoice: string;
  /** Seed of everything random. */
  seed: number;
  /** A fresh generator from the seed, so that a question asked alone has the same answer. */
  random: () => Random;
  /** Null where nobody graded cells. */
  grades: CellGrades | null;
  /** Claims to decide; null without any. */
  claims: ClaimFile | null;
  /** Address of a chapter on the page that shows the answers; without it links to chapters are plain text. */
  chapterHref?: (chapter: Chapter) => string;
  /** Address of a question on that page, by its name. */
  questionHref?: (name: string) => string;
  /** Address of a session's transcript at a call, null where it has none; without it sessions are plain text. */
  sessionHref?: (sessionId: string, call: number) => string | null;
}

/** What an answer is drawn as. */
export type Drawn = Figure | HtmlTable;

/**
 * One question: what it needs, the pure function that answers, the pure function that draws the answer. A record is all that
 * figures, report, notebooks, snapshots and tests know of it.
 *
 * @typeParam A what the answer is: rows of the analysis
 */
export interface Question<A = unknown> {
  /** Also the name of its figure, where it has one; lower case with hyphens. */
  name: string;
  /** The question itself, as a person would ask it. */
  title: string;
  /** Where it stands. */
  chapter: Chapter;
  /** What it cannot do without. */
  needs: readonly Need[];
  /** What is missing where `ask` gives null, to follow "left out:". */
  nothing: string;
  /** The answer; null where these data have none. */
  ask(dataset: Dataset, context: QuestionContext): A | null | Promise<A | null>;
  /** What the answer is drawn as. */
  draw(answer: A, context: QuestionContext): Drawn[];
}

/**
 * A question as written, with the type of its answer inferred.
 *
 * ```ts
 * import { answer, question, questionContext } from "agent-trace-lab/questions";
 * import { cellsOf, ratesBy } from "agent-trace-lab/analysis";
 * import { rowsTable } from "agent-trace-lab/figures";
 *
 * const byTeam = question({
 *   name: "by-team",
 *   title: "Which harness solves most?",
 *   chapter: "success",
 *   needs: ["cells"],
 *   nothing: "no session has a verdict",
 *   ask: (dataset) => {
 *     const rates = ratesBy(cellsOf(dataset), ["harness"]);
 *     return rates.length ? rates : null;
 *   },
 *   draw: (rates, context) => [
 *     rowsTable("by-team", "Success by harness", [{ label: "harness", text: (r) => r.harness }], rates, context),
 *   ],
 * });
 * ```
 */
export function question<A>(record: Question<A>): Question<A> {
  return record;
}

/** Whether something drawn is a figure; otherwise it is a table. */
export function isFigure(drawn: Drawn): drawn is Figure {
  return "svg" in drawn;
}

/** Rows, or null where there is none: then the question has no answer. */
export function ifAny<T>(rows: readonly T[]): readonly T[] | null {
  return rows.length ? rows : null;
}
