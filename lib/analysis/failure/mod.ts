/**
 * How sessions fail: modes, what failed sessions spend, guardrails, words of failure reasons.
 *
 * @module
 */
export * from "./boxes.ts";
export * from "./failed_over_successful.ts";
export * from "./family.ts";
export * from "./failures.ts";
export * from "./guardrails.ts";
export * from "./judge_terms.ts";
export * from "./modes.ts";
export * from "./thrash.ts";
export * from "./tool_error_signal.ts";
export * from "./within_config.ts";
