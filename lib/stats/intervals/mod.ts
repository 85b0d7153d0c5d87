/** Intervals of rates and of their differences. @module */
export * from "./clopper_pearson.ts";
export * from "./clustered_rate.ts";
export * from "./jeffreys.ts";
export * from "./newcombe.ts";
export * from "./stratified_newcombe.ts";
export * from "./wilson.ts";
export { HELD, type Held, HELD_ENOUGH, heldAtWorst, shortOf } from "./held.ts";
