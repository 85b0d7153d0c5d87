import type { Cell } from "../../model/mod.ts";
import { quantile } from "../../stats/mod.ts";
import { reliability } from "./reliability.ts";

/** A config by how good and how erratic it is over its benchmarks. */
export interface QuadrantRow {
  /** Harness and model family together. */
  config: string;
  /** Scored sessions. */
  n: number;
  /** Benchmarks with enough sessions to enter the mean. */
  n_benchmarks: number;
  /** Unweighted mean of the rates per benchmark. */
  macro: number;
  /** Standard deviation of the rates per benchmark. */
  cross_task_std: number;
  /** Where it lies from the medians. */
  corner: "dependable" | "erratic but good" | "steady but weak" | "erratic and weak";
}

/** Configs with at least two benchmarks, and the medians that cut the plane in four. */
export interface Quadrant {
  /** Median balanced rate. */
  median_macro: number | null;
  /** Median standard deviation. */
  median_std: number | null;
  /** One row a config. */
  rows: QuadrantRow[];
}

/**
 * Configs with at least two benchmarks by balanced success and by how far it differs between benchmarks. The corner is
 * where a config lies from the medians of both: at or above the median success is good, at or below the median standard
 * deviation is steady.
 */
export function quadrant(cells: readonly Cell[]): Quadrant {
  const rows = reliability(cells).flatMap((r) => r.cross_task_std === null ? [] : [{ ...r, std: r.cross_task_std }]);
  if (rows.length === 0) return { median_macro: null, median_std: null, rows: [] };
  const median_macro = quantile(rows.map((r) => r.macro), 0.5);
  const median_std = quantile(rows.map((r) => r.std), 0.5);
  return {
    median_macro,
    median_std,
    rows: rows.map((r): QuadrantRow => ({
      config: r.config,
      n: r.n,
      n_benchmarks: r.n_benchmarks,
      macro: r.macro,
      cross_task_std: r.std,
      corner: cornerOf(r.macro >= median_macro, r.std <= median_std),
    })),
  };
}

function cornerOf(good: boolean, steady: boolean): QuadrantRow["corner"] {
  if (good) return steady ? "dependable" : "erratic but good";
  return steady ? "steady but weak" : "erratic and weak";
}
