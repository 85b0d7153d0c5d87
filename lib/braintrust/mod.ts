/**
 * Sessions as rows of a Braintrust project's logs, and the way there and back: push, write-back, SQL, datasets, experiments,
 * OTLP. Only `client.ts` reaches the network.
 *
 * @module
 */

export { cellsFromBraintrust } from "./cells.ts";
export { type BraintrustClient, braintrustClient, braintrustEnvironment, type BraintrustOptions } from "./client.ts";
export { checkedLines } from "../io/json_lines.ts";
export { type CountedSession, type CountOptions, type CountReport, countRows } from "./count_rows.ts";
export {
  type DatasetField,
  type DatasetMapping,
  type DatasetRecord,
  parseDatasetMapping,
  recordOf,
  recordOfSession,
} from "./dataset_record.ts";
export { checkRecordIds, type DatasetReport, pushDataset, readRecords } from "./datasets.ts";
export { BraintrustError, type BraintrustFault } from "./error.ts";
export {
  type ExperimentOptions,
  type ExperimentResult,
  type ExperimentTask,
  type PairedScores,
  pairedScores,
  runExperiment,
  type TaskContext,
} from "./experiment.ts";
export { SESSION_FIELDS } from "./fields.ts";
export { contentHash, openJournal, type PushJournal, readSent, type SentBefore, type SentRow } from "./journal.ts";
export { sendOtlp } from "./otlp.ts";
export type { DifferingScore } from "./merge.ts";
export { type MergingSend, mergingSend } from "./merging_send.ts";
export { type Project, projectNamed } from "./project.ts";
export { type PushOptions, type PushReport, pushRows, type Send } from "./push.ts";
export { planPush, type PushPlan, type SessionRows } from "./push_plan.ts";
export { type QueryRow, type QueryRows, queryRows } from "./query.ts";
export { DEFAULT_API_URL, type Settings } from "./refusal.ts";
export type { BraintrustRow } from "./row.ts";
export { folderRows, type RowLine } from "./row_files.ts";
export { type SpanRows, spanRows, type SpanRowsOptions } from "./rows.ts";
export {
  answerText,
  contains,
  exactMatch,
  fittingScorers,
  jsonEqual,
  numericMatch,
  type Scorer,
  scorerNamed,
  SCORERS,
} from "./scorers/mod.ts";
export { sessionsFromBraintrust } from "./sessions.ts";
export type { BraintrustWhere, Either } from "./where.ts";
export { type RowVerdict, writeBackRows } from "./write_back.ts";
export type { Clock } from "../io/clock.ts";
export type { Score } from "./scorers/scorer.ts";
export type { Sendable } from "./batches.ts";
export { type TopicsWritten, writeTopics } from "./topics.ts";
