import { askedBy } from "../rubrics/asked.ts";
import type { Verdict } from "../../model/mod.ts";
import type { JudgeVerdict } from "../verdicts/verdict.ts";

/**
 * Names who gave a verdict; repeats are the same rater. That is the judge: each session is judged under its benchmark's rubric,
 * and one judge's verdicts over all benchmarks belong together. Only where a judge ruled on a session under several rubrics
 * are judge and rubric the rater.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { raterNames, judgeExample } from "agent-trace-lab/judge";
 * const { verdict } = await judgeExample();
 * equal(raterNames([verdict])(verdict), verdict.judge); // one rater a judge
 * ```
 */
export function raterNames(verdicts: readonly JudgeVerdict[]): (verdict: JudgeVerdict) => string {
  const named = ({ rubric, rubricVersion }: JudgeVerdict) => `${rubric} v${rubricVersion}`;
  const bySession = Map.groupBy(verdicts, ({ judge, sessionId }) => JSON.stringify([judge, sessionId]));
  const several = [...bySession.values()].some((own) => new Set(own.map(named)).size > 1);
  return (verdict) => several ? `${verdict.judge} · ${named(verdict)}` : verdict.judge;
}

/** What several verdicts on one session come to. */
export interface PanelVerdict {
  /** The session that was judged. */
  sessionId: string;
  /** The verdict that more than half of the decided ones hold; null for a tie or when none is decided. */
  success: Verdict;
  /** The verdicts it came from. */
  verdicts: JudgeVerdict[];
}

/**
 * The majority over all verdicts of each session, in the order in which sessions first appear.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { panelVerdicts, judgeExample } from "agent-trace-lab/judge";
 * const { verdict } = await judgeExample();
 * equal(panelVerdicts([verdict])[0]?.sessionId, verdict.sessionId);
 * ```
 */
export function panelVerdicts(verdicts: readonly JudgeVerdict[]): PanelVerdict[] {
  // What a scan found, and what a facet says, is no verdict on success.
  const ruled = verdicts.filter(({ rubric }) => askedBy(rubric) === "success");
  return [...Map.groupBy(ruled, (verdict) => verdict.sessionId)].map(([sessionId, members]) => {
    const ones = members.filter((verdict) => verdict.success === 1).length;
    const zeros = members.filter((verdict) => verdict.success === 0).length;
    return { sessionId, success: ones === zeros ? null : ones > zeros ? 1 : 0, verdicts: members };
  });
}
