/**
 * The questions of this project, asked of cells and sessions with `lib/stats`. Pure: no files, network, clock or chance
 * of its own. What depends on counts and sums takes `Cell[]`; only distributions take `Session[]`.
 *
 * @module
 */
export * from "./blend.ts";
export * from "./boxes.ts";
export * from "./cell_rows.ts";
export * from "./cells.ts";
export * from "./contamination.ts";
export * from "./contrasts.ts";
export * from "./cost.ts";
export * from "./cost_intervals.ts";
export * from "./counted.ts";
export * from "./coverage.ts";
export * from "./effects.ts";
export * from "./failed_cost.ts";
export * from "./explore.ts";
export * from "./failed_over_successful.ts";
export * from "./failures.ts";
export * from "./fit_results.ts";
export * from "./fits.ts";
export * from "./frontier.ts";
export * from "./ground_truth/mod.ts";
export * from "./guardrails.ts";
export * from "./graded_verdicts.ts";
export * from "./harness_panels.ts";
export * from "./judge_agreement.ts";
export * from "./judge_counts.ts";
export * from "./judge_panel.ts";
export * from "./judge_said.ts";
export * from "./judge_terms.ts";
export * from "./litellm.ts";
export * from "./logit.ts";
export * from "./models_under.ts";
export * from "./need_regression.ts";
export * from "./need_verdicts.ts";
export * from "./prices.ts";
export * from "./published.ts";
export * from "./published_prices.ts";
export * from "./quadrant.ts";
export * from "./rank_change.ts";
export * from "./reliability.ts";
export * from "./results.ts";
export * from "./results_json.ts";
export * from "./sensitivity.ts";
export * from "./shares_by_run.ts";
export * from "./table_results.ts";
export * from "./tally.ts";
export * from "./task_family.ts";
export * from "./thrash.ts";
export * from "./tool_error_signal.ts";
export * from "./topics/mod.ts";
export * from "./totals.ts";
export type * from "./types.ts";
export * from "./where.ts";
export * from "./winners.ts";
