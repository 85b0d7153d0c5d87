/** Secrets and personal data, and how they are taken out of what is written. @module */
export { redactName, redactNames } from "./names.ts";
export { PERSONAL_KINDS } from "./personal.ts";
export * from "./redactor.ts";
export { type NamedRule, namedRuleSchema, type SecretRule, secretRulesSchema } from "./rule.ts";
export { type TokenRule, tokenRuleSchema } from "./rule.ts";
export { SECRET_RULES } from "./rules.ts";
export { redactedJson, type RedactedValue, redactValue, valueRedactor } from "./value.ts";
