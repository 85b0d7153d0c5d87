import { deepEqual, equal, match, ok } from "node:assert/strict";
import type * as A from "../../lib/analysis/mod.ts";
import * as F from "../../lib/figures/mod.ts";
import { layoutFaults } from "../support/layout.ts";

// Figures of data that nobody expected: none, a single row, names that are long, foreign or hostile.
const contexts: readonly F.FigureContext[] = [{ source: "a test" }, { source: "a test", width: 360 }];
const rate = (n: number, k: number): A.Rate => ({ n, k, rate: k / n, lo: 0.1, hi: 0.9 });
const box = { n: 20, q1: 10, median: 20, q3: 30, whisker_lo: 0, whisker_hi: 60 };
const LONG = "an_extraordinarily_long_name_of_a_harness_that_goes_on_and_on_and_on_for_ever";
const HOSTILE = `<script>alert("1")</script> & 漢字 \u0000 \ud800`;

type Drawing = Record<string, () => F.Figure>;
type Draw = (context: F.FigureContext, harness: string, benchmark: string, model: string) => Drawing;

/** Every figure on one row about the given names. */
const single: Draw = (context, harness, benchmark, model) => {
  const config = `${harness} · ${model}`;
  const cell = { ...rate(20, 10), benchmark, harness, model, config, tokens: 1e6, calls: 10, duration_s: 60 };
  const reliability = {
    config,
    ...rate(20, 10),
    micro: 0.5,
    floor: 0.1,
    macro: 0.4,
    mix_gap: 0.1,
    cross_task_std: null,
  };
  const cost = { benchmark, config, model, n: 20, k: 10, rate: 0.5, usd_per_task: 1, usd_per_success: 2 };
  const priced = { ...cost, lo: 1, hi: null, method: "bca" as const, infinite_share: 0.2 };
  const point = { threshold: 2e6, failures_caught: 0.4, successes_stopped: 0.1 };
  const best = {
    ...point,
    kind: "cap" as const,
    youden_j: 0.3,
    validated_j: 0.25,
    j_lo: 0.1,
    j_hi: 0.4,
    optimism: 0.05,
    threshold_lo: 1e6,
    threshold_hi: 3e6,
  };
  const shares = { benchmark: 0.2, harness: 0.1, model: 0.05 };
  const interval = { std_error: 0.1, lo: -0.1, hi: 0.3, p: 0.2, df: null };
  const effect: A.EffectRow = {
    factor: "harness",
    level: harness,
    reference: "tool_calling",
    n: 20,
    runs: 6,
    estimate: 0.1,
    hc1: interval,
    cr1: interval,
    small_sample: null,
    too_few_runs: false,
    withheld: null,
  };
  return {
    drawCoverage: () => F.drawCoverage([{ config, benchmark, n: 20 }], context),
    drawJudgeConfidence: () =>
      F.drawJudgeConfidence([{ benchmark, confidence: "high", n: 20, successes: 10 }], context),
    drawJudgeAgreement: () =>
      F.drawJudgeAgreement([{
        ...{ benchmark, harness, n: 20, undecided: 1, ungraded: 2, tp: 10, fp: 4, fn: 2, tn: 4 },
        ...{ sensitivity: { estimate: 0.83, lo: 0.55, hi: 0.95 }, specificity: null, kappa: null, agreement: null },
      }], context),
    drawModelCoverage: () => F.drawModelCoverage([{ benchmark, deployment: model, model, sessions: 20 }], context),
    drawPooledVsBalanced: () => F.drawPooledVsBalanced([{ ...reliability, n_benchmarks: 1 }], context),
    drawConfigBenchmarkHeatmap: () => F.drawConfigBenchmarkHeatmap({ cells: [cell], reliability: [] }, context),
    drawHarnessModelHeatmap: () => F.drawHarnessModelHeatmap([{ ...rate(20, 10), harness, model }], context),
    drawReliabilityQuadrant: () =>
      F.drawReliabilityQuadrant({
        median_macro: 0.5,
        median_std: 0.2,
        rows: [{ config, n: 20, n_benchmarks: 2, macro: 0.5, cross_task_std: 0.2, corner: "dependable" }],
      }, context),
    drawHarnessReportCard: () =>
      F.drawHarnessReportCard(
        [{ model, shared: [benchmark], gap: 0, bars: [{ ...rate(20, 10), harness, pooled_rate: 0.5 }] }],
        [],
        context,
      ),
    drawHarnessPanels: () =>
      F.drawHarnessPanels([{ model, benchmark, gap: 0, bars: [{ ...rate(20, 10), harness }] }], [], context),
    drawWinners: () =>
      F.drawWinners([{
        ...rate(20, 10),
        benchmark,
        config,
        harness,
        model,
        place: 1,
        p_holm: null,
        tied_with_best: true,
      }], context),
    drawVarianceExplained: () =>
      F.drawVarianceExplained({
        eta_squared: { ...shares, config: 0.3 },
        incremental_r2: { ...shares, full: 0.4 },
        lmg_r2: shares,
        totals: { sessions: 20, scored: 20, successes: 10, llm_calls: 1, tokens: 1 },
      }, context),
    drawHarnessEffect: () =>
      F.drawHarnessEffect({
        n: 20,
        runs: 6,
        cells: 1,
        cells_with_one_run: 0,
        references: { benchmark, model, harness: "tool_calling" },
        rows: [effect],
        widening: null,
        confounded: [],
        unidentified: [],
      }, context),
    drawEffectSensitivity: () =>
      F.drawEffectSensitivity([
        { choice: "as they are", kind: "base", factor: null, measure: "R2", n: 20, ...shares, full: 0.4, note: null },
        {
          choice: `without ${harness}`,
          kind: "left out",
          factor: "harness",
          measure: "R2",
          n: 0,
          harness: null,
          model: null,
          benchmark: null,
          full: null,
          note: "success does not vary",
        },
      ], context),
    drawCostQualityFrontier: () =>
      F.drawCostQualityFrontier([
        { config, model, n: 20, macro: 0.5, usd_per_task: 1, open_weights: null, on_frontier: true },
      ], context),
    drawCostPerSuccess: () => F.drawCostPerSuccess([{ ...priced, benchmark: null }], context),
    drawCostPerSuccessBySuite: () =>
      F.drawCostPerSuccessBySuite([{ ...priced, family: benchmark }], benchmark, context),
    drawFailedVsSuccessful: () =>
      F.drawFailedVsSuccessful([
        {
          benchmark,
          n_failed: 10,
          n_successful: 10,
          usd_failed: 2,
          usd_successful: 1,
          ratio: 2,
          lo: 1,
          hi: 3,
          within: null,
          p_holm: null,
        },
      ], { ...context, band: { lo: 1.2, hi: 1.5, label: "band" } }),
    drawRankChange: () =>
      F.drawRankChange({
        rows: [{ config, n: 20, k: 10, usd_per_task: 1, usd_per_success: 2, place_per_task: 1, place_per_success: 1 }],
        tau: null,
      }, context),
    drawFailureModes: () =>
      F.drawFailureModes({
        n: 20,
        tokens_p90: null,
        calls_p90: null,
        modes: { "silent wrong answer": 20 },
        by_harness: [],
        by_cell: [{ benchmark, harness, mode: "silent wrong answer", n: 20 }],
      }, context),
    drawToolErrors: () =>
      F.drawToolErrors({
        boxes: [{ ...box, harness, outcome: "failed" }],
        threshold: 5,
        harnesses: [],
        cells: [{ benchmark, harness, failures: 5, of_failures: 10, successes: 0, of_successes: 0, unknown: 3 }],
        other_cells: 0,
        share_of_failures: 0.5,
        share_of_successes: null,
      }, context),
    drawFailedTokens: () => F.drawFailedTokens([{ ...box, harness }], context),
    drawFailedTokensBySuite: () =>
      F.drawFailedTokensBySuite([{ ...box, harness, benchmark, family: benchmark }], benchmark, context),
    drawThrashOrGiveUp: () =>
      F.drawThrashOrGiveUp([{
        benchmark,
        measure: "calls",
        n_failed: 10,
        n_successful: 10,
        failed_mean: 20,
        successful_mean: 10,
        ratio: 2,
        lo: 1.2,
        hi: 3,
        within: null,
        p_holm: null,
        style: "thrashes",
      }], context),
    drawGuardrail: () =>
      F.drawGuardrail([{
        family: benchmark,
        benchmarks: [benchmark],
        n_failed: 10,
        n_successful: 10,
        cap: [point],
        floor: [],
        best_cap: best,
        best_floor: null,
        single_cap: point,
      }], context),
    drawJudgeTerms: () =>
      F.drawJudgeTerms([{
        benchmark,
        harness,
        term: model,
        reasons: 5,
        failures: 10,
        reasons_elsewhere: 0,
        failures_elsewhere: 0,
        log_odds: 1,
        z: 2.5,
      }], context),
  };
};

