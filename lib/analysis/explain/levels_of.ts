import { type Factor, FACTORS } from "./factors.ts";
import type { Cell } from "../../model/mod.ts";

/** Scored sessions for each coefficient below which a regression says nothing that would hold again. */
export const MIN_PER_TERM = 10;

/** How many levels each factor has among scored sessions. */
export function levelsOf(cells: readonly Cell[]): Record<Factor, number> {
  const scored = cells.filter((cell) => cell.verdict !== null);
  const count = (factor: Factor) => new Set(scored.map((cell) => cell[factor])).size;
  return { benchmark: count("benchmark"), model: count("model"), harness: count("harness") };
}

/** Whether there are {@link MIN_PER_TERM} scored sessions for each coefficient of benchmark + model + harness. */
export function enoughToFit(cells: readonly Cell[]): boolean {
  const levels = levelsOf(cells);
  const terms = FACTORS.reduce((sum, factor) => sum + Math.max(0, levels[factor] - 1), 1);
  const scored = cells.reduce((sum, cell) => sum + (cell.verdict === null ? 0 : cell.sessions), 0);
  return scored >= MIN_PER_TERM * terms;
}
