/** How many sessions an answer takes, and when two agents are the same. @module */
export * from "./comparison.ts";
export * from "./equivalence.ts";
