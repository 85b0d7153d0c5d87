/**
 * The judge: rubrics, the transcript it is shown, the prompt, asking many sessions safely, and its verdicts. Only
 * `endpoint/client.ts` reaches the network.
 *
 * @module
 */
export * from "./attack/attack.ts";
export * from "./attack/traces.ts";
export * from "./endpoint/ask.ts";
export * from "./endpoint/client.ts";
export * from "./endpoint/dialect.ts";
export * from "./endpoint/embed.ts";
export * from "./endpoint/learn.ts";
export * from "./endpoint/usage.ts";
export * from "./example/example.ts";
export * from "./example/recorded.ts";
export * from "./judges/families.ts";
export * from "./judges/judge_choice.ts";
export * from "./judges/panel.ts";
export * from "./prompt/budget.ts";
export * from "./prompt/job.ts";
export * from "./prompt/prompt.ts";
export { tokensOf } from "./prompt/tokens.ts";
export { visible } from "./prompt/visible.ts";
export { callRoles, type CallRule, parseCallRules, type RoleOf } from "./roles/call_rules.ts";
export * from "./roles/roles.ts";
export * from "./rubrics/rubric.ts";
export * from "./run/call_log.ts";
export * from "./run/call_sums.ts";
export * from "./run/estimate.ts";
export * from "./run/judge_one.ts";
export * from "./run/judge_sessions.ts";
export * from "./run/plan.ts";
export * from "./run/purse.ts";
export * from "./run/run.ts";
export * from "./run/select.ts";
export * from "./run/settings.ts";
export * from "./run/spool.ts";
export * from "./run/throttle.ts";
export * from "./transcript/transcript.ts";
export * from "./transcript/transcript_page.ts";
export * from "./verdicts/answer_schema.ts";
export * from "./verdicts/columns.ts";
export * from "./verdicts/join.ts";
export * from "./verdicts/key_set.ts";
export * from "./verdicts/ledger.ts";
export * from "./verdicts/parse_reply.ts";
export * from "./verdicts/quote.ts";
export * from "./verdicts/verdict.ts";
export * from "./verdicts/words.ts";
