/** Resampling with a source of chance that is passed in. @module */
export * from "./bootstrap.ts";
export { drawBinomial } from "./draw_binomial.ts";
export { percentileInterval } from "./percentile_interval.ts";
export { type Random, randomIndex, seededRandom } from "./random.ts";
export * from "./wild_cluster_bootstrap.ts";
