import friends from "./friends.json" with { type: "json" };
import replies from "./friends_replies.json" with { type: "json" };
import { checkRow, type TraceRow } from "../../model/mod.ts";
import { traceRowSchema } from "../../model/trace_row.ts";
import { systemClock } from "../../io/clock.ts";
import { DEFAULT_RETRIES } from "../../io/retry.ts";
import type { JudgePrice } from "../endpoint/ask.ts";
import { openAiAsk } from "../endpoint/client.ts";
import { type Job, jobOf } from "../prompt/job.ts";
import { DEFAULT_JUDGES } from "../judges/judge_choice.ts";
import { judgeOne } from "../run/judge_one.ts";
import { DEFAULT_BUDGET_TOKENS } from "../prompt/prompt.ts";
import { checkRecordedReplies, recordedFor } from "./recorded.ts";
import { type Rubric, rubricFor } from "../rubrics/rubric.ts";
import { createThrottle } from "../run/throttle.ts";
import { type Transcript, transcriptOf } from "../transcript/transcript.ts";
import type { JudgeVerdict } from "../verdicts/verdict.ts";

/**
 * A small session of our own: friends were to be removed and added, none was added, success was
 * claimed.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { exampleSession } from "agent-trace-lab/judge";
 * equal(exampleSession().spans.length, 5); // an invented session of five calls
 * ```
 */
export function exampleSession(): TraceRow {
  return checkRow(traceRowSchema, friends, "lib/judge/example/friends.json", null);
}

/** How {@link judgeExample} asks. */
export interface ExampleOptions {
  /** Without a key the recorded reply answers. */
  apiKey?: string | undefined;
  /** Those of `DEFAULT_JUDGES` unless told. */
  baseUrl?: string | undefined;
  /** Whom to ask; the first of `DEFAULT_JUDGES` unless given. */
  judge?: string;
  /** Tokens of the transcript at most. */
  budgetTokens?: number;
  /** What a judge costs; null where it is not known. */
  price?: (judge: string) => JudgePrice | null;
}

/** One session, judged, with everything on the way. */
export interface JudgedExample {
  /** The session as it was recorded. */
  row: TraceRow;
  /** What the judge is told about its kind of task. */
  rubric: Rubric;
  /** What the session becomes before it is cut to the budget. */
  transcript: Transcript;
  /** What was sent: `system` and `user`. */
  job: Job;
  /** What the judge said of it. */
  verdict: JudgeVerdict;
  /** Who answered, in a sentence. */
  answeredBy: string;
}

/**
 * Judges the example through the same code as any session: by the endpoint with a key, by the recorded reply without.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { judgeExample } from "agent-trace-lab/judge";
 * const { verdict } = await judgeExample(); // a recorded reply: no key, no network
 * equal(verdict.outcome, "judged");
 * ```
 */
export async function judgeExample(options: ExampleOptions = {}): Promise<JudgedExample> {
  const { apiKey, baseUrl = DEFAULT_JUDGES.baseUrl, judge = DEFAULT_JUDGES.judge, price = () => null } = options;
  const row = exampleSession();
  const rubric = rubricFor(row.benchmark);
  const transcript = transcriptOf(row);
  const job = jobOf(row, transcript, {
    judge,
    rubric,
    repeat: 1,
    budgetTokens: options.budgetTokens ?? DEFAULT_BUDGET_TOKENS,
  });
  const recorded = checkRecordedReplies(replies, "lib/judge/example/friends_replies.json");
  const verdict = await judgeOne(job, {
    ask: apiKey ? openAiAsk({ apiKey, baseUrl, timeoutMs: 120_000 }) : recordedFor(recorded, row.sessionId),
    throttle: createThrottle(1, systemClock),
    clock: systemClock,
    random: Math.random,
    retries: DEFAULT_RETRIES,
    maxOutputTokens: 2000,
    price,
  });
  const answeredBy = apiKey
    ? `${verdict.judgeResponseModel ?? judge} answered at ${new URL(baseUrl).host}.`
    : `No key is set, so a recorded reply answered (${verdict.judgeResponseModel}): it shows the way of a verdict, not what a model would say.`;
  return { row, rubric, transcript, job, verdict, answeredBy };
}