const none = (context: F.FigureContext): Drawing => ({
  drawCoverage: () => F.drawCoverage([], context),
  drawModelCoverage: () => F.drawModelCoverage([], context),
  drawPooledVsBalanced: () => F.drawPooledVsBalanced([], context),
  drawConfigBenchmarkHeatmap: () => F.drawConfigBenchmarkHeatmap({ cells: [], reliability: [] }, context),
  drawHarnessModelHeatmap: () => F.drawHarnessModelHeatmap([], context),
  drawReliabilityQuadrant: () => F.drawReliabilityQuadrant({ median_macro: null, median_std: null, rows: [] }, context),
  drawHarnessReportCard: () => F.drawHarnessReportCard([], [], context),
  drawHarnessPanels: () => F.drawHarnessPanels([], [], context),
  drawWinners: () => F.drawWinners([], context),
  drawVarianceExplained: () =>
    F.drawVarianceExplained({
      eta_squared: { benchmark: null, harness: null, model: null, config: null },
      incremental_r2: null,
      lmg_r2: null,
      totals: { sessions: 0, scored: 0, successes: 0, llm_calls: 0, tokens: 0 },
    }, context),
  drawHarnessEffect: () => F.drawHarnessEffect(null, context),
  drawEffectSensitivity: () => F.drawEffectSensitivity([], context),
  drawCostQualityFrontier: () => F.drawCostQualityFrontier([], context),
  drawCostPerSuccess: () => F.drawCostPerSuccess([], context),
  drawCostPerSuccessBySuite: () => F.drawCostPerSuccessBySuite([], "coding", context),
  drawFailedVsSuccessful: () => F.drawFailedVsSuccessful([], { ...context, band: { lo: 1.2, hi: 1.5, label: "band" } }),
  drawRankChange: () => F.drawRankChange({ rows: [], tau: null }, context),
  drawFailureModes: () =>
    F.drawFailureModes({ n: 0, tokens_p90: null, calls_p90: null, modes: {}, by_harness: [], by_cell: [] }, context),
  drawToolErrors: () =>
    F.drawToolErrors({
      boxes: [],
      threshold: 5,
      harnesses: [],
      cells: [],
      other_cells: 0,
      share_of_failures: null,
      share_of_successes: null,
    }, context),
  drawFailedTokens: () => F.drawFailedTokens([], context),
  drawFailedTokensBySuite: () => F.drawFailedTokensBySuite([], "conversational", context),
  drawThrashOrGiveUp: () => F.drawThrashOrGiveUp([], context),
  drawGuardrail: () => F.drawGuardrail([], context),
  drawJudgeTerms: () => F.drawJudgeTerms([], context),
  drawJudgeConfidence: () => F.drawJudgeConfidence([], context),
  drawJudgeAgreement: () => F.drawJudgeAgreement([], context),
});

