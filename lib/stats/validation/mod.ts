/** What a rule is worth on what it was not chosen on. @module */
export * from "./cross_validated_rule.ts";
