/** The row types of the project and their checks. @module */
export * from "./cell.ts";
export * from "./cell_query.ts";
export * from "./check.ts";
export * from "./columns.ts";
export * from "./counted.ts";
export * from "./dataset.ts";
export * from "./label.ts";
export * from "./message.ts";
export * from "./names.ts";
export * from "./official.ts";
export * from "./prices.ts";
export * from "./redacted.ts";
export * from "./session.ts";
export * from "./session_row.ts";
export * from "./shared_messages.ts";
export * from "./study.ts";
export * from "./trace_row.ts";
