/** Multilevel logits on counts: partial pooling of levels, variance components, predictions for levels not yet seen. @module */
export { type ComponentInterval, componentIntervals } from "./component_intervals.ts";
export { fitMultilevel, type LevelEffect, type MultilevelModel, type VarianceComponent } from "./fit.ts";
export type { MultilevelSpec } from "./spec.ts";
