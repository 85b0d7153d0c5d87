/**
 * agent-trace-lab: load the traces of agents, count them, and ask what explains success, cost and failure.
 *
 * The names here are enough for a first look; each layer has a door of its own beside this one (`./stats`, `./sources`, `./judge` …).
 *
 * @example
 * ```ts
 * import { cellsOf, datasetOf, ratesBy, where } from "agent-trace-lab";
 * const dataset = datasetOf({ name: "none", sha256: "", sessions: 0, sentence: "", caption: "" }, []);
 * console.log(ratesBy(cellsOf(dataset), ["harness"])); // []
 * ```
 *
 * @module
 */
export { loadDataset, type LoadOptions, sourceHelp } from "./engines/mod.ts";
export { isFault, openTraces, type TraceFault, type TraceStream } from "./sources/mod.ts";
export { importTraces } from "./import/mod.ts";
export {
  cellsOf,
  compare,
  type Comparison,
  costByConfig,
  datasetOf,
  type Filter,
  labelMoves,
  nextToLabel,
  type Prices,
  ratesBy,
  reliability,
  where,
  winners,
  withColumn,
  withLabels,
} from "./analysis/mod.ts";
export { type ClaimFile, decideClaims, parseClaims } from "./analysis/claims/mod.ts";
export { answer, type Answered, type Question, questionContext, questions } from "./questions/mod.ts";
export { type Report, report, reportHtml, reportJson, reportMarkdown, type ReportOptions } from "./report/mod.ts";
export { plainNames } from "./figures/mod.ts";
export type { Figure, FigureContext, HtmlTable } from "./figures/mod.ts";
export { figure, md, saveFigure, show } from "./notebook/mod.ts";
export { newcombe, wilson } from "./stats/mod.ts";
export type { Cell, Dataset, Label, Names, Session, SourceInfo, Study, TraceRow, Verdict } from "./model/mod.ts";
export type { CompletenessRow } from "./analysis/counts/completeness.ts";
export type { CellGrades, Chapter, Drawn, Need, QuestionContext } from "./questions/question.ts";
export type { ColumnValue } from "./analysis/counts/with_column.ts";
export type { ComparedSide, ComparisonOf } from "./analysis/counts/compare.ts";
export type { CostRow } from "./analysis/cost/cost.ts";
export type { Dimension, Rate } from "./analysis/counts/tally.ts";
export type { ImportOptions, ImportSource } from "./import/import.ts";
export type { Manifest } from "./import/manifest.ts";
export type { QuestionOptions } from "./questions/context.ts";
export type { ReliabilityRow } from "./analysis/success/reliability.ts";
export type { Stated } from "./analysis/counts/distributions.ts";
export type { Wanted } from "./analysis/counts/filter.ts";
export type { WinnerRow } from "./analysis/success/winners.ts";
export type { AgreementRow } from "./analysis/truth/agreement.ts";
export type { AsideReason } from "./import/reasons.ts";
export type { ImportIdentity } from "./import/journal.ts";
export type { References } from "./analysis/explain/reference.ts";
export type { TextsTold } from "./import/texts_told.ts";
export type { Labelled } from "./analysis/truth/with_labels.ts";
export type { MovedOrder, Moves } from "./analysis/truth/label_moves.ts";
export type { NextLabels, NextToLabel } from "./analysis/truth/next_to_label.ts";
export type { CorrectedByLabels, MovedRate } from "./analysis/truth/moved_rates.ts";
export type { RaterPair } from "./analysis/truth/rater_agreement.ts";
export type { TrustedVerdicts } from "./analysis/truth/trusted_verdicts.ts";
