import type { Cell } from "../../model/mod.ts";
import { fisherExact, holm } from "../../stats/mod.ts";
import { type CellRow, cellRows } from "../counts/cell_rows.ts";
import { groupBy, type Rate } from "../counts/tally.ts";

/** The best config of a benchmark and Fisher's test, Holm-corrected, against each rival. */
export interface WinnerRow {
  /** The suite of tasks. */
  benchmark: string;
  /** Harness and model family together. */
  config: string;
  /** The model family. */
  model: string;
  /** Scored sessions. */
  n: number;
  /** k / n. */
  rate: number;
  /** Every other contender, and the corrected p of its test against the best. */
  rivals: { config: string; model: string; rate: number; p_holm: number }[];
}

/** A config's place within a benchmark. Tied: not distinguishable from the best (Fisher, Holm over all rivals). */
export type ContenderRow = Rate & {
  benchmark: string;
  config: string;
  harness: string;
  model: string;
  /** 1 is the best. */
  place: number;
  /** Of Fisher's test against the best; null for the best itself. */
  p_holm: number | null;
  tied_with_best: boolean;
};

/** Scored sessions a cell must have to compete. */
export const MIN_WINNER_N = 10;

/** Corrected p at or above which a rival is not distinguishable from the best. */
const ALPHA = 0.05;

/**
 * The best config of each benchmark (by rate, then n, then name, among cells with n >= 10) and, for each rival, the p
 * of Fisher's exact test (two-sided) against it, Holm-corrected over all rivals of the benchmark. A benchmark with a single
 * contender has no winner.
 *
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { winners } from "agent-trace-lab/analysis";
 * import { type Cell, NOT_KNOWN } from "agent-trace-lab/model";
 * const rest = { ...NOT_KNOWN, model: "m", deployment: "m", run: "r", calls: 0 };
 * const cell = (benchmark: string, harness: string, verdict: 0 | 1, sessions: number): Cell =>
 *   ({ ...rest, benchmark, harness, verdict, sessions });
 * const [best] = winners([
 *   cell("code", "a", 1, 18),
 *   cell("code", "a", 0, 2),
 *   cell("code", "b", 1, 4),
 *   cell("code", "b", 0, 16),
 * ]);
 * deepEqual([best?.config, best?.rate, best?.rivals.length], ["a · m", 0.9, 1]);
 * ```
 */
export function winners(cells: readonly Cell[]): WinnerRow[] {
  return suites(cells).filter(({ rivals }) => rivals.length > 0).map(({ best, rivals }) => ({
    benchmark: best.benchmark,
    config: best.config,
    model: best.model,
    n: best.n,
    rate: best.rate,
    rivals: rivals.map(({ row, p_holm }) => ({ config: row.config, model: row.model, rate: row.rate, p_holm })),
  }));
}

/** Every contender of each benchmark in its place, and whether it is tied with the best. */
export function contenders(cells: readonly Cell[]): ContenderRow[] {
  return suites(cells).flatMap(({ best, rivals }) => [
    contender(best, 1, null),
    ...rivals.map(({ row, p_holm }, i) => contender(row, i + 2, p_holm)),
  ]);
}

function suites(cells: readonly Cell[]) {
  const rows = cellRows(cells).filter((c) => c.n >= MIN_WINNER_N);
  return [...groupBy(rows, (c) => c.benchmark).values()].flatMap((group) => {
    const [best, ...rest] = group.sort(byRate);
    if (best === undefined) return [];
    const p = holm(rest.map((r) => fisherExact({ k1: best.k, n1: best.n, k2: r.k, n2: r.n }).pValue));
    return [{ best, rivals: rest.map((row, i) => ({ row, p_holm: p[i] ?? 1 })) }];
  });
}

const byRate = (a: CellRow, b: CellRow) => b.rate - a.rate || b.n - a.n || (a.config < b.config ? -1 : 1);

function contender(row: CellRow, place: number, p_holm: number | null): ContenderRow {
  const { benchmark, config, harness, model, n, k, rate, lo, hi } = row;
  const tied_with_best = p_holm === null || p_holm >= ALPHA;
  return { benchmark, config, harness, model, n, k, rate, lo, hi, place, p_holm, tied_with_best };
}
