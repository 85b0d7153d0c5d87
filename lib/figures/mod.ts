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
export { escapeXml, fitName, fitText, textWidth, widest, wrapText } from "./text.ts";
export { inkOn, luminance, rampColor } from "./color.ts";
export { textBlock } from "./text_block.ts";
export { objectsTable, type ObjectsTableContext } from "./objects_table.ts";
export { plotBlock } from "./plot.ts";
export { heatBlock, MIN_CELL } from "./heat.ts";
export { rowsTable, type TableColumn } from "./rows_table.ts";
export { conversation, type ConversationContext, type ConversationTurn } from "./01_conversation.ts";
export { drawCoverage } from "./01_coverage.ts";
export { type LogsContext, sessionsTable } from "./01_logs.ts";
export { drawModelCoverage } from "./01_model_coverage.ts";
export { drawJudgeAgreement } from "./02_judge_agreement.ts";
export { drawJudgeConfidence } from "./02_judge_confidence.ts";
export { type ConfigBenchmarkRows, drawConfigBenchmarkHeatmap } from "./03_config_benchmark_heatmap.ts";
export { drawHarnessModelHeatmap } from "./03_harness_model_heatmap.ts";
export { drawHarnessPanels } from "./03_harness_panels.ts";
export { drawHarnessReportCard } from "./03_harness_report_card.ts";
export { drawPooledVsBalanced } from "./03_pooled_vs_balanced.ts";
export { drawReliabilityQuadrant } from "./03_reliability_quadrant.ts";
export { drawSwebenchClaudeCode } from "./03_swebench_claude_code.ts";
export { printedTable, type PrintedTableContext } from "./03_table.ts";
export { drawWinners } from "./03_winners.ts";
export { drawEffectSensitivity } from "./04_effect_sensitivity.ts";
export { drawHarnessEffect } from "./04_harness_effect.ts";
export { drawVarianceExplained, type VarianceRows } from "./04_variance_explained.ts";
export { drawCostPerSuccess } from "./05_cost_per_success.ts";
export { drawCostPerSuccessBySuite, type SuiteFamily } from "./05_cost_per_success_by_suite.ts";
export { drawCostQualityFrontier } from "./05_cost_quality_frontier.ts";
export { drawFailedVsSuccessful, type FailedCostContext } from "./05_failed_vs_successful.ts";
export { drawRankChange } from "./05_rank_change.ts";
export { drawContamination } from "./06_contamination.ts";
export { drawFailedTokens, drawFailedTokensBySuite } from "./06_failed_tokens.ts";
export { drawFailureModes } from "./06_failure_modes.ts";
export { drawGuardrail } from "./06_guardrail.ts";
export { drawJudgeTerms } from "./06_judge_terms.ts";
export { drawThrashOrGiveUp } from "./06_thrash_or_give_up.ts";
export { drawToolErrors } from "./06_tool_errors.ts";
export { drawTopics, type TopicsContext } from "./06_topics.ts";
export { claimsTable, type ClaimsTableContext, drawClaims } from "./08_claims.ts";
export { drawJudgeVsOfficial } from "./07_judge_vs_official.ts";
export { drawWhatExplainsSuccess } from "./07_what_explains_success.ts";
