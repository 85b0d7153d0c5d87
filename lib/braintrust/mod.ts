/**
 * Sessions as rows of a Braintrust project's logs, and the way there and back: push, write-back, SQL, datasets, experiments,
 * OTLP. Only `client.ts` reaches the network.
 *
 * @module
 */
export * from "./batches.ts";
export * from "./cells.ts";
export * from "./client.ts";
export * from "../io/clock.ts";
export { checkedLines } from "../io/json_lines.ts";
export * from "./count_rows.ts";
export * from "./dataset_record.ts";
export * from "./datasets.ts";
export * from "./error.ts";
export * from "./experiment.ts";
export { countedField, SESSION_FIELDS } from "./fields.ts";
export * from "./groups.ts";
export * from "./insert.ts";
export * from "./journal.ts";
export * from "./otlp.ts";
export type { OtlpAttribute, OtlpValue } from "./otlp_attributes.ts";
export * from "./merge.ts";
export * from "./merging_send.ts";
export * from "./project.ts";
export * from "./push.ts";
export * from "./push_plan.ts";
export * from "./query.ts";
export { DEFAULT_API_URL, type Settings as SettingNames } from "./refusal.ts";
export * from "./row.ts";
export * from "./standing.ts";
export * from "./row_files.ts";
export { type SpanRows, spanRows, type SpanRowsOptions } from "./rows.ts";
export * from "./scorers/mod.ts";
export * from "./sessions.ts";
export { conditionOf, sessionRows } from "./where.ts";
export type { BraintrustWhere, Either } from "./where.ts";
export * from "./write_back.ts";
