/** How far raters, rankings and clusterings agree. @module */
export * from "./adjusted_rand.ts";
export * from "./cohen_kappa.ts";
export * from "./correlation.ts";
export * from "./kendall.ts";
export * from "./krippendorff_alpha.ts";
export * from "./spearman.ts";
export * from "./youden_j.ts";
