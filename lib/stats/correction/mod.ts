/**
 * Success rates and regression coefficients corrected for a judge's mistakes, from labels on some of the sessions; what
 * labels are worth, and where to buy them.
 *
 * @module
 */
export * from "./confusion.ts";
export * from "./label_budget.ts";
export * from "./neyman.ts";
export * from "./ppi_mean.ts";
export * from "./ppi_regression.ts";
export * from "./regime.ts";
export * from "./resample.ts";
export * from "./rogan_gladen.ts";
export * from "./share_intervals.ts";
export * from "./simulate.ts";
export * from "./strata.ts";
