/**
 * What the functions of the main door take and give, name by name: rows, options and answers. Types alone, nothing runs.
 *
 * @module
 */
export type { LoadOptions } from "./engines/mod.ts";
export type { TraceFault, TraceStream } from "./sources/mod.ts";
export type { Comparison } from "./analysis/mod.ts";
export type { ClaimFile } from "./analysis/claims/mod.ts";
export type { Answered } from "./questions/mod.ts";
export type { ReportOptions } from "./report/mod.ts";
export type { FigureContext, HtmlTable } from "./figures/mod.ts";
export type { Names, SourceInfo } from "./model/mod.ts";
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
