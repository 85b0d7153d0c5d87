/**
 * Verdicts held against grades: cells and sessions, corrected rates, what would overturn a conclusion, what to label next.
 *
 * @module
 */
export * from "./agreement.ts";
export * from "./coefficients.ts";
export * from "./comparable.ts";
export * from "./corrected.ts";
export * from "./duplicates.ts";
export * from "./headline.ts";
export * from "./implied.ts";
export * from "./join.ts";
export * from "./label_budget.ts";
export * from "./official.ts";
export * from "./official_gaps.ts";
export * from "./overturn.ts";
export * from "./share_order.ts";
export * from "./what_explains.ts";
export * from "./label_moves.ts";
export * from "./label_results.ts";
export * from "./moved_rates.ts";
export * from "./next_to_label.ts";
export * from "./rater_agreement.ts";
export * from "./trusted_verdicts.ts";
export * from "./with_labels.ts";
