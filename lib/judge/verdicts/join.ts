import type { Session, SessionVerdict, Verdict } from "../../model/mod.ts";
import { type PanelVerdict, panelVerdicts } from "../judges/panel.ts";
import type { JudgeVerdict } from "./verdict.ts";

/** Sessions with their verdicts, and what did not find its other half. */
export interface Joined {
  /** All of them, in their order; those without a verdict as they were. */
  sessions: Session[];
  /** Sessions that got a verdict, null ones included. */
  joined: number;
  /** Ids of sessions without a verdict: `success` is null. */
  withoutVerdict: string[];
  /** Ids in the verdicts that no session has. */
  unknown: string[];
}

/**
 * Puts verdicts onto sessions: `success` and the `judge…` fields become the judge's, whatever they were before. Several
 * verdicts on one session are a panel: `success` is the majority's (a tie is null), and the words are those of the first
 * verdict that agrees with it.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { applyVerdicts, judgeExample } from "agent-trace-lab/judge";
 * import { sessionOf } from "agent-trace-lab/traces";
 * const { row, verdict } = await judgeExample();
 * equal(applyVerdicts([sessionOf(row)], [verdict]).sessions[0]?.success, verdict.success);
 * ```
 */
export function applyVerdicts(sessions: readonly Session[], verdicts: readonly JudgeVerdict[]): Joined {
  const panels = new Map(panelVerdicts(verdicts).map((panel) => [panel.sessionId, panel]));
  const ids = new Set(sessions.map((session) => session.sessionId));
  const judged = sessions.map((session): Session => ({ ...session, ...judgeFields(panels.get(session.sessionId)) }));
  return {
    sessions: judged,
    joined: sessions.filter((session) => panels.has(session.sessionId)).length,
    withoutVerdict: sessions.map((session) => session.sessionId).filter((id) => !panels.has(id)),
    unknown: [...panels.keys()].filter((id) => !ids.has(id)),
  };
}

/**
 * A session with a verdict in the place of whatever it had.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { judgeExample, panelVerdicts, withVerdict } from "agent-trace-lab/judge";
 * import { sessionOf } from "agent-trace-lab/traces";
 * const { row, verdict } = await judgeExample();
 * equal(withVerdict(sessionOf(row), panelVerdicts([verdict])[0]!).success, verdict.success);
 * ```
 */
export function withVerdict(session: Session, panel: PanelVerdict): Session {
  return { ...session, ...judgeFields(panel) };
}

function judgeFields(panel: PanelVerdict | undefined): SessionVerdict {
  const spoken = panel && spokesman(panel);
  return {
    success: panel?.success ?? null,
    judgeModel: spoken?.judge ?? null,
    judgeConfidence: spoken?.confidence ?? null,
    judgeReasoning: spoken?.reasoning ?? null,
    judgeReliability: spoken?.reliability ?? null,
    judgeFailingCall: spoken?.failingCall ?? null,
    judgeFailingQuote: spoken?.failingQuote ?? null,
  };
}

/** The verdict whose words stand for the panel; half a character, which no table and no service takes, is U+FFFD. */
function spokesman({ success, verdicts }: PanelVerdict): JudgeVerdict | undefined {
  const spoken = verdicts.find((verdict) => verdict.success === success) ?? verdicts[0];
  const wellFormed = (text: string | null | undefined) => text?.toWellFormed() ?? null;
  return spoken &&
    { ...spoken, reasoning: wellFormed(spoken.reasoning), failingQuote: wellFormed(spoken.failingQuote) };
}

/** What a verdict says on the root row of its session. */
export interface RowVerdict {
  /** The score; null is none. */
  success: Verdict;
  /** `judge_model`, `judge_confidence` and so on. */
  metadata: Record<string, unknown>;
}

/**
 * A session's verdict as its Braintrust root row carries it: `scores.task_success` and `metadata.judge_*`. How complete rows
 * get it, and why a verdict of null leaves no score there, is `writeBackRows` of `lib/braintrust`.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { rowVerdictOf, judgeExample, panelVerdicts } from "agent-trace-lab/judge";
 * const { verdict } = await judgeExample();
 * equal(rowVerdictOf(panelVerdicts([verdict])[0]!).success, verdict.success);
 * ```
 */
export function rowVerdictOf(panel: PanelVerdict): RowVerdict {
  const verdict = spokesman(panel);
  return {
    success: panel.success,
    metadata: {
      judge_success: panel.success,
      judge_model: verdict?.judge ?? null,
      judge_confidence: verdict?.confidence ?? null,
      judge_reasoning: verdict?.reasoning ?? null,
      judge_reliability: verdict?.reliability ?? null,
      judge_evidence: verdict?.evidence ?? [],
      judge_failing_call: verdict?.failingCall ?? null,
      judge_failing_quote: verdict?.failingQuote ?? null,
      judge_outcome: verdict?.outcome ?? null,
      judge_rubric: verdict ? `${verdict.rubric} v${verdict.rubricVersion}` : null,
      judge_prompt_hash: verdict?.promptHash ?? null,
      judge_share_shown: verdict?.shareShown ?? null,
      ...(panel.verdicts.length > 1
        ? { judge_panel: panel.verdicts.map(({ judge, success, repeat }) => ({ judge, success, repeat })) }
        : {}),
    },
  };
}
