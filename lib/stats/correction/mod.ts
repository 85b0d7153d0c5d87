/**
 * Success rates and regression coefficients corrected for a judge's mistakes, from labels on some of the sessions; what
 * labels are worth, and where to buy them.
 *
 * @module
 */
export * from "./abstention.ts";
export * from "./at_random.ts";
export * from "./clustered.ts";
export {
  addConfusions,
  type Confusion,
  confusionSize,
  type ErrorRates,
  errorRates,
  type JudgedCount,
} from "./confusion.ts";
export * from "./label_budget.ts";
export * from "./implied_errors.ts";
export * from "./manski.ts";
export * from "./neyman.ts";
export { type PpiMean, ppiMean } from "./ppi_mean.ts";
export * from "./ppi_regression.ts";
export { REGIME, type Regime } from "./regime.ts";
export { type CorrectedRate, type CorrectionOptions, roganGladen, roganGladenEstimate } from "./rogan_gladen.ts";
export * from "./strata.ts";
export * from "./tipping.ts";
