/** The row types of the project and their checks. @module */
export { type Cell, type CellSum, NOT_KNOWN } from "./cell.ts";
export { CELL_SUMS, type CellGroup, type CellTotal } from "./cell_query.ts";
export { checkRow, RowError, type Schema } from "./check.ts";
export {
  type CellUse,
  type Column,
  type ColumnKind,
  type ColumnStorage,
  SESSION_COLUMNS,
  SESSION_FIELDS,
  type SessionColumn,
} from "./columns.ts";
export type {
  CountedBox,
  CountedFailures,
  CountedJudge,
  CountedMode,
  Distributions,
  FailureThresholds,
  TermCount,
} from "./distributions.ts";
export type { Dataset, DatasetInMemory, Held, SourceInfo } from "./dataset.ts";
export { csvField, type Escaped, escapeHtml, escapeMarkdown, type For, terminalText } from "./escape.ts";
export { jsonFault } from "./json_fault.ts";
export { type Label, labelSchema, latestLabels } from "./label.ts";
export type { Message, ToolCall } from "./message.ts";
export { configName, modelFamily, type NameKind, type Names, runOf } from "./names.ts";
export { listed, nearest } from "./nearest.ts";
export type { OfficialRate } from "./official.ts";
export type { Prices, Rates } from "./prices.ts";
export type { Mark, Redacted } from "./redacted.ts";
export {
  FAILURE_MODES,
  type FailureMode,
  GRADE_ORIGINS,
  type GradeOrigin,
  type Session,
  type SessionVerdict,
  TOLD_MODES,
  type ToldMode,
  TOOL_ERROR_THRESHOLD,
  type Verdict,
  VERDICT_FIELDS,
} from "./session.ts";

export { rowOfSession, sessionOfRow } from "./session_row.ts";
export { messagesText, SharedMessages } from "./shared_messages.ts";
export type { Study, StudySource } from "./study.ts";
export type { Grades, Span, SpanStatus, TraceRow } from "./trace_row.ts";
export { type ColumnFilter, FILTER_COLUMNS, type SessionFilter, viewHref } from "./view_href.ts";
export { type TopicLabel, topicLabelSchema, topicsOfSession, topicsText, withTopics } from "./topics.ts";
export type { ScanFinding } from "./scan.ts";
