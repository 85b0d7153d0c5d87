/**
 * Verdicts held against official grades: cells and sessions, the published claims, what would overturn them, and an
 * audit of what was judged.
 *
 * @module
 */
export * from "./agreement.ts";
export * from "./audit.ts";
export * from "./claim_schema.ts";
export * from "./claims.ts";
export * from "./corrected.ts";
export * from "./customer_calls.ts";
export * from "./duplicates.ts";
export * from "./full_results.ts";
export * from "./headlines.ts";
export * from "./join.ts";
export * from "./label_budget.ts";
export * from "./official.ts";
export * from "./official_gaps.ts";
export type * from "./official_types.ts";
export * from "./overturn.ts";
export * from "./variants.ts";
