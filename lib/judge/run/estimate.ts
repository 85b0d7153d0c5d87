import type { Session } from "../../model/mod.ts";
import { type JudgePrice, usdOf } from "../endpoint/ask.ts";
import { judgeFor } from "../judges/judge_choice.ts";
import type { JudgePlan } from "./plan.ts";

/** What judging would take, from sums alone. */
export interface EstimatedPlan {
  sessions: number;
  byJudge: JudgePlan[];
  /** Null when a judge has no known price. */
  usd: number | null;
  /** USD if every transcript filled the budget. */
  atMostUsd: number | null;
  /** Sessions whose transcript is expected to be longer than the budget. */
  shortened: number;
}

/** Settings of {@link planOf}. */
export interface EstimateOptions {
  judge: string;
  otherJudge: string;
  budgetTokens: number;
  price: (judge: string) => JudgePrice | null;
}

/** Tokens of the judge's instructions, rubric and frame, and of its reply: about what the built-in ones have. */
const INSTRUCTION_TOKENS = 900;
const REPLY_TOKENS = 110;

/**
 * A plan from sums, where the texts are not at hand. Each call's input repeats the history, so inputs grow evenly from
 * call to call and the transcript is about as long as the last of them: twice the mean tokens a call, cut at the budget;
 * where tokens are not known it is taken to fill the budget. Tool definitions count as input and are not shown to the judge, so it errs on the dear side. A run's own plan counts the
 * prompts themselves.
 */
export function planOf(sessions: readonly Session[], options: EstimateOptions): EstimatedPlan {
  const { judge, otherJudge, budgetTokens, price } = options;
  const plans = new Map<string, JudgePlan>();
  let shortened = 0;
  for (const { deployment, inputTokens, totalTokens, calls } of sessions) {
    const tokens = inputTokens ?? totalTokens;
    const transcript = calls === 0 ? 0 : tokens === null ? budgetTokens : 2 * tokens / calls;
    if (transcript > budgetTokens) shortened++;
    const who = judgeFor(deployment, judge, otherJudge);
    const plan = plans.get(who) ?? { judge: who, jobs: 0, inputTokens: 0, outputTokens: 0, usd: null };
    plans.set(who, {
      ...plan,
      jobs: plan.jobs + 1,
      inputTokens: plan.inputTokens + Math.round(Math.min(budgetTokens, transcript)) + INSTRUCTION_TOKENS,
      outputTokens: plan.outputTokens + REPLY_TOKENS,
    });
  }
  const byJudge = [...plans.values()].map((p) => ({ ...p, usd: usdOf(price(p.judge), p.inputTokens, p.outputTokens) }));
  const full = (p: JudgePlan) => usdOf(price(p.judge), p.jobs * (budgetTokens + INSTRUCTION_TOKENS), p.outputTokens);
  return {
    sessions: sessions.length,
    byJudge,
    usd: sumKnown(byJudge.map((p) => p.usd)),
    atMostUsd: sumKnown(byJudge.map(full)),
    shortened,
  };
}

/** A sum; null when a part is not known. */
function sumKnown(values: readonly (number | null)[]): number | null {
  return values.reduce((sum, value) => sum === null || value === null ? null : sum + value, 0);
}
