/**
 * What judges said, and how far they agree with grades and with one another.
 *
 * @module
 */
export * from "./failing_steps.ts";
export * from "./graded_verdicts.ts";
export * from "./judge_agreement.ts";
export * from "./judge_counts.ts";
export * from "./judge_panel.ts";
export * from "./judge_said.ts";
export * from "./judge_verdicts.ts";
export * from "./scans.ts";
