import { ok } from "node:assert/strict";
import * as analysis from "../../lib/analysis/mod.ts";
import * as draw from "../../lib/figures/mod.ts";
import { drawContamination, MIN_CONTAMINATION_N } from "../../lib/study/mod.ts";

const context = { source: "a test" };
const family = "all suites";

/** Figures without a row, and what their captions must say of the analysis' cut-offs. */
const CAPTIONS: [draw.Figure, string[]][] = [
  [draw.drawWinners([], context), [`Configs of ${analysis.MIN_WINNER_N} sessions and more`]],
  [draw.drawHarnessPanels([], [], context), [`two harnesses of ${analysis.MIN_PANEL_N} sessions and more`]],
  [draw.drawHarnessReportCard([], [], context), [
    `Harnesses with ${analysis.MIN_CARD_N} sessions and more in cells of ${analysis.MIN_PANEL_N} and more`,
  ]],
  [draw.drawPooledVsBalanced([], context), [
    `Configs of ${analysis.MIN_CONFIG_N} sessions and more; suites count from ${analysis.MIN_CELL_N} sessions on`,
  ]],
  [draw.drawReliabilityQuadrant({ median_macro: null, median_std: null, rows: [] }, context), [
    `Configs of ${analysis.MIN_CONFIG_N} sessions and more with two suites or more of ${analysis.MIN_CELL_N} sessions`,
  ]],
  [draw.drawConfigBenchmarkHeatmap({ cells: [], reliability: [] }, context), [
    `An average is over cells of ${analysis.MIN_CELL_N} sessions and more`,
    `and of ${analysis.MIN_CONFIG_N} in all`,
  ]],
  [draw.drawCostQualityFrontier([], context), [
    `Configs of ${analysis.MIN_FRONTIER_N} sessions and more with a price; suites count from ${analysis.MIN_CELL_N}`,
  ]],
  [draw.drawRankChange({ rows: [], tau: null }, context), [`Configs of ${analysis.MIN_FRONTIER_N} sessions and more`]],
  [draw.drawCostPerSuccessBySuite([], family, context), [`Cells of ${analysis.MIN_COST_CELL_N} sessions and more`]],
  [draw.drawFailedTokensBySuite([], family, context), [`${analysis.MIN_BOX_FAILURES} failures and more`]],
  [draw.drawJudgeVsOfficial([], [], context), [`judged ${analysis.MIN_JUDGED} times and more`]],
  [drawContamination([], context), [`Models with ${MIN_CONTAMINATION_N} scored sessions and more on both`]],
];

const wordsOf = ({ svg }: draw.Figure) => svg.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

for (const [figure, captions] of CAPTIONS) {
  Deno.test(`the caption of ${figure.name} has the analysis' cut-offs`, () => {
    for (const caption of captions) ok(wordsOf(figure).includes(caption), `"${caption}" is not in: ${wordsOf(figure)}`);
  });
}