function sound(figure: F.Figure, { width = 900 }: F.FigureContext): void {
  equal(figure.width, width);
  deepEqual(layoutFaults(figure), []);
  match(figure.svg, /Source: a test\./);
  equal(/undefined|NaN|null|Infinity|\[object/.test(figure.svg), false, "a hole in the figure");
  ok(!figure.svg.includes("<script") && !figure.svg.includes("\u0000") && figure.svg.isWellFormed());
}

Deno.test("every drawing function is tried on unexpected data", () => {
  const drawing = Object.keys(F).filter((name) => /^draw[A-Z]/.test(name)).sort();
  const tried = Object.keys(none(contexts[0]!)).sort();
  // Figures of truth, claims and topics have tests of their own.
  deepEqual(tried.filter((name) => !drawing.includes(name)), []);
  deepEqual(Object.keys(single(contexts[0]!, "a", "b", "c")).sort(), tried);
});

for (const context of contexts) {
  const where = context.width ? ` on a phone` : "";
  for (const [name, draw] of Object.entries(none(context))) {
    Deno.test(`${name} says what is missing where there is no row${where}`, () => sound(draw(), context));
  }
  for (const [name, draw] of Object.entries(single(context, "claude_code", "swebench", "gpt-4.1"))) {
    Deno.test(`${name} draws a single row${where}`, () => sound(draw(), context));
  }
  for (const [name, draw] of Object.entries(single(context, LONG, LONG, LONG))) {
    Deno.test(`${name} cuts names that are too long${where}`, () => sound(draw(), context));
  }
  for (const [name, draw] of Object.entries(single(context, HOSTILE, HOSTILE, HOSTILE))) {
    Deno.test(`${name} takes any name as text${where}`, () => sound(draw(), context));
  }
}
