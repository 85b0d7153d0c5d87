/** Regressions on counts: exact, and of the same cost for a thousand sessions or a billion. @module */
export type { CountRow, Factor, LevelCounts, ModelSpec } from "./count_row.ts";
export type { Design, DroppedTerm, Pattern } from "./design.ts";
export * from "./eta_squared.ts";
export type { Confounding, Reference } from "./levels.ts";
export { fitLinear, type FittedPattern, type LinearModel } from "./linear_model.ts";
export * from "./linear_terms.ts";
export * from "./logit_model.ts";
export type { ClusterCounts } from "./patterns.ts";
export * from "./share_draws.ts";
export * from "./share_function.ts";
export * from "./share_intervals.ts";
export * from "./shares_of_r2.ts";
