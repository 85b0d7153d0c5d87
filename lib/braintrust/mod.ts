/** Sessions as rows of a Braintrust project's logs. @module */
export * from "./row.ts";
export { type SpanRows, spanRows, type SpanRowsOptions } from "./rows.ts";
