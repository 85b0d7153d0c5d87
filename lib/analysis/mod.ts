/**
 * The questions of this project, asked of cells and sessions with `lib/stats`. Pure: no files, network, clock or chance
 * of its own. What depends on counts and sums takes `Cell[]`; only distributions take `Session[]`.
 *
 * @module
 */
export * from "./boxes.ts";
export * from "./cell_rows.ts";
export * from "./cells.ts";
export * from "./contrasts.ts";
export * from "./cost.ts";
export * from "./coverage.ts";
export * from "./failed_over_successful.ts";
export * from "./failures.ts";
export * from "./frontier.ts";
export * from "./harness_panels.ts";
export * from "./judge_counts.ts";
export * from "./litellm.ts";
export * from "./prices.ts";
export * from "./published_prices.ts";
export * from "./reliability.ts";
export * from "./table_results.ts";
export * from "./tally.ts";
export * from "./totals.ts";
export type * from "./types.ts";
export * from "./winners.ts";
