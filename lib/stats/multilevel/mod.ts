/** Multilevel logits on counts: partial pooling of levels, variance components, predictions for levels not yet seen. @module */
export { type ComponentInterval, componentIntervals } from "./component_intervals.ts";
export type { MultilevelCells } from "./cells.ts";
export {
  fitMultilevel,
  type LevelEffect,
  type MultilevelModel,
  type MultilevelState,
  type VarianceComponent,
} from "./fit.ts";
export type { Laplace, LaplaceState } from "./laplace.ts";
export type { SparsePattern } from "./sparse_pattern.ts";
export * from "./league.ts";
export { type MultilevelPosterior, posteriorDraws, type PosteriorOptions } from "./posterior.ts";
export * from "./rate_draws.ts";
export type { MultilevelSpec, RandomTerm } from "./spec.ts";
