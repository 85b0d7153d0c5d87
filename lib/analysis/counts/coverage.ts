import type { Cell } from "../../model/mod.ts";
import { tally } from "./tally.ts";
import type { CoverageRow, ModelCoverageRow } from "../types.ts";

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
