/** Quantiles, boxes, fronts and words: description without a model. @module */
export * from "./box_stats.ts";
export * from "./log_odds_dirichlet.ts";
export * from "./pareto_front.ts";
export { quantile, quantileSorted } from "./quantile.ts";
