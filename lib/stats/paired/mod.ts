/** The same tasks tried more than once: pairs, repeats, and what each task measures. @module */
export * from "./consistency.ts";
export * from "./item_response.ts";
export * from "./paired_difference.ts";
export * from "./paired_means.ts";
export * from "./pass_at_k.ts";
export type { PairedTrials, Trials } from "./trials.ts";
