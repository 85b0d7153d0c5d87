/** From recorded spans to what they say: messages, ids, outcome, tool errors, redaction, sessions. Pure. @module */
export * from "./answers.ts";
export * from "./conversation.ts";
export * from "./ids.ts";
export * from "./lost_texts.ts";
export * from "./messages.ts";
export * from "./metadata.ts";
export * from "./recorded_json.ts";
export * from "./redaction/mod.ts";
export * from "./session.ts";
export * from "./system_text.ts";
export * from "./time_text.ts";
export * from "./times.ts";
export * from "./tokens.ts";
export * from "./tool_errors.ts";
export * from "./turns.ts";
export * from "./usage.ts";
export { jsonText } from "./json_text.ts";
export type { Malformed, MalformedKind } from "./malformed.ts";
