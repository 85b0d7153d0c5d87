/**
 * Who succeeds: pooled and balanced rates, the best of each benchmark, harnesses side by side.
 *
 * @module
 */
export * from "./agents.ts";
export * from "./harness_panels.ts";
export * from "./models_under.ts";
export * from "./paired.ts";
export * from "./plan.ts";
export * from "./quadrant.ts";
export * from "./reliability.ts";
export * from "./winners.ts";
