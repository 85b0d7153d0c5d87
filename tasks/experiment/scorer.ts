import { answerText, type DatasetRecord, type Scorer } from "../../lib/braintrust/mod.ts";
import type { Clock, RetryPolicy } from "../../lib/io/mod.ts";
import {
  type Ask,
  createThrottle,
  DEFAULT_BUDGET_TOKENS,
  jobOf,
  judgeOne,
  type Rubric,
  rubricFor,
  transcriptOf,
} from "../../lib/judge/mod.ts";
import type { TraceRow } from "../../lib/model/mod.ts";

/** How answers are judged. */
export interface JudgeScorerOptions {
  judge: string;
  rubrics: readonly Rubric[];
  ask: Ask;
  concurrency: number;
  clock: Clock;
  /** Uniform on [0, 1). */
  random: () => number;
  retries: RetryPolicy;
}

/**
 * The project's judge as a scorer: the answer is made a session, which is judged under its benchmark's rubric like any
 * recorded one. With the expected answer in its prompt it is another scorer, for records that have one.
 */
export function judgeScorer(options: JudgeScorerOptions, withExpected: boolean): Scorer {
  const { judge, rubrics, ask, clock, random, retries } = options;
  const throttle = createThrottle(options.concurrency, clock);
  return {
    name: withExpected ? "judge_expected" : "task_success",
    needsExpected: withExpected,
    score: async (record, output) => {
      const row = sessionOfAnswer(record, output);
      const rubric = rubricFor(row.benchmark, rubrics);
      const job = jobOf(row, transcriptOf(row), {
        judge,
        rubric,
        repeat: 1,
        budgetTokens: DEFAULT_BUDGET_TOKENS,
        expected: withExpected ? answerText(record.expected) : null,
      });
      const verdict = await judgeOne(job, {
        ask,
        throttle,
        clock,
        random,
        retries,
        maxOutputTokens: 2000,
        price: () => null,
      });
      const { success, outcome, confidence, reasoning, evidence, reliability, promptHash } = verdict;
      return {
        score: success,
        metadata: {
          judge_model: judge,
          judge_outcome: outcome,
          judge_confidence: confidence,
          judge_reasoning: reasoning,
          judge_evidence: evidence,
          judge_reliability: reliability,
          judge_rubric: `${rubric.id} v${rubric.version}`,
          judge_prompt_hash: promptHash,
        },
      };
    },
  };
}

/** A session of one model call: the record's input, and what the task answered to it. */
export function sessionOfAnswer({ id, input, metadata }: DatasetRecord, output: unknown): TraceRow {
  const text = (value: unknown) => typeof value === "string" ? value : JSON.stringify(value, null, 1);
  const named = (key: string) => typeof metadata[key] === "string" ? metadata[key] as string : "unspecified";
  const conversation = isConversation(output) ? output : [{ role: "assistant", content: text(output) }];
  const asked = conversation.some(({ role }) => role === "user") ? [] : [{ role: "user", content: text(input) }];
  const messages = [...asked, ...conversation];
  return {
    sessionId: id,
    benchmark: named("benchmark"),
    harness: named("harness"),
    models: ["unspecified"],
    collectedAt: null,
    taskId: null,
    trial: null,
    totalTokens: null,
    recordedUsd: null,
    grades: null,
    metadata: {},
    spans: [{
      traceId: null,
      spanId: "answer",
      parentSpanId: null,
      name: "task",
      startTime: null,
      endTime: null,
      status: { code: 0, message: "" },
      requestModel: null,
      responseModel: null,
      responseId: null,
      finishReasons: null,
      inputTokens: null,
      cachedTokens: null,
      cacheWriteTokens: null,
      reasoningTokens: null,
      outputTokens: null,
      inputMessages: JSON.stringify(messages.slice(0, -1)),
      outputMessages: JSON.stringify(messages.slice(-1)),
      toolDefinitions: null,
      systemInstructions: null,
    }],
  };
}

function isConversation(output: unknown): output is { role: string }[] {
  return Array.isArray(output) && output.length > 0 && output.every((message) => typeof message?.role === "string");
}
