import type { Cell, OfficialRate } from "../../model/mod.ts";
import { groupBy } from "../counts/tally.ts";
import { type SharedCell, sharedCells } from "./official.ts";

/** Whether judged and officially graded sessions of a suite were work of the same size. */
export interface SuiteComparability {
  /** The suite of tasks. */
  benchmark: string;
  /** Cells that were both judged and graded. */
  cells: number;
  /** Judged mean calls over official mean steps: the least of these cells; null where a graded agent took no step. */
  least: number | null;
  /** The most of them; null as above. */
  most: number | null;
  /** Every cell lies within {@link COMPARABLE_STEPS}. */
  comparable: boolean;
}

/** Steps this far apart either way are taken for the same work: the bounds that equivalence of two doses is held to. */
export const COMPARABLE_STEPS: readonly [number, number] = [0.8, 1.25];

/** Judged mean calls of a cell over official mean steps; null where the graded agent took none. */
export function stepsRatio({ judgedCalls, officialSteps }: SharedCell): number | null {
  return officialSteps > 0 ? judgedCalls / officialSteps : null;
}

/**
 * Which suites can be held against official grades like for like: a session that was judged took about as many model calls
 * as one that was graded, in every cell that has both. Where that is not so, the two sets hold other work (other versions,
 * other budgets, sessions that broke off), and a gap of their rates says nothing of the judge.
 *
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { comparableSuites } from "agent-trace-lab/analysis";
 * import { NOT_KNOWN } from "agent-trace-lab/model";
 * const names = { benchmark: "code", harness: "a", model: "m" };
 * const cell = { ...NOT_KNOWN, ...names, deployment: "m", run: "r", verdict: 1 as const, sessions: 10, calls: 90 };
 * const graded = { ...names, n: 100, k: 50, officialRate: 0.5, steps: 30, agentUsd: 1, repeatsAnother: false };
 * equal(comparableSuites([cell], [graded])[0]?.comparable, false); // 9 calls judged, 30 graded
 * ```
 */
export function comparableSuites(cells: readonly Cell[], rates: readonly OfficialRate[]): SuiteComparability[] {
  const shared = groupBy(sharedCells(cells, rates), (c) => c.benchmark);
  return [...shared].sort(([a], [b]) => a < b ? -1 : 1).map(([benchmark, of]) => {
    const ratios = of.map(stepsRatio);
    const known = ratios.every((r) => r !== null) ? ratios : null;
    const [least, most] = known ? [Math.min(...known), Math.max(...known)] : [null, null];
    const comparable = least !== null && most !== null && least >= COMPARABLE_STEPS[0] && most <= COMPARABLE_STEPS[1];
    return { benchmark, cells: of.length, least, most, comparable };
  });
}
