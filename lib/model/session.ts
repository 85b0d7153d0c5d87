/** A verdict on a session: 1 solved, 0 not solved, null not known (never counted as a failure). */
export type Verdict = 0 | 1 | null;

/** How a failed session failed, in the order the modes are tried (see `lib/analysis/failure`). */
export const FAILURE_MODES = [
  "tool-call errors",
  "non-convergence / loop",
  "runtime / span error",
  "silent wrong answer",
] as const;

/** One of {@link FAILURE_MODES}. */
export type FailureMode = typeof FAILURE_MODES[number];

/** What is said of a failed session: its mode, or that it cannot be told from what is known. */
export type ToldMode = FailureMode | "unknown";

/** Every {@link ToldMode}, in order. */
export const TOLD_MODES: readonly ToldMode[] = [...FAILURE_MODES, "unknown"];

/** Tool errors from which a failed session counts as "tool-call errors". */
export const TOOL_ERROR_THRESHOLD = 5;

/** Who gave a grade: the benchmark itself, a person, a model, or a program of the user's own. */
export const GRADE_ORIGINS = ["official", "human", "judge", "program"] as const;

/** One of {@link GRADE_ORIGINS}. */
export type GradeOrigin = typeof GRADE_ORIGINS[number];

/**
 * One session, summed up: who ran what, the verdict, and what it took. The row that every distribution (quantiles,
 * bootstrap over sessions) reads. Unknown values are null, never 0. Its columns in files and tables are
 * `SESSION_COLUMNS`.
 */
export interface Session {
  /** Unique in its source; often `RUN_SESSION`. */
  sessionId: string;
  /** Braintrust root row id: uuid5(DNS, "root:" + sessionId). */
  id: string;
  /** The batch of sessions it was recorded in. */
  run: string;
  /** The task that was worked on, the same for every session on it: what pairs and clusters sessions. */
  taskId: string | null;
  /** Which attempt at the task this was, as the source names it. */
  trial: string | null;
  /** The benchmark, or whatever the source's tasks belong to. */
  benchmark: string;
  /** The agent program that called the model. */
  harness: string;
  /** The model string as logged. */
  deployment: string;
  /** Family of `deployment` (see `modelFamily`). */
  model: string;
  /** The judge's verdict (or the mapped score of the source). */
  success: Verdict;
  /** The grade that the source brings, where it has one; `gradeOrigin` says whose it is. */
  officialSuccess: Verdict;
  /** Who gave `officialSuccess`; null where there is none, or the source does not say. */
  gradeOrigin: GradeOrigin | null;
  /** Tokens of all its calls, input and output. */
  totalTokens: number | null;
  /** Null where the source does not tell input from output. */
  inputTokens: number | null;
  /** The part of `inputTokens` that was read from the provider's cache. */
  cachedTokens: number | null;
  /** The part of `inputTokens` that was written to the provider's cache. */
  cacheWriteTokens: number | null;
  /** Null where the source does not tell input from output. */
  outputTokens: number | null;
  /** The part of `outputTokens` that was spent on reasoning. */
  reasoningTokens: number | null;
  /** Whether tokens were counted from texts by us, because the source has no counts. */
  tokensEstimated: boolean;
  /** Model calls. */
  calls: number;
  /** ISO 8601: the start of the first call. */
  startedAt: string | null;
  /** Seconds from the first call's start to the end of the call that started last (too short where calls overlap). */
  durationS: number | null;
  /** Seconds from the first start to the last end; null where only `durationS` is known. */
  wallClockS: number | null;
  /** Tool results that report an error; null where the texts were not read. */
  toolErrors: number | null;
  /** Calls whose span has the status error; null where nobody counted them. */
  errorSpans: number | null;
  /** Set where the source states the mode itself (the replica); otherwise null and worked out from the counts. */
  failureMode: FailureMode | null;
  /** The model that judged. */
  judgeModel: string | null;
  /** How sure the judge said it was. */
  judgeConfidence: string | null;
  /** Why, in the judge's words. */
  judgeReasoning: string | null;
  /** How far a verdict by its rubric can be relied upon: `strong`, `medium` or `weak` in our rubrics. */
  judgeReliability: string | null;
  /** Of a 0, the number of the first call at which the session could no longer succeed, as the judge says. */
  judgeFailingCall: number | null;
  /** Words of that call, checked to stand in it. */
  judgeFailingQuote: string | null;
  /** How it failed: names of topics, joined by " | "; empty where it is in none, null where nobody sorted it. */
  topics: string | null;
  /** USD the source itself recorded for the agent's calls. */
  recordedUsd: number | null;
}

/** Sessions in the order of their ids. */
export function compareSessions(a: Session, b: Session): number {
  return a.sessionId < b.sessionId ? -1 : a.sessionId > b.sessionId ? 1 : 0;
}

/** What a session says of its verdict. */
export type SessionVerdict = Pick<Session, typeof VERDICT_FIELDS[number]>;

/** The fields of {@link SessionVerdict}. */
export const VERDICT_FIELDS = [
  "success",
  "judgeModel",
  "judgeConfidence",
  "judgeReasoning",
  "judgeReliability",
  "judgeFailingCall",
  "judgeFailingQuote",
] as const satisfies (keyof Session)[];
