import type { Session } from "../../model/mod.ts";
import type { GradedVerdict } from "./judge_agreement.ts";

/**
 * Sessions that a judge has looked at, beside their official grades. A session without a judge is left out: where a source
 * takes its success from the grade itself, comparing the two would say nothing.
 */
export function gradedVerdicts(sessions: readonly Session[]): GradedVerdict[] {
  return sessions.flatMap(({ sessionId, benchmark, harness, judgeModel, success, officialSuccess, judgeConfidence }) =>
    judgeModel === null ? [] : [{
      sessionId,
      benchmark,
      harness,
      judge: judgeModel,
      verdict: success,
      official: officialSuccess,
      confidence: judgeConfidence,
    }]
  );
}
