import {
  cellResults,
  cellsOf,
  contenders,
  costIntervalsByCell,
  costIntervalsByConfig,
  effects,
  failedCost,
  frontier,
  gradedVerdicts,
  guardrails,
  harnessPanels,
  judgeAgreement,
  judgeConfidence,
  judgeTerms,
  quadrant,
  rankChange,
  reportCard,
  sensitivity,
  sessionResults,
  thrash,
  toolErrorSignal,
  unpricedTable,
} from "../../lib/analysis/mod.ts";
import {
  drawConfigBenchmarkHeatmap,
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
  drawThrashOrGiveUp,
  drawToolErrors,
  drawVarianceExplained,
  drawWinners,
  type Figure,
} from "../../lib/figures/mod.ts";
import {
  contaminationPairs,
  drawContamination,
  drawSwebenchClaudeCode,
  isStudy,
  LEADERBOARD_BAND,
  modelsUnder,
  publishedPrices,
  REFERENCE,
  STUDY_GUARDRAILS,
  studyNames,
  taskFamily,
} from "../../lib/study/mod.ts";
import { seededRandom } from "../../lib/stats/mod.ts";
import type { Dataset, Session } from "../../lib/model/mod.ts";

/** Seed of the resampling, as in the notebooks. */
const SEED = 1;

/**
 * Every figure that sessions alone are enough for, in the order of the notebooks. Where sessions stay in an engine the
 * figures that need each of them are left out; the dataset's sentence says so.
 */
export function drawAll(dataset: Dataset): Figure[] {
  const sessions = dataset.counted?.held === "none" ? null : dataset.sessions;
  const each = (draw: (sessions: readonly Session[]) => Figure) => sessions === null ? [] : [draw(sessions)];
  const cells = cellsOf(dataset);
  const ofStudy = isStudy(dataset);
  const context = { source: dataset.info.caption, ...(ofStudy ? { names: studyNames } : {}) };
  const prices = ofStudy ? publishedPrices() : unpricedTable();
  const fit = ofStudy ? { reference: REFERENCE } : {};
  const results = cellResults(dataset.info, cells, prices, fit);
  const spread = sessionResults(dataset);
  // A generator of its own for each: a figure drawn alone has the same bytes.
  const resampling = () => ({ random: seededRandom(SEED) });
  const inFamily = <T extends { benchmark: string | null }>(rows: readonly T[]) =>
    rows.map((row) => ({ ...row, family: taskFamily(row.benchmark ?? "") }));
  const cellCosts = sessions === null ? [] : inFamily(costIntervalsByCell(sessions, prices, resampling()));
  const cellBoxes = inFamily(spread.failed_tokens_by_cell);
  return [
    drawCoverage(results.coverage, context),
    drawModelCoverage(results.model_coverage, context),
    drawJudgeConfidence(judgeConfidence(dataset), context),
    ...each((s) => drawJudgeAgreement(judgeAgreement(gradedVerdicts(s)), context)),
    drawPooledVsBalanced(results.reliability, context),
    drawConfigBenchmarkHeatmap(results, context),
    drawHarnessModelHeatmap(results.harness_model, context),
    drawReliabilityQuadrant(quadrant(cells), context),
    drawHarnessReportCard(reportCard(cells), context),
    drawHarnessPanels(harnessPanels(cells), context),
    drawWinners(contenders(cells), context),
    ...(ofStudy ? [drawSwebenchClaudeCode(modelsUnder(cells, "claude_code", "swebench"), context)] : []),
    drawVarianceExplained(results, context),
    drawHarnessEffect(effects(cells, fit), context),
    drawEffectSensitivity(sensitivity(cells), context),
    drawCostQualityFrontier(frontier(cells, prices), context),
    ...each((s) => drawCostPerSuccess(costIntervalsByConfig(s, prices, resampling()), context)),
    ...each(() => drawCostPerSuccessBySuite(cellCosts, "coding and search", context)),
    ...each(() => drawCostPerSuccessBySuite(cellCosts, "conversational", context)),
    ...each((s) =>
      drawFailedVsSuccessful(failedCost(s, prices, resampling()), {
        ...context,
        ...(ofStudy ? { band: LEADERBOARD_BAND } : {}),
      })
    ),
    drawRankChange(rankChange(cells, prices), context),
    drawFailureModes(spread.failures, context),
    ...each(() => drawToolErrors(toolErrorSignal(dataset), context)),
    drawFailedTokens(spread.failed_tokens_by_harness, context),
    drawFailedTokensBySuite(cellBoxes, "coding and search", context),
    drawFailedTokensBySuite(cellBoxes, "conversational", context),
    ...each((s) => drawThrashOrGiveUp(thrash(s, resampling()), context)),
    ...each((s) => drawGuardrail(guardrails(s, { ...resampling(), ...(ofStudy ? STUDY_GUARDRAILS : {}) }), context)),
    ...each(() => drawJudgeTerms(judgeTerms(dataset), context)),
    ...(ofStudy ? [drawContamination(contaminationPairs(cells), context)] : []),
  ];
}
