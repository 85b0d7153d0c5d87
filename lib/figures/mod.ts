/**
 * Figures and tables: rows of `lib/analysis` in, one SVG document or HTML fragment out. Pure: nothing here loads, counts
 * or fits, and the same rows give the same bytes on every machine.
 *
 * @module
 */
export * from "./figure.ts";
export * from "./format.ts";
export * from "./frame.ts";
export * from "./legend.ts";
export * from "./names.ts";
export * from "./theme.ts";
export { escapeHtml, scriptJson, tableShell } from "./html.ts";
export { element, textAt, translate } from "./svg.ts";
export { escapeXml, fitText, textWidth, widest, wrapText } from "./text.ts";
export { inkOn, luminance, rampColor } from "./color.ts";
export { plotBlock } from "./plot.ts";
export { heatBlock, MIN_CELL } from "./heat.ts";
export { conversation, type ConversationContext, type ConversationTurn } from "./01_conversation.ts";
export { drawCoverage } from "./01_coverage.ts";
export { type LogsContext, sessionsTable } from "./01_logs.ts";
export { drawModelCoverage } from "./01_model_coverage.ts";
export { type ConfigBenchmarkRows, drawConfigBenchmarkHeatmap } from "./03_config_benchmark_heatmap.ts";
export { drawHarnessModelHeatmap } from "./03_harness_model_heatmap.ts";
export { drawPooledVsBalanced } from "./03_pooled_vs_balanced.ts";
export { printedTable, type PrintedTableContext } from "./03_table.ts";
