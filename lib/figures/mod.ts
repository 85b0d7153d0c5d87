/**
 * Figures and tables: rows of `lib/analysis` in, one SVG document or HTML fragment out. Pure: nothing here loads, counts
 * or fits, and the same rows give the same bytes on every machine.
 *
 * @module
 */
export * from "./kit/mod.ts";
export { conversation, type ConversationContext, type ConversationTurn } from "./counts/conversation.ts";
export { drawCoverage } from "./counts/coverage.ts";
export { type LogsContext, sessionsTable } from "./counts/logs.ts";
export { duplicatesTable } from "./counts/duplicates.ts";
export { drawModelCoverage } from "./counts/model_coverage.ts";
export { type FailingStepsContext, failingStepsTable } from "./judged/failing_steps.ts";
export { drawJudgeAgreement, type JudgeAgreementContext } from "./judged/judge_agreement.ts";
export { drawJudgeConfidence } from "./judged/judge_confidence.ts";
export { type ConfigBenchmarkRows, drawConfigBenchmarkHeatmap } from "./success/config_benchmark_heatmap.ts";
export { drawHarnessModelHeatmap } from "./success/harness_model_heatmap.ts";
export { drawHarnessPanels } from "./success/harness_panels.ts";
export { drawHarnessReportCard } from "./success/harness_report_card.ts";
export { drawLeague } from "./success/league.ts";
export { drawPairedConfigs } from "./success/paired_configs.ts";
export { drawPlan } from "./success/plan.ts";
export { drawPooledVsBalanced } from "./success/pooled_vs_balanced.ts";
export { drawReliabilityQuadrant } from "./success/reliability_quadrant.ts";
export { drawRepeats } from "./success/repeats.ts";
export { drawTaskItems } from "./success/task_items.ts";
export { printedTable, type PrintedTableContext } from "./counts/table.ts";
export { drawWinners } from "./success/winners.ts";
export { drawEffectSensitivity } from "./explain/effect_sensitivity.ts";
export { drawHarnessEffect } from "./explain/harness_effect.ts";
export { drawVarianceExplained, type VarianceRows } from "./explain/variance_explained.ts";
export { drawCostPerSuccess } from "./cost/cost_per_success.ts";
export { drawCostPerSuccessBySuite } from "./cost/cost_per_success_by_suite.ts";
export { drawCostQualityFrontier } from "./cost/cost_quality_frontier.ts";
export { drawSuiteFrontiers } from "./cost/suite_frontiers.ts";
export { drawFailedVsSuccessful, type FailedCostContext } from "./cost/failed_vs_successful.ts";
export { drawRankChange } from "./cost/rank_change.ts";
export { drawFailedTokens, drawFailedTokensBySuite } from "./failure/failed_tokens.ts";
export { drawFailureModes } from "./failure/failure_modes.ts";
export { drawGuardrail } from "./failure/guardrail.ts";
export { drawJudgeTerms } from "./failure/judge_terms.ts";
export { drawThrashOrGiveUp } from "./failure/thrash_or_give_up.ts";
export { drawToolErrors } from "./failure/tool_errors.ts";
export { drawTopics, type TopicsContext } from "./topics/topics.ts";
export { type ClaimsContext, claimsTable, type ClaimsTableContext, drawClaims } from "./claims/claims.ts";
export { agreementTable, gapsTable } from "./truth/agreement_tables.ts";
export { drawLabelMoves } from "./truth/label_moves.ts";
export { drawCoefficients } from "./truth/coefficients.ts";
export { drawJudgeVsOfficial } from "./truth/judge_vs_official.ts";
export { drawWhatExplainsSuccess } from "./truth/what_explains_success.ts";
