/**
 * What explains success: regressions on benchmark, model and harness, their shares of R2, and how far these can be trusted.
 *
 * @module
 */
export * from "./effects.ts";
export * from "./factors.ts";
export * from "./fit_results.ts";
export * from "./fits.ts";
export * from "./levels_of.ts";
export * from "./logit.ts";
export * from "./multilevel.ts";
export * from "./need_regression.ts";
export * from "./reference.ts";
export * from "./runs.ts";
export * from "./sensitivity.ts";
export * from "./share.ts";
export * from "./shares_by_run.ts";
