import type { GradeOrigin, Session } from "../../model/mod.ts";

/** Whose word a session's verdict is: `grade` is the source's grade of an origin it does not say, `not said` a verdict of nobody named. */
export type VerdictOrigin = GradeOrigin | "grade" | "not said";

/**
 * Whose word each session's verdict is: a judge's where one is named, otherwise that of the grade that the source brings
 * and that the verdict is; null without a verdict. A verdict that names no judge and differs from its grade is not that
 * grade; where this is seen once, no unnamed verdict of these sessions is taken for its grade.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { verdictOrigins } from "agent-trace-lab/analysis";
 * import type { Session } from "agent-trace-lab/model";
 * const graded = { success: 1, officialSuccess: 1, gradeOrigin: "human", judgeModel: null } as Session;
 * equal(verdictOrigins([graded])[0], "human");
 * ```
 */
export function verdictOrigins(sessions: readonly Session[]): (VerdictOrigin | null)[] {
  const apart = unnamedDiffer(sessions);
  return sessions.map(({ success, judgeModel, officialSuccess, gradeOrigin }) => {
    if (success === null) return null;
    if (judgeModel !== null) return "judge";
    return officialSuccess === null || apart ? "not said" : gradeOrigin ?? "grade";
  });
}

/**
 * Sessions whose verdict is not the source's grade of them: a judge's, or of somebody who is not named. What remains is
 * graded without having been judged, and there is nothing to hold against the grade.
 */
export function judgedSessions(sessions: readonly Session[]): Session[] {
  const apart = unnamedDiffer(sessions);
  return sessions.filter(({ success, judgeModel, officialSuccess }) =>
    success !== null && (judgeModel !== null || officialSuccess === null || apart)
  );
}

/** A session's grade where it comes from another place than a judge's verdict; null where there is none. */
export function gradeBesideJudge({ officialSuccess, gradeOrigin }: Session): Session["officialSuccess"] {
  return gradeOrigin === "judge" ? null : officialSuccess;
}

/** Whether a verdict without a named judge differs from the grade of its session. */
function unnamedDiffer(sessions: readonly Session[]): boolean {
  return sessions.some(({ judgeModel, success, officialSuccess }) =>
    judgeModel === null && success !== null && officialSuccess !== null && success !== officialSuccess
  );
}
