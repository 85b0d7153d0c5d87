import type { Session } from "../../model/mod.ts";
import type { GradedVerdict } from "./judge_agreement.ts";
import { gradeBesideJudge } from "./judge_verdicts.ts";

/**
 * Sessions that a judge has looked at, beside the grades that others gave them. A session without a judge is left out: where
 * a source takes its success from the grade itself, comparing the two would say nothing; and another judge's grade is none.
 */
export function gradedVerdicts(sessions: readonly Session[]): GradedVerdict[] {
  return sessions.flatMap((session) => {
    const { sessionId, benchmark, harness, judgeModel, success, judgeConfidence } = session;
    return judgeModel === null ? [] : [{
      sessionId,
      benchmark,
      harness,
      judge: judgeModel,
      verdict: success,
      official: gradeBesideJudge(session),
      confidence: judgeConfidence,
    }];
  });
}
