import {
  type FailureThresholds,
  type Session,
  TOLD_MODES,
  type ToldMode,
  TOOL_ERROR_THRESHOLD,
} from "../../model/mod.ts";
import { quantile } from "../../stats/mod.ts";
import { groupBy } from "../counts/tally.ts";

export interface Failures {
  n: number;
  /** Null when nothing is scored. */
  tokens_p90: number | null;
  calls_p90: number | null;
  modes: Record<string, number>;
  by_harness: { harness: string; mode: ToldMode; n: number }[];
  by_cell: { benchmark: string; harness: string; mode: ToldMode; n: number }[];
}

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
 * is; an unknown count of tool errors does not qualify. Where it takes the tokens to tell and they are not known, the mode is
 * "unknown".
 */
export function failureModeOf(session: Session, thresholds: FailureThresholds): ToldMode {
  if (session.failureMode !== null) return session.failureMode;
  if (session.toolErrors !== null && session.toolErrors >= TOOL_ERROR_THRESHOLD) return "tool-call errors";
  if (session.calls >= thresholds.callsP90) return "non-convergence / loop";
  if (session.totalTokens === null || thresholds.tokensP90 === null) return "unknown";
  if (session.totalTokens >= thresholds.tokensP90) return "non-convergence / loop";
  return session.errorSpans > 0 ? "runtime / span error" : "silent wrong answer";
}

/** Failed sessions by mode, harness and benchmark; `stated` are the source's own thresholds, null to compute them. */
export function failures(sessions: readonly Session[], stated: FailureThresholds | null): Failures {
  const thresholds = stated ?? failureThresholds(sessions);
  const failed = thresholds === null ? [] : sessions.filter((s) => s.success === 0)
    .map((s) => ({ benchmark: s.benchmark, harness: s.harness, mode: failureModeOf(s, thresholds) }));
  const modes = TOLD_MODES.map((mode) => [mode, failed.filter((f) => f.mode === mode).length] as const);
  return {
    n: failed.length,
    tokens_p90: thresholds?.tokensP90 ?? null,
    calls_p90: thresholds?.callsP90 ?? null,
    modes: Object.fromEntries(modes.filter(([, n]) => n > 0)),
    by_harness: counted(failed, (f) => ({ harness: f.harness, mode: f.mode })),
    by_cell: counted(failed, (f) => ({ benchmark: f.benchmark, harness: f.harness, mode: f.mode })),
  };
}

/** Distinct values of a function with how often each occurs, sorted by their names. */
function counted<T, V extends object>(rows: readonly T[], value: (row: T) => V): (V & { n: number })[] {
  const groups = [...groupBy(rows, (row) => JSON.stringify(Object.values(value(row))))];
  return groups.sort(([a], [b]) => a < b ? -1 : 1)
    .flatMap(([, of]) => of[0] === undefined ? [] : [{ ...value(of[0]), n: of.length }]);
}
