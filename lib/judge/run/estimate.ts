import type { Dataset, Session } from "../../model/mod.ts";
import { type JudgePrice, usdOf } from "../endpoint/ask.ts";
import { judgeFor } from "../judges/judge_choice.ts";
import type { JudgePlan } from "./plan.ts";

/** What judging would take, from sums alone. */
export interface EstimatedPlan {
  /** Sessions that would be judged. */
  sessions: number;
  /** One row a judge. */
  byJudge: JudgePlan[];
  /** Null when a judge has no known price. */
  usd: number | null;
  /** USD if every transcript filled the budget. */
  atMostUsd: number | null;
  /** Sessions whose transcript is expected to be longer than the budget. */
  shortened: number;
  /** Sessions whose tokens are not known: their transcripts are taken to fill the budget. */
  unknown: number;
}

/** Settings of {@link planOf}. */
export interface EstimateOptions {
  /** Asked of every session that its own family did not run. */
  judge: string;
  /** Asked of the others. */
  otherJudge: string;
  /** Tokens of a transcript at most. */
  budgetTokens: number;
  /** What a judge costs; null where it is not known. */
  price: (judge: string) => JudgePrice | null;
}

/** Tokens of the judge's instructions, rubric and frame, and of its reply: about what the built-in ones have. */
const INSTRUCTION_TOKENS = 900;
const REPLY_TOKENS = 110;

/** Sessions that are taken to be alike: how many, and what one of them took. */
interface Alike {
  deployment: string;
  sessions: number;
  /** Null where it is not known. */
  tokens: number | null;
  calls: number;
}

/**
 * A plan from sums, where the texts are not at hand. Each call's input repeats the history, so inputs grow evenly from
 * call to call and the transcript is about as long as the last of them: twice the mean tokens a call, cut at the budget;
 * where tokens are not known it is taken to fill the budget. Tool definitions count as input and are not shown to the
 * judge, so it errs on the dear side. A run's own plan counts the prompts themselves.
 */
export function planOf(sessions: readonly Session[], options: EstimateOptions): EstimatedPlan {
  return planned(sessions.map((s) => ({ ...s, sessions: 1, tokens: s.inputTokens ?? s.totalTokens })), options);
}

/** A plan of a whole dataset, and what it is worked out from. */
export interface DatasetPlan extends EstimatedPlan {
  /**
   * `sessions`: each of them; `sample`: those that are held, scaled to all; `means`: the mean session of each cell, where none
   * is held.
   */
  basis: "sessions" | "sample" | "means";
  /** Sessions that were looked at; 0 for means. */
  read: number;
}

/**
 * {@link planOf} of all sessions of a dataset, whether they are held or not.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { loadDataset } from "agent-trace-lab";
 * import { planOfDataset } from "agent-trace-lab/judge";
 * const dataset = await loadDataset("data/examples/sessions.jsonl");
 * const price = () => ({ inputUsdPerMtok: 1, outputUsdPerMtok: 4 });
 * console.log(planOfDataset(dataset, { judge: "owl-1", otherJudge: "elk-1", budgetTokens: 8000, price }));
 * ```
 */
export function planOfDataset(dataset: Dataset, options: EstimateOptions): DatasetPlan {
  const { held, sessions, cells, info } = dataset;
  if (held === "all") return { ...planOf(sessions, options), basis: "sessions", read: sessions.length };
  if (held === "sample" && sessions.length > 0) {
    const plan = scaled(planOf(sessions, options), info.sessions / sessions.length, options);
    return { ...plan, sessions: info.sessions, basis: "sample", read: sessions.length };
  }
  const alike = cells.map((c): Alike => {
    const [sum, known] = c.inputTokensKnown === c.sessions
      ? [c.inputTokens, c.inputTokensKnown]
      : [c.tokens, c.tokensKnown];
    const tokens = sum === null ? null : sum / known;
    return { deployment: c.deployment, sessions: c.sessions, tokens, calls: c.calls / c.sessions };
  });
  return { ...planned(alike, options), basis: "means", read: 0 };
}

function planned(groups: readonly Alike[], options: EstimateOptions): EstimatedPlan {
  const { judge, otherJudge, budgetTokens } = options;
  const plans = new Map<string, JudgePlan>();
  let [sessions, shortened, unknown] = [0, 0, 0];
  for (const { deployment, tokens, calls, sessions: n } of groups) {
    const transcript = calls === 0 ? 0 : tokens === null ? budgetTokens : 2 * tokens / calls;
    if (transcript > budgetTokens) shortened += n;
    if (calls > 0 && tokens === null) unknown += n;
    sessions += n;
    const who = judgeFor(deployment, judge, otherJudge);
    const plan = plans.get(who) ?? { judge: who, jobs: 0, inputTokens: 0, outputTokens: 0, usd: null };
    plans.set(who, {
      ...plan,
      jobs: plan.jobs + n,
      inputTokens: plan.inputTokens + n * (Math.round(Math.min(budgetTokens, transcript)) + INSTRUCTION_TOKENS),
      outputTokens: plan.outputTokens + n * REPLY_TOKENS,
    });
  }
  return priced({ sessions, shortened, unknown, plans: [...plans.values()] }, options);
}

function priced(
  { plans, ...counts }: { sessions: number; shortened: number; unknown: number; plans: readonly JudgePlan[] },
  { budgetTokens, price }: EstimateOptions,
): EstimatedPlan {
  const byJudge = plans.map((p) => ({ ...p, usd: usdOf(price(p.judge), p.inputTokens, p.outputTokens) }));
  const full = (p: JudgePlan) => usdOf(price(p.judge), p.jobs * (budgetTokens + INSTRUCTION_TOKENS), p.outputTokens);
  return { ...counts, byJudge, usd: sumKnown(byJudge.map((p) => p.usd)), atMostUsd: sumKnown(byJudge.map(full)) };
}

/** A plan of more sessions of the same kind. */
function scaled(
  { byJudge, sessions, shortened, unknown }: EstimatedPlan,
  factor: number,
  options: EstimateOptions,
): EstimatedPlan {
  const times = (n: number) => Math.round(n * factor);
  const plans = byJudge.map((p) => ({
    ...p,
    jobs: times(p.jobs),
    inputTokens: times(p.inputTokens),
    outputTokens: times(p.outputTokens),
  }));
  return priced({ sessions: times(sessions), shortened: times(shortened), unknown: times(unknown), plans }, options);
}

/** A sum; null when a part is not known. */
function sumKnown(values: readonly (number | null)[]): number | null {
  return values.reduce((sum, value) => sum === null || value === null ? null : sum + value, 0);
}
