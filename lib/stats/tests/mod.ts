/** Tests of counts, and corrections for having tested often. @module */
export * from "./barnard.ts";
export * from "./benjamini_hochberg.ts";
export * from "./fisher_exact.ts";
export * from "./holm.ts";
export * from "./mcnemar.ts";
export * from "./stratified_fisher.ts";
