import type { CountedBox, Dataset, Session } from "../../model/mod.ts";
import { needDistribution } from "../counts/need_sessions.ts";
import { boxesBy } from "../counts/distributions.ts";

/** Box statistics: quartiles by linear interpolation, whiskers the most extreme values within 1.5 IQR. */
export interface Box {
  /** Sessions with a known value. */
  n: number;
  /** First quartile. */
  q1: number;
  /** The median. */
  median: number;
  /** Third quartile. */
  q3: number;
  /** Lowest value within 1.5 IQR of the box. */
  whisker_lo: number;
  /** Highest value within 1.5 IQR of the box. */
  whisker_hi: number;
}

/** A box of a harness. */
export type HarnessBox = Box & { harness: string };

/** A box of a benchmark and harness. */
export type CellBox = HarnessBox & { benchmark: string };

/** Failed sessions a benchmark x harness cell must have for a box of its own. */
export const MIN_BOX_FAILURES = 15;

/** Tokens of failed sessions by harness, all benchmarks together; `n` are those whose tokens are known. */
export function failedTokensByHarness(dataset: Dataset): HarnessBox[] {
  return needDistribution(dataset, "failedTokensByHarness").map(({ harness, ...box }) => ({ harness, ...rowOf(box) }));
}

/** Tokens of failed sessions by benchmark and harness, cells of at least {@link MIN_BOX_FAILURES} such failures. */
export function failedTokensByCell(dataset: Dataset): CellBox[] {
  return needDistribution(dataset, "failedTokensByCell").filter(({ n }) => n >= MIN_BOX_FAILURES)
    .map(({ benchmark, harness, ...box }) => ({ benchmark, harness, ...rowOf(box) }));
}

/** Tool errors of failed sessions by harness; `n` are those whose tool errors are known. */
export function toolErrorsByHarness(dataset: Dataset): HarnessBox[] {
  return needDistribution(dataset, "toolErrorsByHarness").map(({ harness, ...box }) => ({ harness, ...rowOf(box) }));
}

/** Tool errors by harness of the sessions given; `n` are those whose tool errors are known. */
export function toolErrorBoxes(sessions: readonly Session[]): HarnessBox[] {
  return boxesBy(sessions, ({ harness }) => ({ harness }), (s) => s.toolErrors)
    .map(({ harness, ...box }) => ({ harness, ...rowOf(box) })).sort((a, b) => a.harness < b.harness ? -1 : 1);
}

function rowOf({ n, q1, median, q3, whiskerLo, whiskerHi }: CountedBox): Box {
  return { n, q1, median, q3, whisker_lo: whiskerLo, whisker_hi: whiskerHi };
}
