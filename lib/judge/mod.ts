/**
 * The judge: rubrics, the transcript it is shown, the prompt, asking many sessions safely, and its verdicts. Only
 * `endpoint/client.ts` reaches the network.
 *
 * @module
 */
export {
  ATTACK_FILE,
  type AttackedKind,
  attackJson,
  attackJudge,
  type AttackOptions,
  type AttackReport,
  readAttackReport,
} from "./attack/attack.ts";
export { type Attack, ATTACKS } from "./attack/traces.ts";
export {
  type Ask,
  AskError,
  type AskFault,
  type AskRequest,
  type JudgePrice,
  type Reply,
  type Spent,
  type Usage,
} from "./endpoint/ask.ts";
export { type ClientOptions, openAiAsk, openAiEmbed } from "./endpoint/client.ts";
export { type Embed, embedAll, type EmbedOptions, type EmbedReply, type EmbedRequest } from "./endpoint/embed.ts";
export { type ExampleOptions, exampleSession, type JudgedExample, judgeExample } from "./example/example.ts";
export { type FamilyOf, type FamilyRule, modelFamilies, parseFamilies } from "./judges/families.ts";
export { DEFAULT_JUDGES } from "./judges/judge_choice.ts";
export { type PanelVerdict, panelVerdicts, raterNames } from "./judges/panel.ts";
export { type Job, jobOf } from "./prompt/job.ts";
export { buildPrompt, DEFAULT_BUDGET_TOKENS, type Prompt } from "./prompt/prompt.ts";
export type { Budgeted, ShownItem } from "./prompt/budget.ts";
export { callRoles, type CallRule, parseCallRules, type RoleOf } from "./roles/call_rules.ts";
export { type CallRole, type CallSigns, guessRole, type RoleGuess } from "./roles/roles.ts";
export { parseRubric, type Rubric, rubricFor, RUBRICS } from "./rubrics/rubric.ts";
export type { AskedCall, Bill, CallCost, CallSums, Tokens } from "./run/call_sums.ts";
export { type Asking, judgeOne } from "./run/judge_one.ts";
export { judgeSessions, type JudgeSessionsOptions, type JudgeSessionsResult } from "./run/judge_sessions.ts";
export type { JudgePlan, Plan, PlanOptions, UnreadableRow } from "./run/plan.ts";
export { type OpenCall, openPurse, type Purse, type PurseOptions, unknownPrice } from "./run/purse.ts";
export type { RunOptions, RunProgress, RunReport, SetAsideJob } from "./run/run.ts";
export { parseWhere, type Where, type WhereKey } from "./run/select.ts";
export { settingsText } from "./run/settings.ts";
export { createThrottle, type Throttle } from "./run/throttle.ts";
export { type RoleCount, type Transcript, type TranscriptItem, transcriptOf } from "./transcript/transcript.ts";
export { pageName, transcriptPage } from "./transcript/transcript_page.ts";
export { applyVerdicts, type Joined, type RowVerdict, rowVerdictOf, withVerdict } from "./verdicts/join.ts";
export { readAnswers, readVerdicts } from "./verdicts/ledger.ts";
export type { JudgeVerdict, Outcome } from "./verdicts/verdict.ts";
export type { Clock } from "../io/clock.ts";
export type { Confidence } from "./verdicts/answer_schema.ts";
export type { BegunCall, CallLog, EndedCall } from "./run/call_log.ts";
export type { Identity, IdentityKind } from "./roles/identity.ts";
export type { RetryBudget, RetryPolicy } from "../io/retry.ts";
export type { Item, ItemKind } from "./transcript/items.ts";
export { type DatasetPlan, type EstimatedPlan, type EstimateOptions, planOfDataset } from "./run/estimate.ts";
export { MIN_LOOP, programScans } from "./scans/program.ts";
export { SCAN_MODES, scanOf, SCANS, scansNamed } from "./scans/scans.ts";
export { type Asked, askedBy } from "./rubrics/asked.ts";
export { facetsOf, FAILURE_FACET } from "./facets/facets.ts";
