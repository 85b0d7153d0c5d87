/**
 * The published study, the lab's first user: its rows, facts, claims, headlines, prices and figures, and the audit of what
 * it judged. Nothing else of the library knows it.
 *
 * @module
 */
export * from "./audit.ts";
export * from "./contamination.ts";
export * from "./contrasts.ts";
export * from "./customer_calls.ts";
export * from "./evidence.ts";
export * from "./figures/mod.ts";
export * from "./guardrails.ts";
export * from "./headlines.ts";
export * from "./is_study.ts";
export * from "./leaderboard_band.ts";
export * from "./held_fixed.ts";
export { studyNames } from "./names.ts";
export * as say from "./prose/mod.ts";
export * from "./published.ts";
export * from "./published_classes.ts";
export * from "./published_prices.ts";
export { studyOptions, studyQuestions } from "./questions/mod.ts";
export { withoutSwebenchQuestions } from "./questions/without_swebench.ts";
export * from "./reference.ts";
export * from "./results.ts";
export { type QuotedSession, type ShortlistingCount, type StoredFacts, storedFacts } from "./sources/facts.ts";
export { JUDGED_TABLE, judgedIsHere, judgedSessions, judgedTable } from "./sources/judged.ts";
export { officialRates, parseOfficialRates, publishedClaims } from "./sources/official.ts";
export { replica, replicaSessions } from "./sources/replica.ts";
export { tokenSplit } from "./sources/token_split.ts";
export { V1_TRACES } from "./sources/traces.ts";
export { loadStudy, optionsFor, study } from "./study.ts";
export * from "./task_family.ts";
export * from "./variants.ts";
