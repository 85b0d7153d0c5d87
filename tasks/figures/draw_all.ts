import {
  cellResults,
  cellsOf,
  contaminationPairs,
  contenders,
  costIntervalsByCell,
  costIntervalsByConfig,
  effects,
  failedCost,
  failedTokensByCell,
  failedTokensByHarness,
  failures,
  frontier,
  gradedVerdicts,
  guardrails,
  harnessPanels,
  judgeAgreement,
  judgeConfidence,
  judgeTerms,
  LEADERBOARD_BAND,
  modelsUnder,
  publishedPrices,
  quadrant,
  rankChange,
  reportCard,
  sensitivity,
  thrash,
  toolErrorSignal,
} from "../../lib/analysis/mod.ts";
import {
  drawConfigBenchmarkHeatmap,
  drawContamination,
  drawCostPerSuccess,
  drawCostPerSuccessBySuite,
  drawCostQualityFrontier,
  drawCoverage,
  drawEffectSensitivity,
  drawFailedTokens,
  drawFailedTokensBySuite,
  drawFailedVsSuccessful,
  drawFailureModes,
  drawGuardrail,
  drawHarnessEffect,
  drawHarnessModelHeatmap,
  drawHarnessPanels,
  drawHarnessReportCard,
  drawJudgeAgreement,
  drawJudgeConfidence,
  drawJudgeTerms,
  drawModelCoverage,
  drawPooledVsBalanced,
  drawRankChange,
  drawReliabilityQuadrant,
  drawSwebenchClaudeCode,
  drawThrashOrGiveUp,
  drawToolErrors,
  drawVarianceExplained,
  drawWinners,
  type Figure,
} from "../../lib/figures/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";
import type { Dataset } from "../../lib/model/mod.ts";

/** Seed of the resampling, as in the notebooks. */
const SEED = 1;

/** Every figure that sessions alone are enough for, in the order of the notebooks. */
export function drawAll(dataset: Dataset): Figure[] {
  const context = { source: dataset.info.caption };
  const { sessions } = dataset;
  const cells = cellsOf(sessions);
  const prices = publishedPrices();
  const results = cellResults(dataset.info, cells, prices);
  // A generator of its own for each: a figure drawn alone has the same bytes.
  const resampling = () => ({ random: seededRandom(SEED) });
  const cellCosts = costIntervalsByCell(sessions, prices, resampling());
  const cellTokens = failedTokensByCell(sessions);
  return [
    drawCoverage(results.coverage, context),
    drawModelCoverage(results.model_coverage, context),
    drawJudgeConfidence(judgeConfidence(dataset), context),
    drawJudgeAgreement(judgeAgreement(gradedVerdicts(sessions)), context),
    drawPooledVsBalanced(results.reliability, context),
    drawConfigBenchmarkHeatmap(results, context),
    drawHarnessModelHeatmap(results.harness_model, context),
    drawReliabilityQuadrant(quadrant(cells), context),
    drawHarnessReportCard(reportCard(cells), context),
    drawHarnessPanels(harnessPanels(cells), context),
    drawWinners(contenders(cells), context),
    drawSwebenchClaudeCode(modelsUnder(cells, "claude_code", "swebench"), context),
    drawVarianceExplained(results, context),
    drawHarnessEffect(effects(cells), context),
    drawEffectSensitivity(sensitivity(cells), context),
    drawCostQualityFrontier(frontier(cells, prices), context),
    drawCostPerSuccess(costIntervalsByConfig(sessions, prices, resampling()), context),
    drawCostPerSuccessBySuite(cellCosts, "coding", context),
    drawCostPerSuccessBySuite(cellCosts, "conversational", context),
    drawFailedVsSuccessful(failedCost(sessions, prices, resampling()), {
      ...context,
      band: { ...LEADERBOARD_BAND, label: "Open Agent Leaderboard: +20% to +54%" },
    }),
    drawRankChange(rankChange(cells, prices), context),
    drawFailureModes(failures(sessions, dataset.facts.thresholds), context),
    drawToolErrors(toolErrorSignal(dataset), context),
    drawFailedTokens(failedTokensByHarness(sessions), context),
    drawFailedTokensBySuite(cellTokens, "coding", context),
    drawFailedTokensBySuite(cellTokens, "conversational", context),
    drawThrashOrGiveUp(thrash(sessions, resampling()), context),
    drawGuardrail(guardrails(sessions, resampling()), context),
    drawJudgeTerms(judgeTerms(dataset), context),
    drawContamination(contaminationPairs(cells), context),
  ];
}
