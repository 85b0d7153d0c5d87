/** Intervals that hold however often one looks: confidence sequences by betting. @module */
export type { Batch } from "./capital.ts";
export * from "./difference_sequence.ts";
export * from "./mean_sequence.ts";
export * from "./rate_sequence.ts";
