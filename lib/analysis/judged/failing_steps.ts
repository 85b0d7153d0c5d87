import { configName, type Session } from "../../model/mod.ts";
import { quantile } from "../../stats/mod.ts";

/** A failed session, and where it was lost. */
export interface FailingStep {
  /** The session. */
  sessionId: string;
  /** The suite of tasks. */
  benchmark: string;
  /** Harness and model. */
  config: string;
  /** The first call at which the session could no longer succeed, from 1. */
  call: number;
  /** Model calls of the session. */
  calls: number;
  /** Words of that call; null where the judge quoted none that stand in it. */
  quote: string | null;
  /** Why it failed, in the judge's words. */
  reasoning: string | null;
}

/** Where failed sessions were lost. */
export interface FailingSteps {
  /** Sessions that a judge ruled to have failed. */
  failed: number;
  /** Those of them whose failing step is named, with a quotation. */
  quoted: number;
  /** The median of call over calls, over those whose failing step is named. */
  medianShare: number;
  /** Sessions whose failing step is named, by benchmark, config and id. */
  steps: FailingStep[];
}

/**
 * The calls at which failed sessions could no longer succeed, as their judge named them.
 *
 * @returns null where no failed session has one
 *
 * @example
 * ```ts
 * import { failingSteps } from "agent-trace-lab/analysis";
 *
 * console.log(failingSteps([])); // null
 * ```
 */
export function failingSteps(sessions: readonly Session[]): FailingSteps | null {
  const failed = sessions.filter(({ success, judgeModel }) => success === 0 && judgeModel !== null);
  const steps = failed.flatMap((session): FailingStep[] => {
    const { sessionId, benchmark, harness, model, judgeFailingCall: call, calls } = session;
    if (call === null) return [];
    const { judgeFailingQuote: quote, judgeReasoning: reasoning } = session;
    return [{ sessionId, benchmark, config: configName(harness, model), call, calls, quote, reasoning }];
  }).sort((a, b) =>
    compare(a.benchmark, b.benchmark) || compare(a.config, b.config) || compare(a.sessionId, b.sessionId)
  );
  if (steps.length === 0) return null;
  return {
    failed: failed.length,
    quoted: steps.filter(({ quote }) => quote !== null).length,
    // A source may count fewer calls than its judge was shown.
    medianShare: quantile(steps.map(({ call, calls }) => call / Math.max(call, calls)), 0.5),
    steps,
  };
}

const compare = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;
