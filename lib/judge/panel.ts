import type { Verdict } from "../model/mod.ts";
import type { JudgeVerdict } from "./verdict.ts";

/** Who gave a verdict: judge and rubric. Repeats of it are the same rater. */
export function raterOf(verdict: Pick<JudgeVerdict, "judge" | "rubric" | "rubricVersion">): string {
  return `${verdict.judge} · ${verdict.rubric} v${verdict.rubricVersion}`;
}

/** What several verdicts on one session come to. */
export interface PanelVerdict {
  sessionId: string;
  /** The verdict that more than half of the decided ones hold; null for a tie or when none is decided. */
  success: Verdict;
  /** The verdicts it came from. */
  verdicts: JudgeVerdict[];
}

/** The majority over all verdicts of each session, in the order in which sessions first appear. */
export function panelVerdicts(verdicts: readonly JudgeVerdict[]): PanelVerdict[] {
  return [...Map.groupBy(verdicts, (verdict) => verdict.sessionId)].map(([sessionId, members]) => {
    const ones = members.filter((verdict) => verdict.success === 1).length;
    const zeros = members.filter((verdict) => verdict.success === 0).length;
    return { sessionId, success: ones === zeros ? null : ones > zeros ? 1 : 0, verdicts: members };
  });
}
