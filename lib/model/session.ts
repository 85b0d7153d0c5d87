import { z } from "zod";

/** A verdict on a session: 1 solved, 0 not solved, null not known (never counted as a failure). */
export type Verdict = 0 | 1 | null;

/** How a failed session failed, in the order the modes are tried (see `lib/analysis/failures.ts`). */
export const FAILURE_MODES = [
  "tool-call errors",
  "non-convergence / loop",
  "runtime / span error",
  "silent wrong answer",
] as const;

/** One of {@link FAILURE_MODES}. */
export type FailureMode = typeof FAILURE_MODES[number];

/** Tool errors from which a failed session counts as "tool-call errors". */
export const TOOL_ERROR_THRESHOLD = 5;

/**
 * One session, summed up: who ran what, the verdict, and what it took. The row that every distribution (quantiles,
 * bootstrap over sessions) reads. Unknown values are null.
 */
export interface Session {
  /** `RUN_SESSION` in the published data. */
  sessionId: string;
  /** Braintrust root row id: uuid5(DNS, "root:" + sessionId). */
  id: string;
  run: string;
  benchmark: string;
  harness: string;
  /** The model string as logged. */
  deployment: string;
  /** Family of `deployment` (see `modelFamily`). */
  model: string;
  /** The judge's verdict (or the mapped score of the source). */
  success: Verdict;
  /** The official grade, where the source has one. */
  officialSuccess: Verdict;
  totalTokens: number;
  /** Null where the source does not tell input from output. */
  inputTokens: number | null;
  cachedTokens: number | null;
  outputTokens: number | null;
  calls: number;
  /** Seconds from the first call's start to the end of the call that started last (the published definition). */
  durationS: number;
  /** Seconds from the first start to the last end; null where only `durationS` is known. */
  wallClockS: number | null;
  /** Tool results that report an error; null where the texts were not read. */
  toolErrors: number | null;
  errorSpans: number;
  /** Set where the source states the mode itself (the replica); otherwise null and worked out from the counts. */
  failureMode: FailureMode | null;
  judgeModel: string | null;
  judgeConfidence: string | null;
  judgeReasoning: string | null;
  judgeReliability: string | null;
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
] as const satisfies (keyof Session)[];

const count = z.number().int().nonnegative();
const verdict = z.union([z.literal(0), z.literal(1)]).nullable();
const text = z.string().nullable();
const name = z.string().min(1);

/** Checks a {@link Session}. */
export const sessionSchema = z.object({
  sessionId: name,
  id: name,
  run: name,
  benchmark: name,
  harness: name,
  deployment: name,
  model: name,
  success: verdict,
  officialSuccess: verdict,
  totalTokens: count,
  inputTokens: count.nullable(),
  cachedTokens: count.nullable(),
  outputTokens: count.nullable(),
  calls: count,
  durationS: z.number().nonnegative(),
  wallClockS: z.number().nonnegative().nullable(),
  toolErrors: count.nullable(),
  errorSpans: count,
  failureMode: z.enum(FAILURE_MODES).nullable(),
  judgeModel: text,
  judgeConfidence: text,
  judgeReasoning: text,
  judgeReliability: text,
  recordedUsd: z.number().nonnegative().nullable(),
}) satisfies z.ZodType<Session>;
