/**
 * Sentences of the notebooks. Each is chosen by a test of the data, and what is said of the published text is said of the
 * study's rows alone.
 *
 * @module
 */
export * from "./audited.ts";
export * from "./claims.ts";
export * from "./coefficients.ts";
export * from "./cost.ts";
export * from "./failure.ts";
export * from "./judged.ts";
export * from "./labels.ts";
export * from "./regression.ts";
export * from "./simpson.ts";
export * from "./table.ts";
export * from "./told.ts";
export * from "./truth.ts";
export * from "./verdicts.ts";
