import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { planOf } from "../../lib/judge/run/estimate.ts";
import { judgeFor } from "../../lib/judge/judges/judge_choice.ts";
import type { Session } from "../../lib/model/mod.ts";

const session = (deployment: string, totalTokens: number, calls: number) =>
  ({ deployment, totalTokens, inputTokens: null, calls }) as Session;

const OPTIONS = {
  judge: "gpt-4.1",
  otherJudge: "gpt-4o",
  budgetTokens: 30_000,
  price: (judge: string) => judge === "gpt-4.1" ? { inputUsdPerMtok: 2, outputUsdPerMtok: 8 } : null,
};

Deno.test("a plan from sums takes the last input as the transcript, cut at the budget", () => {
  const sessions = [session("a/x", 100_000, 10), session("a/x", 1_000_000, 10), session("a/x", 0, 0)];
  const { byJudge, shortened, usd, atMostUsd } = planOf(sessions, OPTIONS);
  deepEqual([byJudge.length, byJudge[0]!.jobs, shortened], [1, 3, 1]);
  equal(byJudge[0]!.inputTokens, 20_000 + 30_000 + 3 * 900);
  ok(usd! > 0 && usd! < atMostUsd!);
});

Deno.test("an unknown price makes the plan's price unknown, not 0", () => {
  const { usd, byJudge } = planOf([session("openai/gpt-4.1", 1000, 1), session("a/x", 1000, 1)], OPTIONS);
  deepEqual([usd, byJudge.map(({ judge, usd }) => [judge, usd === null])], [null, [["gpt-4o", true], [
    "gpt-4.1",
    false,
  ]]]);
});

Deno.test("no model judges its own family, and when both judges are of it there is an error", () => {
  equal(judgeFor("Azure/gpt-4.1-2025-04-14", "gpt-4.1", "gpt-4o"), "gpt-4o");
  equal(judgeFor("openai/gpt-4o", "gpt-4.1", "gpt-4o"), "gpt-4.1");
  throws(
    () => judgeFor("gpt-4.1", "openai/gpt-4.1", "azure/gpt-4.1-preview"),
    /no model judges its own family.*--other-judge/,
  );
});
