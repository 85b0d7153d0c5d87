/**
 * The judge: rubrics, the transcript it is shown, the prompt, asking many sessions safely, and its verdicts. Only
 * `client.ts` reaches the network.
 *
 * @module
 */
export * from "./ask.ts";
export * from "./backoff.ts";
export * from "./budget.ts";
export { CALL_ROLES, type CallRole, callRoles, type CallRule, parseCallRules, type RoleOf } from "./call_rules.ts";
export * from "./client.ts";
export * from "./embed.ts";
export * from "./estimate.ts";
export * from "./example.ts";
export * from "./job.ts";
export * from "./join.ts";
export * from "./judge_choice.ts";
export * from "./judge_one.ts";
export * from "./judge_sessions.ts";
export * from "./ledger.ts";
export * from "./panel.ts";
export * from "./parse_reply.ts";
export * from "./plan.ts";
export * from "./prompt.ts";
export * from "./recorded.ts";
export * from "./rubric.ts";
export * from "./run.ts";
export * from "./select.ts";
export * from "./spool.ts";
export * from "./throttle.ts";
export { tokensOf } from "./tokens.ts";
export * from "./transcript.ts";
export * from "./transcript_page.ts";
export * from "./verdict.ts";
export { visible } from "./visible.ts";
