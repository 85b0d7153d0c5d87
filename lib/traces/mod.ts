/** From recorded spans to what they say: messages, ids, outcome, tool errors, redaction, sessions. Pure. @module */
export { finalAnswerOf, taskOf } from "./answers.ts";
export { type Call, conversationOf } from "./conversation.ts";
export { childRowId, rootRowId } from "./ids.ts";
export { type OnElement, type ReadMessages, readMessages } from "./messages.ts";
export type { DroppedMetadata } from "./metadata.ts";
export { parseRecorded } from "./recorded_json.ts";
export {
  addSecretCounts,
  PERSONAL_KINDS,
  redactedJson,
  redactName,
  redactNames,
  type RedactOptions,
  type Redactor,
  redactorOf,
  redactSecrets,
  redactValue,
  SECRET_RULES,
  type SecretCounts,
  type SecretRule,
} from "./redaction/mod.ts";
export { sessionOf } from "./session.ts";
export { playsCustomer, systemTextOf } from "./system_text.ts";
export { timeUs } from "./time_text.ts";
export { durationS, wallClockS } from "./times.ts";
export {
  type CallTokens,
  type Counted,
  countedTokens,
  type RecordedTokens,
  TOKEN_CONVENTIONS,
  type TokenConvention,
} from "./tokens.ts";
export { isToolError, toolErrorsOf } from "./tool_errors.ts";
export { type Turn, turnsOf } from "./turns.ts";
export { type Usage, usageOf } from "./usage.ts";
export type { Malformed, MalformedKind } from "./malformed.ts";
export type { NamedRule, TokenRule } from "./redaction/rule.ts";
export type { RedactedText } from "./redaction/redactor.ts";
export type { RedactedValue } from "./redaction/value.ts";
