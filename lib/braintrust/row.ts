import type { Message } from "../model/mod.ts";

/**
 * A row of a Braintrust project's logs, complete: every field is there, because a row that is sent replaces the one with
 * the same id. What is not known is null (or, in `metadata`, `metrics` and `scores`, not there).
 */
export interface BraintrustRow {
  /** Deterministic: the same session gives the same ids again. */
  id: string;
  /** Equal to `id`. */
  span_id: string;
  /** Id of its session's root; a root's own. */
  root_span_id: string;
  /** Null for a root, the root's id for a call. */
  span_parents: string[] | null;
  /** Whether it is the session itself, not one of its calls. */
  is_root: boolean;
  /** The task (root), or what the model was given (call). */
  input: string | Message[] | null;
  /** The final answer (root), or what the model answered (call). */
  output: string | Message[] | null;
  /** Who ran what, and what else is known, redacted and capped in size. */
  metadata: Record<string, unknown>;
  /** `start` and `end` in seconds since 1970; tokens. */
  metrics: Record<string, number>;
  /** `task_success`: the verdict or the source's grade; `official_success`: the official grade; 0 or 1. */
  scores: Record<string, number>;
  /** What went wrong; null when nothing is recorded. */
  error: string | null;
  /** ISO 8601. */
  created: string | null;
  /** Name, kind (`task` for a root, `llm` for a call) and position, 1 for the root. */
  span_attributes: { name: string; type: "task" | "llm"; exec_counter: number };
}

/** Entries of `metadata` that a verdict writes; a merge takes none of them away by itself. */
export const JUDGE_ENTRIES = [
  "judge_success",
  "judge_model",
  "judge_confidence",
  "judge_reasoning",
  "judge_reliability",
  "judge_evidence",
  "judge_failing_call",
  "judge_failing_quote",
  "judge_outcome",
  "judge_rubric",
  "judge_prompt_hash",
  "judge_share_shown",
  "judge_panel",
] as const;

/** Whether a row carries a judge's verdict, a null one included. */
export function isJudged(row: Pick<BraintrustRow, "metadata">): boolean {
  return "judge_model" in row.metadata;
}
