import type { Label, Session } from "../../model/mod.ts";
import { abstention } from "../../stats/mod.ts";
import { CONFIDENCE_ORDER } from "../judged/judge_agreement.ts";
import { chancesOf } from "./moved_rates.ts";

/** From which confidence on a judge's verdicts may be taken, by people's labels. */
export interface TrustedVerdicts {
  /** Verdicts of this confidence and of higher ones; null where none may be taken, with these labels. */
  from: string | null;
  /** Labelled verdicts that say how sure they are. */
  verdicts: number;
  /** Labelled verdicts that do not. */
  unsaid: number;
  /** Of the former, the share that is taken. */
  share: number;
  /** Of those taken, the share that people call wrong, with its exact 95% interval; null where none is taken. */
  wrong: { estimate: number; lo: number; hi: number } | null;
  /** A new session is taken and wrong with a chance of at most this. */
  risk: number;
  /** Why that cannot be vouched for; null where it can. */
  why: string | null;
  /** All of it in words. */
  sentence: string;
}

/**
 * From which confidence on a judge may be taken at its word: conformal risk control over the labelled sessions
 * ({@link abstention}), for sessions like them. Labels drawn at different chances, or chosen by hand, are not like the rest.
 *
 * @param sessions judged ones with people's labels as their grades, as `judgedAndLabelled` gives them
 * @param labels for the chances at which they were drawn
 * @returns null where no labelled session has a verdict
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { trustedVerdicts } from "agent-trace-lab/analysis";
 * equal(trustedVerdicts([], []), null);
 * ```
 */
export function trustedVerdicts(
  sessions: readonly Session[],
  labels: readonly Label[],
  { risk = 0.1 }: { risk?: number } = {},
): TrustedVerdicts | null {
  const both = sessions.filter(({ success, officialSuccess }) => success !== null && officialSuccess !== null);
  if (both.length === 0) return null;
  const scored = both.flatMap(({ success, officialSuccess, judgeConfidence }) => {
    const at = CONFIDENCE_ORDER.indexOf(judgeConfidence ?? "");
    return at < 0 ? [] : [{ score: -at, wrong: success !== officialSuccess }];
  });
  const nothing = { from: null, share: 0, wrong: null, risk, verdicts: scored.length };
  const unsaid = both.length - scored.length;
  if (scored.length === 0) {
    const why = "no labelled verdict says how sure it is";
    return {
      ...nothing,
      unsaid,
      why,
      sentence: `From which confidence on the judge may be taken cannot be told: ${why}.`,
    };
  }
  const { threshold, share, wrong } = abstention(scored, { risk });
  const found: Omit<TrustedVerdicts, "sentence"> = {
    ...nothing,
    from: threshold === null ? null : CONFIDENCE_ORDER[-threshold] ?? null,
    unsaid,
    share,
    wrong: wrong && { estimate: wrong.estimate, lo: wrong.lo, hi: wrong.hi },
    why: unlike(both, labels),
  };
  return { ...found, sentence: sentenceOf(found) };
}

function sentenceOf({ from, share, wrong, risk, verdicts, why }: Omit<TrustedVerdicts, "sentence">): string {
  const percent = (value: number) => `${(100 * value).toFixed(0)}%`;
  const start = `With ${verdicts} labelled verdicts`, most = percent(risk);
  const doubt = why ? ` (not vouched for: ${why})` : "";
  if (from === null || wrong === null) {
    return `${start} none may be taken at its word, if at most ${most} of new sessions are to be taken and wrong${doubt}.`;
  }
  const which = from === CONFIDENCE_ORDER.at(-1)
    ? "of any confidence"
    : from === CONFIDENCE_ORDER[0]
    ? `of ${from} confidence`
    : `of ${from} confidence or more`;
  const taken = `${start} those ${which} (${percent(share)}) may be taken at their word`;
  const [estimate, lo, hi] = [wrong.estimate, wrong.lo, wrong.hi].map(percent);
  return `${taken}: at most ${most} of new sessions would be taken and wrong${doubt}. ` +
    `Of the labelled ones ${estimate} are wrong (${lo} to ${hi}).`;
}

function unlike(both: readonly Session[], labels: readonly Label[]): string | null {
  const chances = chancesOf(labels);
  const found = new Set(both.map(({ sessionId }) => chances.get(sessionId) ?? null));
  if (found.has(null)) return "labels were chosen, not drawn";
  return found.size > 1 ? "labels were drawn at different chances" : null;
}
