/**
 * Statistics on plain numbers and counts: pure functions, no files, network, clock or hidden randomness.
 *
 * @module
 */
export * from "./agreement/mod.ts";
export * from "./correction/mod.ts";
export * from "./descriptive/mod.ts";
export * from "./distributions/mod.ts";
export * from "./intervals/mod.ts";
export * from "./multilevel/mod.ts";
export * from "./paired/mod.ts";
export * from "./planning/mod.ts";
export * from "./regression/mod.ts";
export * from "./resampling/mod.ts";
export * from "./sequential/mod.ts";
export * from "./stratified/mod.ts";
export * from "./tests/mod.ts";
export * from "./types.ts";
export * from "./validation/mod.ts";
