/**
 * What sessions cost: prices, cost per solved task with intervals, the frontier of cost and quality.
 *
 * @module
 */
export * from "./blend.ts";
export * from "./cost.ts";
export * from "./cost_intervals.ts";
export * from "./failed_cost.ts";
export * from "./frontier.ts";
export * from "./litellm.ts";
export * from "./prices.ts";
export * from "./rank_change.ts";
export { type SuiteFrontier, suiteFrontiers } from "./suite_frontiers.ts";
