import { deepEqual, equal } from "node:assert/strict";
import { applyVerdicts, rowVerdictOf } from "../../lib/judge/verdicts/join.ts";
import { JUDGE_ENTRIES } from "../../lib/braintrust/row.ts";
import { panelVerdicts, raterNames } from "../../lib/judge/judges/panel.ts";
import type { JudgeVerdict } from "../../lib/judge/verdicts/verdict.ts";
import type { Session, Verdict } from "../../lib/model/mod.ts";
import { judgeVerdict } from "../support/verdict.ts";

const session = (sessionId: string, success: Verdict = 1): Session => ({
  sessionId,
  id: sessionId,
  run: "run",
  taskId: null,
  trial: null,
  benchmark: "appworld",
  harness: "solo",
  deployment: "acme/agent-1",
  model: "agent-1",
  success,
  officialSuccess: null,
  gradeOrigin: null,
  totalTokens: 100,
  inputTokens: 90,
  cachedTokens: null,
  cacheWriteTokens: null,
  outputTokens: 10,
  reasoningTokens: null,
  tokensEstimated: false,
  calls: 2,
  startedAt: null,
  durationS: 1,
  wallClockS: 1,
  toolErrors: 0,
  errorSpans: 0,
  failureMode: null,
  judgeModel: "older",
  judgeConfidence: "low",
  judgeReasoning: "old words",
  judgeReliability: null,
  judgeFailingCall: null,
  judgeFailingQuote: null,
  topics: null,
  recordedUsd: null,
});

const verdict = (sessionId: string, success: Verdict, over: Partial<JudgeVerdict> = {}): JudgeVerdict =>
  judgeVerdict(sessionId, success, {
    ...(success === null
      ? { outcome: "refused", confidence: null, reasoning: null }
      : { reasoning: `says ${success}` }),
    ...over,
  });

Deno.test("verdicts replace what a session said of its judge; a session without one is not known", () => {
  const { sessions, joined, withoutVerdict, unknown } = applyVerdicts(
    [session("a"), session("b"), session("c")],
    [verdict("a", 0, { failingCall: 2, failingQuote: "cut \ud83d" }), verdict("b", null), verdict("x", 1)],
  );
  deepEqual(sessions.map((s) => [s.success, s.judgeModel, s.judgeConfidence, s.judgeReasoning]), [
    [0, "gpt-4.1", "high", "says 0"],
    [null, "gpt-4.1", null, null],
    [null, null, null, null],
  ]);
  deepEqual(sessions.map((s) => [s.judgeFailingCall, s.judgeFailingQuote]), [[2, "cut \ufffd"], [null, null], [
    null,
    null,
  ]]);
  deepEqual([joined, withoutVerdict, unknown], [2, ["c"], ["x"]]);
  equal(sessions[0]!.totalTokens, 100);
});

Deno.test("several verdicts are a panel: the majority counts, a tie is null, nulls do not vote", () => {
  const panel = (...votes: Verdict[]) =>
    panelVerdicts(votes.map((vote, i) => verdict("a", vote, { repeat: i + 1 })))[0]!.success;
  equal(panel(1, 0, 1), 1);
  equal(panel(1, 0), null);
  equal(panel(0, null, null), 0);
  equal(panel(null), null);
  const votes = [verdict("a", 1, { reasoning: "yes" }), verdict("a", 0, { reasoning: "no" }), verdict("a", 0)];
  equal(applyVerdicts([session("a")], votes).sessions[0]!.judgeReasoning, "no");
});

Deno.test("on a row a verdict is its score and the judge's words; null is null, never 0, and a panel names its votes", () => {
  const [one] = panelVerdicts([verdict("a", 0, { evidence: [2] })]);
  deepEqual(rowVerdictOf(one!), {
    success: 0,
    metadata: {
      judge_success: 0,
      judge_model: "gpt-4.1",
      judge_confidence: "high",
      judge_reasoning: "says 0",
      judge_reliability: "medium",
      judge_evidence: [2],
      judge_failing_call: null,
      judge_failing_quote: null,
      judge_outcome: "judged",
      judge_rubric: "appworld v1",
      judge_prompt_hash: "abc",
      judge_share_shown: 1,
    },
  });
  const [refused] = panelVerdicts([verdict("a", null)]);
  deepEqual([rowVerdictOf(refused!).success, rowVerdictOf(refused!).metadata["judge_outcome"]], [null, "refused"]);
  const [tied] = panelVerdicts([verdict("a", 1), verdict("a", 0, { judge: "other", repeat: 2 })]);
  equal(rowVerdictOf(tied!).success, null);
  deepEqual(rowVerdictOf(tied!).metadata["judge_panel"], [
    { judge: "gpt-4.1", success: 1, repeat: 1 },
    { judge: "other", success: 0, repeat: 2 },
  ]);
});

Deno.test("a judge is one rater over all benchmarks, and one for each rubric only where sessions have several", () => {
  const [one, two] = [verdict("a", 1), verdict("b", 0, { rubric: "swebench" })];
  deepEqual([one, two].map(raterNames([one, two])), ["gpt-4.1", "gpt-4.1"]);
  const strict = verdict("a", 0, { rubric: "strict" });
  const all = [one, two, strict];
  deepEqual(all.map(raterNames(all)), ["gpt-4.1 · appworld v1", "gpt-4.1 · swebench v1", "gpt-4.1 · strict v1"]);
});

Deno.test("every entry that a verdict writes is known to the write-back, which takes stale ones away", () => {
  const twice = [judgeVerdict("a", 1), judgeVerdict("a", 1, { repeat: 2 })];
  const entries = Object.keys(rowVerdictOf(panelVerdicts(twice)[0]!).metadata);
  deepEqual(entries.filter((key) => !(JUDGE_ENTRIES as readonly string[]).includes(key)), []);
});
