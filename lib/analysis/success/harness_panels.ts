import type { Cell } from "../../model/mod.ts";
import { type CellRow, cellRows } from "../counts/cell_rows.ts";
import { groupBy, rateOf } from "../counts/tally.ts";
import type { HarnessRate } from "../counts/totals.ts";

/** How far the mean tokens of harnesses lie apart, for a model on a benchmark. */
export interface TokenSpreadRow {
  /** The suite of tasks. */
  benchmark: string;
  /** The model family. */
  model: string;
  /** Largest over smallest mean tokens among the harnesses. */
  ratio: number;
}

/** One model's harnesses on the benchmarks that all of them ran. */
export interface ReportCardRow {
  /** The model family. */
  model: string;
  /** Benchmarks that all of them ran. */
  shared: string[];
  /** Best less worst rate. */
  gap: number;
  /** One row a harness. */
  bars: HarnessRate[];
}

/** One model's harnesses on one benchmark. */
export interface HarnessPanelRow {
  /** The suite of tasks. */
  benchmark: string;
  /** The model family. */
  model: string;
  /** Best less worst rate. */
  gap: number;
  /** One row a harness. */
  bars: HarnessRate[];
}

/** Scored sessions a cell must have to be compared with another harness on the same benchmark. */
export const MIN_PANEL_N = 5;
/** Scored sessions in such cells that a harness must have to qualify for a model's report card. */
export const MIN_CARD_N = 10;
/** Scored sessions a cell must have for its mean tokens to be compared. */
export const MIN_SPREAD_N = 10;

/** Harnesses side by side for each (benchmark, model) with at least two of n >= 5; gap = best - worst rate. */
export function harnessPanels(cells: readonly Cell[]): HarnessPanelRow[] {
  return pairs(cells, MIN_PANEL_N).map(({ benchmark, model, rows }) => {
    const bars = rows.map(({ harness, n, k, rate, lo, hi }) => ({ harness, n, k, rate, lo, hi }));
    return { benchmark, model, gap: gapOf(bars), bars };
  });
}

/**
 * Harnesses side by side per model, over the benchmarks that every qualifying harness of that model ran with n >= 5. A
 * harness qualifies with at least 10 sessions in such cells; two must. Models whose harnesses share none are left out.
 */
export function reportCard(cells: readonly Cell[]): ReportCardRow[] {
  const rows = cellRows(cells).filter((c) => c.n >= MIN_PANEL_N);
  return [...groupBy(rows, (c) => c.model)].sort(([a], [b]) => a < b ? -1 : 1).flatMap(([model, of]) => {
    const harnesses = [...groupBy(of, (c) => c.harness)].filter(([, own]) => sum(own, "n") >= MIN_CARD_N);
    const shared = [...new Set(of.map((c) => c.benchmark))].sort()
      .filter((b) => harnesses.every(([, own]) => own.some((c) => c.benchmark === b)));
    if (harnesses.length < 2 || shared.length === 0) return [];
    const bars = harnesses.map(([harness, own]) => {
      const on = own.filter((c) => shared.includes(c.benchmark));
      return { harness, ...rateOf(sum(on, "n"), sum(on, "k")) };
    });
    return [{ model, shared, gap: gapOf(bars), bars }];
  });
}

/** Largest over smallest mean tokens among the harnesses (n >= 10, two at least) of one (benchmark, model). */
export function harnessTokenSpread(cells: readonly Cell[]): TokenSpreadRow[] {
  return pairs(cells, MIN_SPREAD_N).flatMap(({ benchmark, model, rows }) => {
    const tokens = rows.flatMap((r) => r.tokens ?? []);
    if (tokens.length < 2) return [];
    const smallest = Math.min(...tokens);
    return smallest > 0 ? [{ benchmark, model, ratio: Math.max(...tokens) / smallest }] : [];
  });
}

function pairs(cells: readonly Cell[], minN: number): { benchmark: string; model: string; rows: CellRow[] }[] {
  const rows = cellRows(cells).filter((c) => c.n >= minN);
  return [...groupBy(rows, (c) => JSON.stringify([c.benchmark, c.model])).values()].flatMap((group) => {
    const first = group[0];
    return first && group.length > 1 ? [{ benchmark: first.benchmark, model: first.model, rows: group }] : [];
  });
}

function gapOf(bars: readonly HarnessRate[]): number {
  const rates = bars.map((b) => b.rate);
  return Math.max(...rates) - Math.min(...rates);
}

const sum = (rows: readonly CellRow[], key: "n" | "k") => rows.reduce((a, r) => a + r[key], 0);
