import {
  type CountedBox,
  type CountedFailures,
  type CountedJudge,
  type CountedMode,
  type Distributions,
  type FailureThresholds,
  type Session,
  TOLD_MODES,
} from "../../model/mod.ts";
import { boxStats } from "../../stats/mod.ts";
import { termCounts } from "../failure/judge_terms.ts";
import { failureModeOf, failureThresholds } from "../failure/modes.ts";
import { duplicateCopies } from "../truth/duplicates.ts";
import { cellsOf } from "./cells.ts";
import { groupBy } from "./tally.ts";

/**
 * What a source says of its sessions that these cannot carry themselves. What is not given is worked out; null is what the
 * source would state, and cannot of these sessions.
 */
export type Stated = Partial<Pick<Distributions, Distributions["stated"][number]>>;

/** What needs each session, of sessions in memory: the definitions that every engine follows. */
export function distributionsOf(sessions: readonly Session[], stated: Stated = {}): Distributions {
  const thresholds = stated.thresholds !== undefined ? stated.thresholds : failureThresholds(sessions);
  const failed = sessions.filter((s) => s.success === 0);
  return ordered({
    stated: (Object.keys(stated) as (keyof Stated)[]).filter((name) => stated[name] !== undefined).sort(),
    thresholds,
    failureModes: thresholds === null ? [] : modesOf(failed, thresholds),
    toolErrorsUnknown: counted(
      failed.filter((s) => s.toolErrors === null && s.failureMode === null),
      ({ benchmark, harness }): Omit<CountedFailures, "n"> => ({ benchmark, harness }),
    ),
    failedTokensByHarness: boxesBy(failed, ({ harness }) => ({ harness }), (s) => s.totalTokens),
    failedTokensByCell: boxesBy(failed, ({ benchmark, harness }) => ({ benchmark, harness }), (s) => s.totalTokens),
    mostTokens: mostBy(sessions, ({ benchmark }) => ({ benchmark })),
    mostFailedTokens: mostBy(failed, ({ benchmark, harness }) => ({ benchmark, harness })),
    toolErrorsByHarness: boxesBy(failed, ({ harness }) => ({ harness }), (s) => s.toolErrors),
    judge: stated.judge !== undefined ? stated.judge : counted(
      sessions,
      ({ benchmark, judgeModel, judgeConfidence: confidence, success: verdict }): Omit<CountedJudge, "n"> => ({
        benchmark,
        judgeModel,
        confidence,
        verdict,
      }),
    ),
    termCounts: stated.termCounts !== undefined ? stated.termCounts : termCounts(sessions),
    duplicates: stated.duplicates !== undefined ? stated.duplicates : cellsOf(duplicateCopies(sessions)),
  });
}

/** The same rows in the order of their names, in which every engine gives them. */
export function ordered(found: Distributions): Distributions {
  const byNames = <T extends object>(rows: T[] | null, ...names: (keyof T)[]): T[] | null => {
    const key = (row: T) =>
      JSON.stringify(names.map((name) => name === "mode" ? modeOrder(row[name]) : row[name] ?? ""));
    const keyed = rows?.map((row) => ({ row, key: key(row) }));
    return keyed?.sort((a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0).map(({ row }) => row) ?? null;
  };
  return {
    ...found,
    failureModes: byNames(found.failureModes, "benchmark", "harness", "mode"),
    toolErrorsUnknown: byNames(found.toolErrorsUnknown, "benchmark", "harness"),
    failedTokensByHarness: byNames(found.failedTokensByHarness, "harness"),
    failedTokensByCell: byNames(found.failedTokensByCell, "benchmark", "harness"),
    mostTokens: byNames(found.mostTokens, "benchmark"),
    mostFailedTokens: byNames(found.mostFailedTokens, "benchmark", "harness"),
    toolErrorsByHarness: byNames(found.toolErrorsByHarness, "harness"),
    judge: byNames(found.judge, "benchmark", "judgeModel", "confidence", "verdict"),
  };
}

const modeOrder = (mode: unknown) => TOLD_MODES.indexOf(mode as CountedMode["mode"]);

function modesOf(failed: readonly Session[], thresholds: FailureThresholds): CountedMode[] {
  return counted(failed, (s) => ({ benchmark: s.benchmark, harness: s.harness, mode: failureModeOf(s, thresholds) }));
}

/** Distinct values of a function with how often each occurs. */
function counted<V extends object>(sessions: readonly Session[], value: (s: Session) => V): (V & { n: number })[] {
  const groups = new Map<string, V & { n: number }>();
  for (const session of sessions) {
    const row = value(session);
    const key = JSON.stringify(Object.values(row));
    const group = groups.get(key);
    if (group) group.n++;
    else groups.set(key, { ...row, n: 1 });
  }
  return [...groups.values()];
}

/** Boxes of a value by names; sessions that do not know it are in none. */
export function boxesBy<N extends object>(
  sessions: readonly Session[],
  names: (s: Session) => N,
  value: (s: Session) => number | null,
): (N & CountedBox)[] {
  return [...groupBy(sessions, (s) => JSON.stringify(Object.values(names(s)))).values()].flatMap((group) => {
    const values = group.flatMap((s) => value(s) ?? []);
    return values.length === 0 ? [] : [{ ...names(group[0]!), ...boxOf(values) }];
  });
}

/** The most tokens that a session took, by names; where none are known there is no row. */
function mostBy<N extends object>(sessions: readonly Session[], names: (s: Session) => N): (N & { tokens: number })[] {
  const found = new Map<string, N & { tokens: number }>();
  for (const session of sessions) {
    if (session.totalTokens === null) continue;
    const row = names(session), key = JSON.stringify(Object.values(row));
    const tokens = Math.max(found.get(key)?.tokens ?? 0, session.totalTokens);
    found.set(key, { ...row, tokens });
  }
  return [...found.values()];
}

function boxOf(values: readonly number[]): CountedBox {
  const { q1, median, q3, whiskerLo, whiskerHi } = boxStats(values);
  return { n: values.length, q1, median, q3, whiskerLo, whiskerHi };
}
