/** Comparisons within strata, beside what pooling says. @module */
export { mantelHaenszel, type StratifiedRates } from "./mantel_haenszel.ts";
export * from "./means.ts";
