/**
 * Sessions counted and summed: cells, slices, rates, coverage, tables, and `results.json` as a whole.
 *
 * @module
 */
export * from "./cell_rows.ts";
export * from "./cells.ts";
export * from "./compare.ts";
export * from "./completeness.ts";
export * from "./coverage.ts";
export * from "./dataset_of.ts";
export { distributionsOf, ordered, type Stated } from "./distributions.ts";
export * from "./explore.ts";
export { cellValue, type Condition, conditionsOf, isCellName, wordsOf } from "./filter.ts";
export * from "./need_sessions.ts";
export * from "./need_verdicts.ts";
export * from "./note.ts";
export * from "./tally.ts";
export * from "./totals.ts";
export * from "./where.ts";
export * from "./with_column.ts";
export * from "./results.ts";
export * from "./results_json.ts";
export * from "./table_results.ts";
