import type { Cell } from "../../model/mod.ts";
import { tally } from "./tally.ts";

/** Scored sessions of a config on a benchmark. */
export interface CoverageRow {
  /** Harness and model family together. */
  config: string;
  /** The suite of tasks. */
  benchmark: string;
  /** Scored sessions. */
  n: number;
}

/** All sessions of a deployment on a benchmark. */
export interface ModelCoverageRow {
  /** The suite of tasks. */
  benchmark: string;
  /** The model string as logged. */
  deployment: string;
  /** The model family. */
  model: string;
  /** All sessions, scored or not. */
  sessions: number;
}

/** Who ran what: scored sessions per config and benchmark; pairs without one have no row. */
export function coverage(cells: readonly Cell[]): CoverageRow[] {
  return tally(cells, ["config", "benchmark"]).filter((t) => t.n > 0)
    .map(({ config, benchmark, n }) => ({ config, benchmark, n }));
}

/** All sessions per benchmark and deployment, scored or not. */
export function modelCoverage(cells: readonly Cell[]): ModelCoverageRow[] {
  return tally(cells, ["benchmark", "deployment", "model"])
    .map(({ benchmark, deployment, model, sessions }) => ({ benchmark, deployment, model, sessions }));
}
