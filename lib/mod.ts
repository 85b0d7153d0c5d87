/**
 * agent-trace-lab: load the traces of agents, count them, and ask what explains success, cost and failure.
 *
 * The names here are enough for a first look; each layer has a door of its own beside this one (`./stats`, `./sources`,
 * `./judge` …), and what these functions take and give is spelt out in `./types`.
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
export { loadDataset, sourceHelp } from "./engines/mod.ts";
export { isFault, openTraces } from "./sources/mod.ts";
export { importTraces } from "./import/mod.ts";
export {
  cellsOf,
  compare,
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
export { decideClaims, parseClaims } from "./analysis/claims/mod.ts";
export { answer, type Question, questionContext, questions } from "./questions/mod.ts";
export { type Report, report, reportHtml, reportJson, reportMarkdown } from "./report/mod.ts";
export { type Figure, plainNames } from "./figures/mod.ts";
export { figure, md, saveFigure, show } from "./notebook/mod.ts";
export { newcombe, wilson } from "./stats/mod.ts";
export type { Cell, Dataset, Label, Session, Study, TraceRow, Verdict } from "./model/mod.ts";
