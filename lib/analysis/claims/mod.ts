/**
 * Claims as data: a file of them is checked, each is decided against `results.json` by expressions, and the verdict says
 * why.
 *
 * @module
 */
export type { ClaimGrades } from "./claim_grades.ts";
export { type ClaimCounts, type ClaimLook, intervalOfLooks } from "./claim_looks.ts";
export * from "./claim_schema.ts";
export * from "./claims.ts";
export type { ClaimValue } from "./claim_words.ts";
export * from "./conclusion_moves.ts";
