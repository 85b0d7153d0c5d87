import { type FailureThresholds, type Session, type ToldMode, TOOL_ERROR_THRESHOLD } from "../../model/mod.ts";
import { quantile } from "../../stats/mod.ts";

export { TOOL_ERROR_THRESHOLD };

/**
 * 90th percentiles of tokens and calls over all scored sessions (linear interpolation), from which a failure counts as
 * "non-convergence / loop"; tokens where they are known. Null when nothing is scored.
 */
export function failureThresholds(sessions: readonly Session[]): FailureThresholds | null {
  const scored = sessions.filter((s) => s.success !== null);
  if (!scored.length) return null;
  const tokens = scored.flatMap((s) => s.totalTokens ?? []);
  return {
    tokensP90: tokens.length ? quantile(tokens, 0.9) : null,
    callsP90: quantile(scored.map((s) => s.calls), 0.9),
  };
}

/**
 * The first mode that holds, of a failed session: at least {@link TOOL_ERROR_THRESHOLD} tool errors; tokens or calls at
 * or above the 90th percentile; an error span; else a silent wrong answer. A mode that the source states is taken as it
 * is; an unknown count does not qualify. Where it takes a count to tell and it is not known, the mode is "unknown": of tokens,
 * and, before a failure is called silent, of tool errors and of error spans.
 */
export function failureModeOf(session: Session, thresholds: FailureThresholds): ToldMode {
  if (session.failureMode !== null) return session.failureMode;
  if (session.toolErrors !== null && session.toolErrors >= TOOL_ERROR_THRESHOLD) return "tool-call errors";
  if (session.calls >= thresholds.callsP90) return "non-convergence / loop";
  if (session.totalTokens === null || thresholds.tokensP90 === null) return "unknown";
  if (session.totalTokens >= thresholds.tokensP90) return "non-convergence / loop";
  if (session.errorSpans !== null && session.errorSpans > 0) return "runtime / span error";
  return session.toolErrors === null || session.errorSpans === null ? "unknown" : "silent wrong answer";
}
