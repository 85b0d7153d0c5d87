import type { Question } from "./question.ts";
import { claims } from "./claims/claims.ts";
import { costPerSuccess } from "./cost/cost_per_success.ts";
import { costPerSuccessBySuite } from "./cost/cost_per_success_by_suite.ts";
import { costQualityFrontier } from "./cost/cost_quality_frontier.ts";
import { failedVsSuccessful } from "./cost/failed_vs_successful.ts";
import { suiteFrontiers } from "./cost/suite_frontiers.ts";
import { rankChange } from "./cost/rank_change.ts";
import { coverage } from "./counts/coverage.ts";
import { duplicates } from "./counts/duplicates.ts";
import { modelCoverage } from "./counts/model_coverage.ts";
import { effectSensitivity } from "./explain/effect_sensitivity.ts";
import { harnessEffect } from "./explain/harness_effect.ts";
import { varianceExplained } from "./explain/variance_explained.ts";
import { failedTokens } from "./failure/failed_tokens.ts";
import { failedTokensBySuite } from "./failure/failed_tokens_by_suite.ts";
import { failureModes } from "./failure/failure_modes.ts";
import { guardrail } from "./failure/guardrail.ts";
import { judgeTerms } from "./failure/judge_terms.ts";
import { thrashOrGiveUp } from "./failure/thrash_or_give_up.ts";
import { toolErrors } from "./failure/tool_errors.ts";
import { failingSteps } from "./judged/failing_steps.ts";
import { judgeAgreement } from "./judged/judge_agreement.ts";
import { judgeConfidence } from "./judged/judge_confidence.ts";
import { configBenchmarkHeatmap } from "./success/config_benchmark_heatmap.ts";
import { harnessModelHeatmap } from "./success/harness_model_heatmap.ts";
import { harnessPanels } from "./success/harness_panels.ts";
import { harnessReportCard } from "./success/harness_report_card.ts";
import { league } from "./success/league.ts";
import { pairedConfigs } from "./success/paired_configs.ts";
import { plan } from "./success/plan.ts";
import { pooledVsBalanced } from "./success/pooled_vs_balanced.ts";
import { reliabilityQuadrant } from "./success/reliability_quadrant.ts";
import { repeats } from "./success/repeats.ts";
import { table } from "./success/table.ts";
import { taskItems } from "./success/task_items.ts";
import { winners } from "./success/winners.ts";
import { topics } from "./topics/topics.ts";
import { coefficients } from "./truth/coefficients.ts";
import { labelMoves } from "./truth/label_moves.ts";
import { judgeVsOfficial } from "./truth/judge_vs_official.ts";
import { whatExplainsSuccess } from "./truth/what_explains_success.ts";

/** Every question that can be asked of any source, in reading order. */
export const questions: readonly Question[] = [
  coverage,
  modelCoverage,
  duplicates,
  pooledVsBalanced,
  table,
  configBenchmarkHeatmap,
  harnessModelHeatmap,
  reliabilityQuadrant,
  harnessReportCard,
  harnessPanels,
  winners,
  league,
  pairedConfigs,
  repeats,
  taskItems,
  plan,
  varianceExplained,
  harnessEffect,
  effectSensitivity,
  costQualityFrontier,
  suiteFrontiers,
  costPerSuccess,
  costPerSuccessBySuite,
  failedVsSuccessful,
  rankChange,
  failureModes,
  toolErrors,
  failedTokens,
  failedTokensBySuite,
  thrashOrGiveUp,
  guardrail,
  judgeTerms,
  judgeConfidence,
  failingSteps,
  judgeAgreement,
  labelMoves,
  coefficients,
  judgeVsOfficial,
  whatExplainsSuccess,
  claims,
  topics,
];

/**
 * The question of a name, to ask it alone.
 *
 * ```ts
 * import { questionNamed } from "agent-trace-lab/questions";
 * import { equal } from "node:assert/strict";
 *
 * equal(questionNamed("winners").title, "Who is best on each benchmark, and can that be told?");
 * ```
 *
 * @throws {RangeError} for a name that no question has, with those that there are
 */
export function questionNamed(name: string, among: readonly Question[] = questions): Question {
  const found = among.find((one) => one.name === name);
  if (found) return found;
  throw new RangeError(`no question is called "${name}"; there are ${among.map((one) => one.name).join(", ")}`);
}
