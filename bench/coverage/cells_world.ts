/** Sessions of cells of benchmark, harness and model in runs: the worlds that notebooks 03 to 07 are about. @module */
import { type CountRow, drawBinomial, type Random } from "../../lib/stats/mod.ts";
import { gaussHermite } from "../../lib/stats/distributions/gauss_hermite.ts";
import { standardNormal } from "../../lib/stats/resampling/normal_draws.ts";

/** What differs between worlds, in log odds. */
export interface CellsWorld {
  /** Spread of runs of one cell. */
  runSd: number;
  /** Spread of cells around what their benchmark, harness and model add up to. */
  interactionSd: number;
  /** Distance between the best and the worst harness. */
  effect: number;
}

/** A cell with its log odds; `systematic` without the cell's own part. */
export interface WorldCell {
  levels: { benchmark: string; harness: string; model: string };
  systematic: number;
  own: number;
}

/** Runs of a cell, and sessions of a run. */
export const RUNS = 3, SESSIONS = 12;
/** Cells that were tried, of the 64 that there are; the same in every sample. */
const TRIED = (i: number) => (i * 37 + i * i * 11) % 5 !== 0 && (i * 13) % 7 !== 3;
const QUADRATURE = gaussHermite(30);

/** The cells of a world; what is their own is drawn anew. */
export function drawCells({ interactionSd, effect }: CellsWorld, random: Random): WorldCell[] {
  return Array.from({ length: 64 }, (_, i) => i).filter(TRIED).map((i) => {
    const [b, h, m] = [i & 3, (i >> 2) & 3, i >> 4];
    const systematic = 0.2 + 0.9 * (b - 1.5) / 1.5 + effect * (h / 3 - 0.5) + 0.5 * (m - 1.5) / 1.5;
    return {
      levels: { benchmark: `b${b}`, harness: `h${h}`, model: `m${m}` },
      systematic,
      own: interactionSd * standardNormal(random),
    };
  });
}

/** Counts by run, and beside each the run's own rate. */
export function drawRuns(
  cells: readonly WorldCell[],
  { runSd }: CellsWorld,
  random: Random,
): (CountRow & { rate: number })[] {
  return cells.flatMap(({ levels, systematic, own }, i) =>
    Array.from({ length: RUNS }, (_, r) => {
      const rate = logistic(systematic + own + runSd * standardNormal(random));
      return { levels, cluster: `run ${i} ${r}`, n: SESSIONS, k: drawBinomial(random, SESSIONS, rate), rate };
    })
  );
}

/** A cell's rate, averaged over runs; without `own` over cells like it too. */
export function expectedRate(cell: WorldCell, { runSd, interactionSd }: CellsWorld, own: boolean): number {
  const sd = own ? runSd : Math.hypot(runSd, interactionSd);
  const centre = cell.systematic + (own ? cell.own : 0);
  return QUADRATURE.reduce((sum, { node, weight }) => sum + weight * logistic(centre + sd * node), 0);
}

/** Rows as large as rounding is small, with given rates: what a regression estimates where nothing is left to chance. */
export function rowsOfRates(cells: readonly WorldCell[], rate: (cell: WorldCell) => number): CountRow[] {
  return cells.map((cell) => ({ levels: cell.levels, cluster: "all", n: 1e7, k: Math.round(1e7 * rate(cell)) }));
}

/** 1 / (1 + e^-x). */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
