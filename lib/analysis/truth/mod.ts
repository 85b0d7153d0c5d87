/**
 * Verdicts held against official grades: cells and sessions, the published claims, what would overturn them, and an
 * audit of what was judged.
 *
 * @module
 */
export * from "./agreement.ts";
export * from "../../study/audit.ts";
export * from "../claims/claim_schema.ts";
export * from "../claims/claims.ts";
export * from "./corrected.ts";
export * from "../../study/customer_calls.ts";
export * from "./duplicates.ts";
export * from "../claims/full_results.ts";
export * from "../../study/headlines.ts";
export * from "./join.ts";
export * from "./label_budget.ts";
export * from "./official.ts";
export * from "./official_gaps.ts";
export type * from "./official_types.ts";
export * from "./overturn.ts";
export * from "../../study/variants.ts";
