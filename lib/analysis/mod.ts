/**
 * The questions of this project, asked of cells and sessions with `lib/stats`. Pure: no files, network, clock or chance
 * of its own. What depends on counts and sums takes `Cell[]`; only distributions take `Session[]`.
 *
 * @module
 */
export * from "./cost/blend.ts";
export * from "./failure/boxes.ts";
export * from "./counts/cell_rows.ts";
export * from "./counts/cells.ts";
export * from "../study/contamination.ts";
export * from "../study/contrasts.ts";
export * from "./cost/cost.ts";
export * from "./cost/cost_intervals.ts";
export * from "./counts/counted.ts";
export * from "./counts/coverage.ts";
export * from "./explain/effects.ts";
export * from "./cost/failed_cost.ts";
export * from "./counts/explore.ts";
export * from "./failure/failed_over_successful.ts";
export * from "./failure/failures.ts";
export * from "./explain/fit_results.ts";
export * from "./explain/fits.ts";
export * from "./cost/frontier.ts";
export * from "./truth/mod.ts";
export * from "./failure/guardrails.ts";
export * from "./judged/graded_verdicts.ts";
export * from "./success/harness_panels.ts";
export * from "./judged/judge_agreement.ts";
export * from "./judged/judge_counts.ts";
export * from "./judged/judge_panel.ts";
export * from "./judged/judge_said.ts";
export * from "./failure/judge_terms.ts";
export * from "./cost/litellm.ts";
export * from "./explain/logit.ts";
export * from "../study/models_under.ts";
export * from "./explain/need_regression.ts";
export * from "./counts/need_verdicts.ts";
export * from "./cost/prices.ts";
export * from "../study/published.ts";
export * from "../study/published_prices.ts";
export * from "./success/quadrant.ts";
export * from "./cost/rank_change.ts";
export * from "./success/reliability.ts";
export * from "./counts/results.ts";
export * from "./counts/results_json.ts";
export * from "./explain/sensitivity.ts";
export * from "./explain/shares_by_run.ts";
export * from "./counts/table_results.ts";
export * from "./counts/tally.ts";
export * from "../study/task_family.ts";
export * from "./failure/thrash.ts";
export * from "./failure/tool_error_signal.ts";
export * from "./topics/mod.ts";
export * from "./counts/totals.ts";
export type * from "./types.ts";
export * from "./counts/where.ts";
export * from "./success/winners.ts";
