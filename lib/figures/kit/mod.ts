/**
 * What figures and tables are made with: Observable Plot's charts as figures that can be saved, tables as HTML, labels and
 * colours of names, numbers as readers expect them. Pure: the same rows give the same bytes on every machine. The figures
 * themselves are drawn by the questions (`answer` of the main door), which know the rows.
 *
 * @module
 */
export type { Block, Figure, FigureContext, HtmlTable, OfficialContext } from "./figure.ts";
export { fixed, int, pct, plural, points, pValue, seconds, times, tokens, usd } from "./format.ts";
export { frame, type FrameOptions } from "./frame.ts";
export { linkMarks, type PackedNames, packedNames } from "./marks.ts";
export { type Naming, naming, plainNames, settledNames } from "./names.ts";
export type { Shape } from "./shapes.ts";
export { INK, PALETTE } from "./theme.ts";
export { escapeHtml } from "./html.ts";
export type { LegendItem } from "./legend.ts";
export { escapeXml } from "./text.ts";
export { textBlock } from "./text_block.ts";
export { objectsTable, type ObjectsTableContext } from "./objects_table.ts";
export { plotBlock, type PlotBlockOptions } from "./plot.ts";
export {
  type Chart,
  chart,
  chartFigure,
  type ChartFigureOptions,
  type ChartOptions,
  isChart,
  type PlotMark,
  type PlotOptions,
} from "./chart.ts";
export { rowsTable, type TableColumn } from "./rows_table.ts";
