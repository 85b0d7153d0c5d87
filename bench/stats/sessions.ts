import { modelFamily, type Session } from "../../lib/model/mod.ts";
import { type Random, randomIndex } from "../../lib/stats/mod.ts";

const BENCHMARKS = ["appworld", "browsecompplus", "swebench", "tau2_airline", "tau2_retail", "tau2_telecom"];
const HARNESSES = ["claude_code", "openai_solo", "smolagents_code", "tool_calling", "tool_calling_with_shortlisting"];
const DEPLOYMENTS = ["aws/claude-opus-4-5", "azure/Kimi-K2.5", "azure/DeepSeek-V3.2", "gcp/gemini-3-pro-preview"];
const RUNS_PER_CELL = 5;

/**
 * Generated sessions: 120 combinations of 5 runs each, 3 verdicts. Names are shared strings, as a Parquet dictionary
 * gives them; seconds are eighths, so that sums are exact in any order.
 */
export function generatedSessions(count: number, random: Random): Session[] {
  const pick = <T>(list: readonly T[]) => randomIndex(random, list.length);
  const runs = new Map<number, string>();
  return Array.from({ length: count }, (_, i): Session => {
    const [b, h, d, r] = [pick(BENCHMARKS), pick(HARNESSES), pick(DEPLOYMENTS), randomIndex(random, RUNS_PER_CELL)];
    const cell = ((b * HARNESSES.length + h) * DEPLOYMENTS.length + d) * RUNS_PER_CELL + r;
    const run = runs.get(cell) ?? `run${cell.toString(16).padStart(9, "0")}`;
    runs.set(cell, run);
    const outcome = random();
    const [input, output] = [1000 + randomIndex(random, 1_000_000), randomIndex(random, 50_000)];
    return {
      sessionId: `${run}_${i}`,
      id: String(i),
      run,
      taskId: null,
      trial: null,
      benchmark: BENCHMARKS[b]!,
      harness: HARNESSES[h]!,
      deployment: DEPLOYMENTS[d]!,
      model: FAMILIES[d]!,
      success: outcome < 0.6 ? 1 : outcome < 0.98 ? 0 : null,
      officialSuccess: null,
      gradeOrigin: null,
      totalTokens: input + output,
      inputTokens: input,
      cachedTokens: null,
      cacheWriteTokens: null,
      outputTokens: output,
      reasoningTokens: null,
      tokensEstimated: false,
      calls: 1 + randomIndex(random, 80),
      startedAt: null,
      durationS: randomIndex(random, 8000) / 8,
      wallClockS: null,
      toolErrors: null,
      errorSpans: 0,
      failureMode: null,
      judgeModel: null,
      judgeConfidence: null,
      judgeReasoning: null,
      judgeReliability: null,
      judgeFailingCall: null,
      judgeFailingQuote: null,
      topics: null,
      recordedUsd: null,
    };
  });
}

const FAMILIES = DEPLOYMENTS.map(modelFamily);

/** What the other engines read: the columns that cells are counted from. */
export const COLUMNS = [
  "benchmark",
  "harness",
  "deployment",
  "model",
  "run",
  "success",
  "totalTokens",
  "inputTokens",
  "cachedTokens",
  "outputTokens",
  "calls",
  "durationS",
  "recordedUsd",
] as const;

/** Sessions as CSV, in pieces of ten thousand rows. */
export function* sessionsCsv(sessions: readonly Session[]): Generator<string> {
  yield COLUMNS.join(",") + "\n";
  for (let from = 0; from < sessions.length; from += 10_000) {
    yield sessions.slice(from, from + 10_000).map((s) => COLUMNS.map((c) => s[c] ?? "").join(",") + "\n").join("");
  }
}
