import type { Session } from "../../model/mod.ts";
import { boxStats } from "../../stats/mod.ts";
import { groupBy } from "../counts/tally.ts";

/** Box statistics: quartiles by linear interpolation, whiskers the most extreme values within 1.5 IQR. */
export interface Box {
  n: number;
  q1: number;
  median: number;
  q3: number;
  whisker_lo: number;
  whisker_hi: number;
}

export type HarnessBox = Box & { harness: string };

export type CellBox = HarnessBox & { benchmark: string };

/** Failed sessions a benchmark x harness cell must have for a box of its own. */
export const MIN_BOX_FAILURES = 15;

/** Tokens of failed sessions by harness, all benchmarks together; sessions whose tokens are unknown are left out of `n`. */
export function failedTokensByHarness(sessions: readonly Session[]): HarnessBox[] {
  return boxesBy(failedOf(sessions), (s) => s.harness, (s) => s.totalTokens)
    .map(([of, box]) => ({ harness: of.harness, ...box }));
}

/** Tokens of failed sessions by benchmark and harness, cells of at least {@link MIN_BOX_FAILURES} failures. */
export function failedTokensByCell(sessions: readonly Session[]): CellBox[] {
  return boxesBy(failedOf(sessions), (s) => JSON.stringify([s.benchmark, s.harness]), (s) => s.totalTokens)
    .filter(([, box]) => box.n >= MIN_BOX_FAILURES)
    .map(([of, box]) => ({ benchmark: of.benchmark, harness: of.harness, ...box }));
}

/** Tool errors of failed sessions by harness; sessions whose tool errors are unknown are left out of `n`. */
export function toolErrorsByHarness(sessions: readonly Session[]): HarnessBox[] {
  return toolErrorBoxes(failedOf(sessions));
}

/** Tool errors by harness of the sessions given; sessions whose tool errors are unknown are left out of `n`. */
export function toolErrorBoxes(sessions: readonly Session[]): HarnessBox[] {
  return boxesBy(sessions, (s) => s.harness, (s) => s.toolErrors)
    .map(([of, box]) => ({ harness: of.harness, ...box }));
}

const failedOf = (sessions: readonly Session[]) => sessions.filter((s) => s.success === 0);

function boxesBy(
  sessions: readonly Session[],
  key: (s: Session) => string,
  value: (s: Session) => number | null,
): [Session, Box][] {
  return [...groupBy(sessions, key)].sort(([a], [b]) => a < b ? -1 : 1).flatMap(([, group]): [Session, Box][] => {
    const values = group.flatMap((s) => value(s) ?? []);
    const first = group[0];
    return first === undefined || values.length === 0 ? [] : [[first, boxOf(values)]];
  });
}

function boxOf(values: readonly number[]): Box {
  const { q1, median, q3, whiskerLo, whiskerHi } = boxStats(values);
  return { n: values.length, q1, median, q3, whisker_lo: whiskerLo, whisker_hi: whiskerHi };
}
