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
export { plainNames } from "./figures/mod.ts";
export type { Figure, FigureContext, HtmlTable } from "./figures/mod.ts";
export { figure, md, saveFigure, show } from "./notebook/mod.ts";
export { newcombe, wilson } from "./stats/mod.ts";
export type { Cell, Dataset, Label, Names, Session, SourceInfo, Study, TraceRow, Verdict } from "./model/mod.ts";
