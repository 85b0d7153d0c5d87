import type { Cell, SourceInfo } from "../../model/mod.ts";
import { reliability, type ReliabilityRow } from "../success/reliability.ts";
import { type CellRow, cellRows, harnessModel, type HarnessModelRow, ultimate, type UltimateRow } from "./cell_rows.ts";
import { coverage, type CoverageRow, modelCoverage, type ModelCoverageRow } from "./coverage.ts";
import {
  type BenchmarkRate,
  type DeploymentRate,
  type HarnessRate,
  type ModelRate,
  ratesBy,
  type Totals,
  totals,
} from "./totals.ts";

/** The part of `results.json` that needs nothing but sessions counted and summed. */
export interface TableResults {
  /** Where the numbers are from. */
  source: Pick<SourceInfo, "name" | "sha256" | "sessions"> & {
    /** Sessions whose tokens are an estimate; left out where there is none. */
    tokens_estimated?: number;
  };
  /** Counts of the whole source. */
  totals: Totals;
  /** By benchmark. */
  by_benchmark: BenchmarkRate[];
  /** By harness. */
  by_harness: HarnessRate[];
  /** By model family. */
  by_model: ModelRate[];
  /** By deployment. */
  by_deployment: DeploymentRate[];
  /** Who ran what. */
  coverage: CoverageRow[];
  /** All sessions of each deployment on each benchmark. */
  model_coverage: ModelCoverageRow[];
  /** The printed table. */
  ultimate: UltimateRow[];
  /** Benchmark, harness and model: rates and means. */
  cells: CellRow[];
  /** Each config pooled and balanced. */
  reliability: ReliabilityRow[];
  /** Success by harness and model family. */
  harness_model: HarnessModelRow[];
}

/** The keys of `results.json` that need nothing but sessions counted and summed. */
export function tableResults(info: SourceInfo, cells: readonly Cell[]): TableResults {
  return {
    source: {
      name: info.name,
      sha256: info.sha256,
      sessions: info.sessions,
      ...(info.tokensEstimated ? { tokens_estimated: info.tokensEstimated } : {}),
    },
    totals: totals(cells),
    by_benchmark: ratesBy(cells, ["benchmark"]),
    by_harness: ratesBy(cells, ["harness"]),
    by_model: ratesBy(cells, ["model"]),
    by_deployment: ratesBy(cells, ["deployment"]),
    coverage: coverage(cells),
    model_coverage: modelCoverage(cells),
    ultimate: ultimate(cells),
    cells: cellRows(cells),
    reliability: reliability(cells),
    harness_model: harnessModel(cells),
  };
}
